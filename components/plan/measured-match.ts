import { plainName as plain, sameProducts, type KnownProduct } from "#domain/bag/same-products.ts";
import type { Cue } from "#domain/cue.ts";
import { measuredLengths, type MeasuredLength } from "#domain/rundown-clock.ts";

/** Which cue of a plan is meant by a cue that was measured in a rehearsal or an earlier show. Pure; lengths in ms. */

type MatchedCue = Pick<Cue, "cueId" | "originId" | "title" | "productId" | "plannedMs" | "state">;

/** A show as far as lengths go: its cues in the order of the rundown, and its products. */
export type RundownOf<C extends MatchedCue = MatchedCue> = {
  readonly sessionId: string;
  readonly cues: readonly C[];
  readonly products: readonly KnownProduct[];
};
type TimedCue = MatchedCue & Pick<Cue, "from" | "to" | "pauses" | "gaps">;

export type LengthRow = {
  readonly cueId: string;
  readonly title: string;
  readonly plannedMs: number;
  /** What the matched cue took, in whole seconds; `null` where none matches. */
  readonly measuredMs: number | null;
};

export type LengthMatch = {
  /** Each cue of the plan that is not over, in the plan's order. */
  readonly rows: readonly LengthRow[];
  /** Measured cues that the plan has no cue for. */
  readonly leftOver: readonly { readonly title: string; readonly measuredMs: number }[];
};

/** A planned length ends here. */
const LENGTH_MAX_MS = 12 * 3_600_000;

/** The first cue about a product is matched with the first about it, the second with the second: a second round is shorter. */
export function matchLengths(plan: RundownOf, measured: RundownOf<TimedCue>): LengthMatch {
  const lengths = new Map(measuredLengths(measured.cues).map((length) => [length.cueId, length]));
  const keyInPlan = keysOf(plan.sessionId === measured.sessionId, plan.products, measured.products);
  const waiting = new Map<string, { cue: TimedCue; length: MeasuredLength }[]>();
  for (const cue of measured.cues.toSorted((a, b) => (a.from ?? 0) - (b.from ?? 0))) {
    const length = lengths.get(cue.cueId);
    const key = keyInPlan.measured(cue);
    if (length) waiting.set(key, [...(waiting.get(key) ?? []), { cue, length }]);
  }
  const rows = plan.cues.flatMap((cue): LengthRow[] => {
    if (cue.state === "done") return [];
    const found = waiting.get(keyInPlan.plan(cue))?.shift();
    const { cueId, title, plannedMs } = cue;
    return [{ cueId, title, plannedMs, measuredMs: found ? wholeSeconds(found.length.actualMs) : null }];
  });
  const leftOver = [...waiting.values()]
    .flat()
    .map(({ cue, length }) => ({ title: cue.title, measuredMs: wholeSeconds(length.actualMs) }));
  return { rows, leftOver };
}

const wholeSeconds = (ms: number) => Math.min(LENGTH_MAX_MS, Math.round(ms / 1_000) * 1_000);

/** Cues with the same key are about the same thing. Within one show that is the cue that was brought back. */
function keysOf(isSameShow: boolean, planned: readonly KnownProduct[], measured: readonly KnownProduct[]) {
  if (isSameShow) {
    const key = (cue: MatchedCue) => cue.originId;
    return { plan: key, measured: key };
  }
  const inPlan = sameProducts(planned, measured);
  const key = (cue: MatchedCue, productId: string | null | undefined) =>
    cue.productId === null ? `title ${plain(cue.title)}` : productId ? `product ${productId}` : `unknown ${cue.cueId}`;
  return {
    plan: (cue: MatchedCue) => key(cue, cue.productId),
    measured: (cue: MatchedCue) => key(cue, cue.productId === null ? null : inPlan.get(cue.productId)),
  };
}
