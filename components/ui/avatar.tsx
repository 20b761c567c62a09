import { cn } from "./cn.ts";

/** The last character of a Chinese name tells colleagues apart best; of other names the first letter. */
const initial = (name: string) =>
  /\p{Script=Han}$/u.test(name) ? (name.at(-1) ?? "?") : (name.trim()[0] ?? "?").toUpperCase();

export function Avatar({ name, className }: { name: string; className?: string }) {
  return (
    <span
      title={name}
      className={cn(
        "inline-flex size-6 shrink-0 items-center justify-center rounded-full border border-page bg-[#2c3a4f] text-2xs text-ink",
        className,
      )}
    >
      <span aria-hidden>{initial(name)}</span>
      <span className="sr-only">{name}</span>
    </span>
  );
}

/** Who is here, at most `max` of them, then how many more. */
export function AvatarStack({ names, max = 5 }: { names: readonly string[]; max?: number }) {
  if (names.length === 0) return null;
  return (
    <span className="inline-flex items-center -space-x-1.5">
      {names.slice(0, max).map((name, index) => (
        <Avatar key={`${name}-${index}`} name={name} />
      ))}
      {names.length > max ? <span className="pl-3 text-xs text-dim">+{names.length - max}</span> : null}
    </span>
  );
}
