import type { ReactNode } from "react";

export type ActButtonProps = {
  readonly children: ReactNode;
  readonly onPress?: () => void;
  readonly busy?: boolean;
  readonly disabled?: boolean;
  /** `solid` is the one thing to do on a screen. */
  readonly look?: "solid" | "outline";
  readonly wide?: boolean;
  readonly label?: string;
};

const base =
  "inline-flex min-h-11 items-center justify-center gap-2 rounded-full border px-5 text-base font-semibold transition-transform active:scale-[0.98] disabled:active:scale-100";
const looks = {
  solid: "border-act bg-act text-white disabled:border-line disabled:bg-line disabled:text-dim",
  outline: "border-act bg-card text-act disabled:border-line disabled:text-dim",
};

/** In reach of a thumb: never lower than 44 px. A busy button stays in place and in the tab order. */
export function ActButton({
  children,
  onPress,
  busy = false,
  disabled = false,
  look = "outline",
  wide = false,
  label,
}: ActButtonProps) {
  return (
    <button
      type="button"
      className={`${base} ${looks[look]} ${wide ? "w-full min-h-12" : "min-w-20"}`}
      disabled={disabled}
      aria-busy={busy || undefined}
      aria-label={label}
      onClick={() => {
        if (!busy) onPress?.();
      }}
    >
      {busy ? <Spinner /> : null}
      {children}
    </button>
  );
}

function Spinner() {
  return <span aria-hidden className="size-4 animate-spin rounded-full border-2 border-current border-r-transparent" />;
}
