import { cn } from "./cn.ts";

const fills = {
  act: "bg-act-edge",
  sure: "bg-sure",
  wait: "bg-wait",
  private: "bg-private",
  public: "bg-public",
  air: "bg-air",
};

/** `value` of 0 to 1; `null` when how far it is can't be known. The words beside it are the caller's; `label` is read out. */
export function Progress({
  value,
  label,
  tone = "act",
  className,
}: {
  value: number | null;
  label: string;
  tone?: keyof typeof fills;
  className?: string;
}) {
  const percent = value === null ? null : Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(percent === null ? {} : { "aria-valuenow": percent })}
      className={cn("h-1 overflow-hidden rounded-full bg-line", className)}
    >
      <div
        className={cn(
          "h-full rounded-full",
          fills[tone],
          percent === null && "w-1/3 animate-[breathe_1.6s_ease-in-out_infinite]",
        )}
        style={percent === null ? undefined : { width: `${percent}%` }}
      />
    </div>
  );
}
