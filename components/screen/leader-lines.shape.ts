import type { ShownBoard } from "#domain/warmup/board-telling.ts";

/** What the host's leaderboard makes of the board: who just rose, and the one line that is worth saying. Pure. */

/** How long a rise is worth a mark and a line, ms. */
export const RISE_MS = 60_000;

export type Risen = {
  readonly n: number;
  readonly rank: number;
  /** Places they rose by; `null`: they were not among the first twenty. */
  readonly places: number | null;
};

/** Who rose within the last minute and still stands where they rose to, or higher, by number of the sign-up. */
export function risenNow({ top, overtakes }: Pick<ShownBoard, "top" | "overtakes">, now: number): Map<number, Risen> {
  const risen = new Map<number, Risen>();
  for (const { at, n, from, rank } of overtakes) {
    if (now - at >= RISE_MS || risen.has(n)) continue;
    const row = top.find((one) => one.n === n);
    if (!row || row.rank > rank) continue;
    risen.set(n, { n, rank: row.rank, places: from === null ? null : Math.max(1, from - row.rank) });
  }
  return risen;
}

export type LeaderLineShown =
  | { readonly kind: "overtook"; readonly n: number; readonly passedN: number | null; readonly rank: number }
  | { readonly kind: "gap"; readonly n: number; readonly count: number; readonly rank: number }
  | { readonly kind: "leads"; readonly n: number; readonly count: number };

/** Beyond this many nobody is called upon by name: it would not be true that they nearly are there. */
const NEAR = 10;

/** The newest overtaking; else whoever is nearest to the next place, the higher one of two; else who leads. On a frozen board nobody comes nearer. */
export function leaderLine(
  { top, overtakes, frozenAt = null }: Pick<ShownBoard, "top" | "overtakes"> & Partial<Pick<ShownBoard, "frozenAt">>,
  now: number,
): LeaderLineShown | null {
  const risen = risenNow({ top, overtakes }, now);
  const last = overtakes.find(({ n, at }) => risen.has(n) && now - at < RISE_MS);
  if (last) {
    const passedN = last.passed.find((n) => top.some((row) => row.n === n)) ?? null;
    return { kind: "overtook", n: last.n, passedN, rank: risen.get(last.n)?.rank ?? last.rank };
  }
  const near = (frozenAt === null ? top : [])
    .filter(({ gap }) => gap !== null && gap <= NEAR)
    .toSorted((a, b) => (a.gap ?? 0) - (b.gap ?? 0) || a.rank - b.rank)[0];
  if (near) return { kind: "gap", n: near.n, count: near.gap ?? 0, rank: near.rank - 1 };
  const [first] = top;
  return first ? { kind: "leads", n: first.n, count: first.count } : null;
}
