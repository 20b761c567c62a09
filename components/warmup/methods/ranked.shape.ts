import type { MethodRow } from "#domain/ops/method.ts";

/** Methods by their score; those without all four scores stand behind, in the order in which they came. Pure. */
export type RankedMethod = {
  readonly method: MethodRow;
  /** Equal scores share a rank. `null`: not scored yet. */
  readonly rank: number | null;
};

export function ranked(methods: readonly MethodRow[]): RankedMethod[] {
  const sorted = methods.toSorted((a, b) => (b.score ?? -1) - (a.score ?? -1));
  return sorted.map((method) => ({
    method,
    rank: method.score === null ? null : 1 + sorted.filter(({ score }) => (score ?? -1) > (method.score ?? -1)).length,
  }));
}
