import type { ShowSlices } from "../session/show-slices.ts";

/** The acts of a whole show, for stepping from one to the next. Read from the last view: rows remember when they happened. Pure. */

export type ReplayAct = {
  readonly at: number;
  readonly kind: "cue" | "explain" | "coupon" | "lottery" | "marker" | "other";
  readonly text: string;
};

export type ActNames = {
  readonly explain: (linkNo: number, name: string, round: number) => string;
  readonly coupon: (title: string) => string;
  readonly lottery: (title: string) => string;
  readonly drawn: (title: string) => string;
};

/** For asking when, where nobody reads what. */
export const NAMELESS: ActNames = { explain: () => "", coupon: () => "", lottery: () => "", drawn: () => "" };

type Looked = Pick<ShowSlices, "products" | "cues" | "coupons" | "lotteries" | "markers">;

export function replayActs(show: Looked, names: ActNames): ReplayAct[] {
  const explains = [...show.products.values()].flatMap(({ linkNo, name, rounds }) =>
    rounds.map(({ from, round }): ReplayAct => ({
      at: from,
      kind: "explain",
      text: names.explain(linkNo, name, round),
    })),
  );
  const cues = [...show.cues.values()].flatMap(({ from, title }): ReplayAct[] =>
    from === null ? [] : [{ at: from, kind: "cue", text: title }],
  );
  const coupons = [...show.coupons.values()].flatMap(({ pushed, title }): ReplayAct[] =>
    pushed ? [{ at: pushed.happenedAt, kind: "coupon", text: names.coupon(title) }] : [],
  );
  const lotteries = [...show.lotteries.values()].flatMap(({ openedAt, drawnAt, title }): ReplayAct[] => [
    ...(openedAt === null ? [] : [{ at: openedAt, kind: "lottery" as const, text: names.lottery(title) }]),
    ...(drawnAt === null ? [] : [{ at: drawnAt, kind: "lottery" as const, text: names.drawn(title) }]),
  ]);
  const markers = [...show.markers.values()].map(({ happenedAt, text }): ReplayAct => ({
    at: happenedAt,
    kind: "marker",
    text,
  }));
  return [...explains, ...cues, ...coupons, ...lotteries, ...markers].toSorted((a, b) => a.at - b.at);
}

/** A step lands on the whole second in which the act is known; acts of the same second are one stop. */
export const secondOf = (at: number): number => Math.ceil(at / 1_000) * 1_000;

/** Where nothing was done at all, the show is shown a little after its start. */
const QUIET_START_MS = 10_000;

/**
 * The second that a replay opens at, with something to see: the first product explained in the show, else its first act. What was
 * done before the start is stepped back to. `to`: the last second there is.
 */
export function openingSecond(acts: readonly ReplayAct[], startedAt: number, to: number): number {
  const inShow = acts.filter(({ at }) => at >= startedAt);
  const first = inShow.find(({ kind }) => kind === "explain") ?? inShow[0];
  return Math.min(to, secondOf(first?.at ?? startedAt + QUIET_START_MS));
}

export function nextAct(acts: readonly ReplayAct[], at: number): ReplayAct | null {
  return acts.find((act) => secondOf(act.at) > at) ?? null;
}

export function previousAct(acts: readonly ReplayAct[], at: number): ReplayAct | null {
  return acts.findLast((act) => secondOf(act.at) < at) ?? null;
}
