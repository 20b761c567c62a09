"use client";
import type { ReactNode } from "react";
import { Popover } from "../../ui/popover.tsx";
import { Progress } from "../../ui/progress.tsx";
import { cn } from "../../ui/cn.ts";
import { ToneShape } from "../../ui/tag.tsx";

export type BoardFigureProps = {
  readonly label: string;
  /** What it counts and what it does not; opens on a press. */
  readonly help?: string;
  /** `null`: nobody knows; `sub` says why. */
  readonly value: ReactNode | null;
  readonly beside?: ReactNode;
  readonly sub?: ReactNode;
  /** Who says so, and how long ago. */
  readonly source: ReactNode;
  /** Older than twice its source's usual gap. */
  readonly late?: boolean;
  readonly progress?: { readonly share: number; readonly label: string } | null;
  readonly children?: ReactNode;
  readonly className?: string;
};

/** One figure of the warm-up with its target, source and age. */
export function BoardFigure({
  label,
  help,
  value,
  beside,
  sub,
  source,
  late = false,
  progress = null,
  children,
  className,
}: BoardFigureProps) {
  return (
    <section
      aria-label={label}
      className={cn("flex min-w-0 flex-col gap-0.5 bg-page px-4 py-3 max-sm:px-3", className)}
    >
      <h2 className="flex min-w-0 items-baseline gap-2 text-xs text-dim">
        {help === undefined ? label : <Help label={label} help={help} />}
        {beside ? <span className="ml-auto min-w-0 truncate text-faint">{beside}</span> : null}
      </h2>
      <p
        className={cn(
          "truncate text-[26px] leading-8 font-semibold tabular-nums",
          value === null && "text-faint",
          late && "opacity-70",
        )}
      >
        {value ?? "–"}
      </p>
      {progress ? (
        <Progress
          value={progress.share}
          label={progress.label}
          tone={progress.share >= 1 ? "sure" : "act"}
          className="my-1"
        />
      ) : null}
      {sub ? <p className="text-xs text-dim">{sub}</p> : null}
      <p className={cn("flex items-baseline gap-1 text-xs", late ? "text-wait-ink" : "text-faint")}>
        {late ? <ToneShape tone="wait" size={8} /> : null}
        <span className="min-w-0">{source}</span>
      </p>
      {children}
    </section>
  );
}

function Help({ label, help }: { label: string; help: string }) {
  return (
    <Popover
      trigger={
        <button type="button" className="shrink-0 underline-offset-2 hover:text-ink hover:underline">
          {label}
        </button>
      }
    >
      <p className="text-sm font-semibold">{label}</p>
      <p className="mt-1 text-xs text-dim">{help}</p>
    </Popover>
  );
}
