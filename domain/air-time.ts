import type { Instant } from "./units.ts";

/**
 * When nobody could be shown anything: while the stream was down (断流), and after the end of the show. Clocks of cues and rounds of
 * explaining leave this time out. Folded from the session's events by each op that measures; lengths in ms.
 */
export type AirTime = {
  /** In order, without overlap; the last one may still last. */
  readonly interruptions: readonly Gap[];
  readonly endedAt: Instant | null;
};

/** A stretch that does not count; `to` null: it lasts. */
export type Gap = { readonly from: Instant; readonly to: Instant | null };
type Span = { readonly from: number; readonly to: number | null };

export const ALWAYS_ON: AirTime = { interruptions: [], endedAt: null };

export function interrupted(air: AirTime, from: Instant): AirTime {
  return { ...air, interruptions: [...air.interruptions, { from, to: null }] };
}

export function resumed(air: AirTime, to: Instant): AirTime {
  return { ...air, interruptions: air.interruptions.map((gap) => (gap.to === null ? { ...gap, to } : gap)) };
}

/** An interruption that lasted ends with the show, as the session has it (SES5). */
export function ended(air: AirTime, at: Instant): AirTime {
  return { ...resumed(air, at), endedAt: at };
}

/** The show went on after all, or its end was set right. */
export function endsAt(air: AirTime, endedAt: Instant | null): AirTime {
  return { ...air, endedAt };
}

/** The part of `span` that does not count, in order and without overlap. It lasts (`to` null) only where the span does. */
export function gapsIn(span: { readonly from: Instant; readonly to: Instant | null }, air: AirTime): readonly Gap[] {
  const gaps: Gap[] = [];
  const off = air.endedAt === null ? air.interruptions : [...air.interruptions, { from: air.endedAt, to: null }];
  for (const gap of off.toSorted((a, b) => a.from - b.from)) {
    const before = gaps.at(-1);
    if (before?.to === null) break;
    const from = later(later(gap.from, span.from), before?.to ?? span.from);
    const to = gap.to === null || (span.to !== null && span.to < gap.to) ? span.to : gap.to;
    if (to === null || to > from) gaps.push({ from, to });
  }
  return gaps;
}

const later = (a: Instant, b: Instant): Instant => (a > b ? a : b);

/** How much of the time from `from` to `to` the spans cover; where they overlap it counts once. */
export function coveredMs(spans: readonly Span[], from: number, to: number): number {
  let sum = 0;
  let upTo = from;
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const begin = Math.max(upTo, span.from);
    const end = Math.min(span.to ?? to, to);
    if (end <= begin) continue;
    sum += end - begin;
    upTo = end;
  }
  return sum;
}
