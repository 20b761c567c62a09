import type { Act, Cue } from "./cue.ts";
import { measuredLengths } from "./rundown-clock.ts";
import { durationMs, type DurationMs } from "./units.ts";

/** Cues of one show as they are planned into another. Pure; lengths in ms. */

export type Lengths = "planned" | "measured";

export type CopiedCue = Pick<Cue, "kind" | "title" | "productId" | "note" | "plannedMs" | "round"> & {
  readonly sourceId: string;
  readonly acts: readonly Act[];
};

export type CopiedStretch = {
  readonly cues: readonly CopiedCue[];
  /** About a product that the other show does not have. */
  readonly skipped: readonly Pick<Cue, "cueId" | "title" | "productId">[];
  /** Acts whose product, coupon or lottery the other show does not have. */
  readonly actsLeftOut: number;
};

/** A planned length ends here. */
const LENGTH_MAX_MS = 12 * 3_600_000;
/** A cue that went by as fast was passed over, not held: what it took says nothing. */
const PASSED_OVER_MS = 10_000;

/** What cues that are over took, in whole seconds. */
export function heldLengths(cues: Parameters<typeof measuredLengths>[0]): ReadonlyMap<string, DurationMs> {
  return new Map(
    measuredLengths(cues).flatMap(({ cueId, actualMs }) =>
      actualMs < PASSED_OVER_MS
        ? []
        : [[cueId, durationMs(Math.min(LENGTH_MAX_MS, Math.round(actualMs / 1_000) * 1_000))] as const],
    ),
  );
}

/** `newIds`: ids of the past show → ids of the other one, of products, SKUs, coupons and lotteries. */
export function copiedCues(cues: readonly Cue[], lengths: Lengths, newIds: ReadonlyMap<string, string>): CopiedStretch {
  const held = lengths === "measured" ? heldLengths(cues) : null;
  const rounds = new Map<string, number>();
  const copied: CopiedCue[] = [];
  const skipped: Cue[] = [];
  let actsLeftOut = 0;
  for (const cue of cues) {
    const productId = cue.productId === null ? null : newIds.get(cue.productId);
    if (productId === undefined) {
      skipped.push(cue);
      continue;
    }
    // Rounds count among what is copied: without its first round, the second is the first.
    const round = (rounds.get(cue.originId) ?? 0) + 1;
    rounds.set(cue.originId, round);
    const acts = cue.acts.flatMap((act) => withNewIds(act, newIds) ?? []);
    actsLeftOut += cue.acts.length - acts.length;
    const { cueId: sourceId, kind, title, note } = cue;
    copied.push({
      sourceId,
      kind,
      title,
      productId,
      note,
      plannedMs: held?.get(cue.cueId) ?? cue.plannedMs,
      round,
      acts,
    });
  }
  return {
    cues: copied,
    skipped: skipped.map(({ cueId, title, productId }) => ({ cueId, title, productId })),
    actsLeftOut,
  };
}

/** The act in the other show; none when what it is about is not there. */
export function withNewIds(act: Act, newIds: ReadonlyMap<string, string>): Act | undefined {
  switch (act.type) {
    case "explain":
    case "openSale":
      return withProduct(act, newIds);
    case "price":
    case "release": {
      const mapped = withProduct(act, newIds);
      if (!mapped || act.skuId === undefined) return mapped;
      const skuId = newIds.get(act.skuId);
      return skuId === undefined ? undefined : { ...mapped, skuId };
    }
    case "couponPush": {
      const couponId = newIds.get(act.couponId);
      return couponId === undefined ? undefined : { ...act, couponId };
    }
    case "lotteryOpen": {
      const lotteryId = newIds.get(act.lotteryId);
      return lotteryId === undefined ? undefined : { ...act, lotteryId };
    }
    case "message":
      return act;
  }
}

function withProduct<A extends Act & { readonly productId: string }>(
  act: A,
  newIds: ReadonlyMap<string, string>,
): A | undefined {
  const productId = newIds.get(act.productId);
  return productId === undefined ? undefined : { ...act, productId };
}
