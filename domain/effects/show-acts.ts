import { z } from "zod";
import type { EffectAct, EffectKind } from "./report.ts";

/** Reads acts of which effects are estimated from the tape: by when they happened, without what was taken back (EFF12). */

/** A row of the tape, as the slice `tape` shows it or as the log holds it. */
export const TapeRow = z.object({ seq: z.number(), at: z.number(), type: z.string(), data: z.unknown() });
export type TapeRow = z.infer<typeof TapeRow>;

export const SeenOnSale = z.object({ productId: z.string(), at: z.number() });
export type SeenOnSale = z.infer<typeof SeenOnSale>;

const Happened = z.object({ happenedAt: z.number() });
const Pushed = z.object({ couponId: z.string(), evidence: Happened });
const Opened = z.object({ lotteryId: z.string(), openedAt: z.number(), closesAt: z.number() });
const SaleOpened = z.object({ productId: z.string(), to: z.object({ evidence: Happened.nullable() }) });
const PricesSet = z.object({
  productId: z.string(),
  // A slice tells long lists by their length alone; then the act counts from when it was recorded.
  prices: z.array(z.object({ to: z.object({ evidence: Happened.nullable() }) })).catch([]),
});
const Observed = z.object({
  products: z.array(z.object({ productId: z.string(), saleState: z.string().optional() })).catch([]),
});
const Undone = z.object({ seq: z.number(), type: z.string() });

type Found = Omit<EffectAct, "id">;

const READ: { readonly [type: string]: (row: TapeRow) => Found | undefined } = {
  "coupon.pushed.v1": ({ data }) => {
    const { data: pushed } = Pushed.safeParse(data);
    return pushed && found("couponPush", pushed.evidence.happenedAt, { couponId: pushed.couponId });
  },
  "lottery.opened.v1": ({ data }) => {
    const { data: opened } = Opened.safeParse(data);
    return (
      opened && {
        ...found("lottery", opened.openedAt, { lotteryId: opened.lotteryId }),
        endAt: opened.closesAt,
      }
    );
  },
  "bag.saleOpened.v1": ({ at, data }) => {
    const { data: opened } = SaleOpened.safeParse(data);
    return opened && found("openSale", opened.to.evidence?.happenedAt ?? at, { productId: opened.productId });
  },
  "bag.pricesSet.v1": ({ at, data }) => {
    const { data: set } = PricesSet.safeParse(data);
    return set && found("priceChange", set.prices[0]?.to.evidence?.happenedAt ?? at, { productId: set.productId });
  },
};

const UNDONE = "tape.undone.v1";
const OBSERVED = "bag.observed.v1";

/** Events that `actsOf` reads; it needs no others of a log. */
export const ACT_EVENTS: readonly string[] = [...Object.keys(READ), UNDONE, OBSERVED];

function found(kind: EffectKind, at: number, refs: Partial<EffectAct["refs"]>): Found {
  return { kind, at, endAt: null, refs: { productId: null, couponId: null, lotteryId: null, ...refs } };
}

/** Prices of a product's SKUs are set one by one: what follows the same act within this time belongs to it. */
const SAME_ACT_MS = 60_000;

export function actsOf(tape: readonly TapeRow[], seenOnSale: readonly SeenOnSale[] = []): EffectAct[] {
  const undone = new Set<number>();
  const wayBack = new Set<number>();
  for (const { seq, type, data } of tape) {
    if (type !== UNDONE) continue;
    const { data: of } = Undone.safeParse(data);
    if (!of) continue;
    undone.add(of.seq);
    // The way back of a price is a price: it follows in the same command.
    wayBack.add(seq + 1);
  }
  const acts: EffectAct[] = [];
  const onSale = new Set<string>();
  const seenAt = new Map(seenOnSale.map(({ productId, at }) => [productId, at]));
  const isOnSale = (productId: string, at: number): boolean =>
    onSale.has(productId) || (seenAt.get(productId) ?? Number.POSITIVE_INFINITY) <= at;
  for (const row of tape) {
    // Seen on sale without anybody's word: when it was opened is not known, that its prices count is.
    if (row.type === OBSERVED) for (const productId of soldInData(row.data)) onSale.add(productId);
    const act = undone.has(row.seq) || wayBack.has(row.seq) ? undefined : READ[row.type]?.(row);
    if (!act) continue;
    const { productId } = act.refs;
    if (act.kind === "openSale" && productId !== null) onSale.add(productId);
    // Nobody sees the price of what can't be bought yet.
    if (act.kind === "priceChange" && productId !== null && !isOnSale(productId, act.at)) continue;
    if (!acts.some((before) => isSame(before, act))) acts.push({ id: `act-${row.seq}`, ...act });
  }
  return acts;
}

function isSame(before: EffectAct, act: Found): boolean {
  const { productId, couponId, lotteryId } = act.refs;
  return (
    before.kind === act.kind &&
    Math.abs(act.at - before.at) < SAME_ACT_MS &&
    before.refs.productId === productId &&
    before.refs.couponId === couponId &&
    before.refs.lotteryId === lotteryId
  );
}

function soldInData(data: unknown): string[] {
  const { data: seen } = Observed.safeParse(data);
  return (seen?.products ?? []).filter(({ saleState }) => saleState === "onSale").map(({ productId }) => productId);
}
