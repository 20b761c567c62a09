import type { Sku } from "../bag/product.ts";
import type { BagState } from "../bag/state.ts";
import type { Evidence } from "../evidence.ts";
import type { StoredEvent } from "../event.ts";
import { isAtPrice } from "../order-price.ts";
import type { SkuOrders } from "./orders-by-sku.ts";
import { fieldOf } from "./stock-course.ts";

/** Prices that stood and were not the planned ones, how long, and what was ordered meanwhile (HIS3). SKUs of a product set together are one. */
export type PriceSpan = {
  readonly productId: string;
  readonly skuIds: readonly string[];
  readonly fen: number;
  /** As planned when the price was set; SKUs may differ. */
  readonly plannedLowFen: number;
  readonly plannedHighFen: number;
  readonly from: number;
  /** `null`: it still stands. */
  readonly to: number | null;
  readonly by: string;
  /** Nobody told it: it was seen in the shop. */
  readonly isSeen: boolean;
  readonly reason: string;
  /** Placed in that time, whether paid or not. */
  readonly placed: Ordered;
  /** Of these, at exactly this price. */
  readonly atPrice: Ordered;
};

export type Ordered = { readonly orders: number; readonly units: number; readonly fen: number };

type Span = {
  readonly productId: string;
  readonly skuId: string;
  readonly fen: number;
  readonly plannedFen: number;
  readonly from: number;
  readonly to: number | null;
  readonly by: string;
  readonly isSeen: boolean;
  readonly reason: string;
};

type Priced = ReadonlyMap<string, Pick<Sku, "liveFen" | "priceEvidence">>;

export type PriceCourse = {
  before(bag: BagState): Priced;
  after(was: Priced, bag: BagState, event: StoredEvent): void;
  result(orders: ReadonlyMap<string, SkuOrders>): PriceSpan[];
};

export function createPriceCourse(): PriceCourse {
  const open = new Map<string, Span>();
  const closed: Span[] = [];
  const turn = (skuId: string, next: Span | null, at: number) => {
    const running = open.get(skuId);
    if (running && at > running.from) closed.push({ ...running, to: at });
    if (next) open.set(skuId, next);
    else open.delete(skuId);
  };
  return {
    before: (bag) =>
      new Map([...bag.products.values()].flatMap(({ skus }) => skus.map((sku) => [sku.skuId, sku] as const))),
    after(was, bag, event) {
      const told = fieldOf(event.data, "reason");
      const reason = typeof told === "string" ? told : "";
      for (const { productId, skus } of bag.products.values()) {
        for (const { skuId, liveFen, plannedFen, priceEvidence } of skus) {
          if (was.get(skuId)?.liveFen === liveFen) continue;
          if (!was.has(skuId) && liveFen === null) continue;
          const from = setAt(priceEvidence, event);
          const by = priceEvidence?.by ?? event.by;
          const isSeen = priceEvidence?.via === "data";
          const span = { productId, skuId, fen: liveFen ?? 0, plannedFen, from, to: null, by, isSeen, reason };
          turn(skuId, liveFen === null ? null : span, from);
        }
      }
    },
    result(orders) {
      const off = [...closed, ...open.values()].filter(({ fen, plannedFen }) => fen !== plannedFen);
      const together = Map.groupBy(off, ({ productId, fen, from, to }) => `${productId} ${fen} ${from} ${to}`);
      return [...together.values()].flatMap((spans) => whole(spans, orders)).toSorted((a, b) => a.from - b.from);
    },
  };
}

/** A price that came back by an undo stands since the undo, though its evidence is older. */
function setAt(evidence: Evidence | null, { at }: StoredEvent): number {
  return evidence && evidence.doneAt === at ? evidence.happenedAt : at;
}

function whole(spans: readonly Span[], orders: ReadonlyMap<string, SkuOrders>): PriceSpan[] {
  const [first] = spans;
  if (!first) return [];
  const { productId, fen, from, to, by, isSeen, reason } = first;
  const lines = spans.flatMap(({ skuId }) =>
    [...(orders.get(skuId)?.placed.values() ?? [])].filter(({ at }) => at >= from && (to === null || at < to)),
  );
  const planned = spans.map(({ plannedFen }) => plannedFen);
  return [
    {
      productId,
      skuIds: spans.map(({ skuId }) => skuId),
      fen,
      plannedLowFen: Math.min(...planned),
      plannedHighFen: Math.max(...planned),
      from,
      to,
      by,
      isSeen,
      reason,
      placed: orderedOf(lines),
      atPrice: orderedOf(lines.filter((line) => isAtPrice(line, fen))),
    },
  ];
}

function orderedOf(
  lines: readonly { readonly orderId: string; readonly units: number; readonly paidFen: number }[],
): Ordered {
  return {
    orders: new Set(lines.map(({ orderId }) => orderId)).size,
    units: lines.reduce((sum, { units }) => sum + units, 0),
    fen: lines.reduce((sum, { paidFen }) => sum + paidFen, 0),
  };
}
