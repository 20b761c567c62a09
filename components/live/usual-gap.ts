/** How often a source usually speaks, and whether it is late: older than twice its usual gap. Pure. */

export type Gaps = { readonly lastAt: number | null; readonly gaps: readonly number[] };

export const NO_GAPS: Gaps = { lastAt: null, gaps: [] };
const KEPT = 15;
/** Before anything is known of a source, and the least that counts as a gap: a burst of orders says nothing about the next. */
const LEAST_MS = 15_000;

export function heard(gaps: Gaps, at: number): Gaps {
  if (gaps.lastAt !== null && at <= gaps.lastAt) return gaps;
  const gap = gaps.lastAt === null ? [] : [at - gaps.lastAt];
  return { lastAt: at, gaps: [...gaps.gaps, ...gap].slice(-KEPT) };
}

export function usualGapMs({ gaps }: Gaps): number {
  const sorted = gaps.toSorted((a, b) => a - b);
  return Math.max(LEAST_MS, sorted[Math.floor(sorted.length / 2)] ?? 0);
}

/** `pace`: how many times faster than real the show's clock runs. A simulator at 60x speaks once a real second, and minutes pass between. */
export const isLate = (gaps: Gaps, now: number, pace = 1): boolean =>
  gaps.lastAt !== null && now - gaps.lastAt > 2 * Math.max(usualGapMs(gaps), LEAST_MS * pace);
