import { cva } from "class-variance-authority";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";

/**
 * A state in colour, shape and word, so that none of the three has to be seen alone.
 * air: on air, danger · wait: armed, waiting, late · sure: confirmed by evidence · private, public: traffic
 * act: something to do now · plain: a fact without urgency.
 */
export type Tone = "plain" | "air" | "wait" | "sure" | "private" | "public" | "act";

const tagClasses = cva(
  "inline-flex max-w-full items-center gap-1 rounded-sm px-1.5 text-xs leading-5 whitespace-nowrap",
  {
    variants: {
      tone: {
        plain: "bg-[#1f2937] text-dim",
        air: "bg-air-soft text-air-ink",
        wait: "bg-wait-soft text-wait-ink",
        sure: "bg-sure-soft text-sure-ink",
        private: "bg-private-soft text-private-ink",
        public: "bg-public-soft text-public-ink",
        act: "bg-[#12294a] text-act-ink",
      },
    },
  },
);

export function Tag({
  tone = "plain",
  shape = true,
  className,
  children,
}: {
  tone?: Tone;
  /** Leave the mark out where the tag is a name and not a state. */
  shape?: boolean;
  className?: string;
  children: ReactNode;
}) {
  return (
    <span className={cn(tagClasses({ tone }), className)}>
      {shape ? <ToneShape tone={tone} /> : null}
      <span className="truncate">{children}</span>
    </span>
  );
}

/** The tone's shape alone: disc, triangle, tick, diamond, ring, arrow. A plain tone has none. */
export function ToneShape({ tone, size = 9 }: { tone: Tone; size?: number }) {
  if (tone === "plain") return null;
  return (
    <svg aria-hidden width={size} height={size} viewBox="0 0 10 10" className="shrink-0" fill="currentColor">
      {shapes[tone]}
    </svg>
  );
}

const shapes: Record<Exclude<Tone, "plain">, ReactNode> = {
  air: <circle cx="5" cy="5" r="4" />,
  wait: <path d="M5 .8 9.6 9.2H.4z" />,
  sure: (
    <path
      d="M1 5.4 3.9 8.2 9 2"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  private: <path d="M5 .5 9.5 5 5 9.5.5 5z" />,
  public: <circle cx="5" cy="5" r="3.4" fill="none" stroke="currentColor" strokeWidth="1.8" />,
  act: <path d="M2 .8 9 5 2 9.2z" />,
};
