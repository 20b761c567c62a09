import type { Product, SaleState } from "../bag/product.ts";
import type { BagState } from "../bag/state.ts";
import type { StoredEvent } from "../event.ts";
import type { SkuOrders, StockMove } from "./orders-by-sku.ts";

/** When an SKU that was on sale had nothing left to buy (HIS1, HIS2). How many would have bought is not known, and not guessed. */
export type StockOut = {
  readonly productId: string;
  readonly skuId: string;
  readonly from: number;
  /** `null`: until the show was over. */
  readonly to: number | null;
  readonly lastedMs: number;
  /** Units held back at that moment: they could have been released. */
  readonly pool: number;
  /** Units ordered in the ten minutes before: how fast it went. */
  readonly unitsBefore: number;
};

const BEFORE_MS = 10 * 60_000;

type SkuSeen = {
  readonly sellable: number;
  readonly pool: number;
  readonly planned: number;
  readonly plannedPool: number;
};
type ProductSeen = { readonly saleState: SaleState; readonly skus: ReadonlyMap<string, SkuSeen> };
export type StockSeen = ReadonlyMap<string, ProductSeen>;

type Course = { readonly sellable: StockMove[]; readonly pool: StockMove[]; stocked: boolean };
type SaleTurn = { readonly at: number; readonly open: boolean };

export type StockCourse = {
  before(bag: BagState): StockSeen;
  after(seen: StockSeen, bag: BagState, event: StoredEvent): void;
  result(bag: BagState, orders: ReadonlyMap<string, SkuOrders>, show: { from: number; to: number }): StockOut[];
};

export function createStockCourse(): StockCourse {
  const courses = new Map<string, Course>();
  const turns = new Map<string, SaleTurn[]>();
  const courseOf = (skuId: string): Course => {
    const known = courses.get(skuId) ?? { sellable: [], pool: [], stocked: false };
    courses.set(skuId, known);
    return known;
  };
  return {
    before: (bag) => new Map([...bag.products.values()].map((product) => [product.productId, seenOf(product)])),
    after(seen, bag, event) {
      const isPlan = event.type === "bag.planChanged.v1";
      const at = happenedAt(event);
      for (const product of bag.products.values()) {
        const was = seen.get(product.productId);
        const open = product.saleState.value !== "notYet";
        if (open !== (was !== undefined && was.saleState !== "notYet")) {
          const list = turns.get(product.productId) ?? [];
          list.push({ at: product.saleState.evidence?.happenedAt ?? at, open });
          turns.set(product.productId, list);
        }
        for (const sku of product.skus) {
          const old = was?.skus.get(sku.skuId);
          if (!old) continue;
          const course = courseOf(sku.skuId);
          // In a change of the plan, orders that find their SKU only now move the count too; they are counted by when they were placed.
          const units = isPlan ? sku.plannedSellable - old.planned : sku.sellable - old.sellable;
          const pool = isPlan ? sku.plannedPool - old.plannedPool : sku.pool - old.pool;
          if (units !== 0) course.sellable.push({ at, units });
          if (pool !== 0) course.pool.push({ at, units: pool });
          if (units !== 0 && !isPlan) course.stocked = true;
        }
      }
    },
    result(bag, orders, show) {
      return [...bag.products.values()]
        .flatMap((product) => {
          const windows = openWindows(turns.get(product.productId) ?? [], show);
          return product.skus.flatMap((sku) => {
            const course = courseOf(sku.skuId);
            // Without a word on its stock, a count below nothing says that nobody planned it, not that it ran out.
            if (windows.length === 0 || (sku.plannedSellable === 0 && !course.stocked)) return [];
            const ordered = orders.get(sku.skuId)?.moves ?? [];
            const sellable = stepsOf(sku.sellable, [...course.sellable, ...ordered]);
            const pool = stepsOf(sku.pool, course.pool);
            return windows.flatMap((window) =>
              emptySpans(sellable, window).map(({ from, to, isOver }): StockOut => ({
                productId: product.productId,
                skuId: sku.skuId,
                from,
                to: isOver || to < show.to ? to : null,
                lastedMs: to - from,
                pool: Math.max(0, valueAt(pool, from)),
                unitsBefore: orderedBetween(ordered, from - BEFORE_MS, from),
              })),
            );
          });
        })
        .toSorted((a, b) => a.from - b.from);
    },
  };
}

function seenOf({ saleState, skus }: Product): ProductSeen {
  return {
    saleState: saleState.value,
    skus: new Map(
      skus.map(({ skuId, sellable, pool, plannedSellable, plannedPool }) => [
        skuId,
        { sellable, pool, planned: plannedSellable, plannedPool },
      ]),
    ),
  };
}

/** Of an act: when a hand did it. Of all else: when the log learned it. */
export function happenedAt({ data, at }: StoredEvent): number {
  const evidence = fieldOf(data, "evidence") ?? fieldOf(fieldOf(data, "to"), "evidence");
  const told = fieldOf(evidence, "happenedAt");
  return fieldOf(evidence, "doneAt") === at && typeof told === "number" ? told : at;
}

export const fieldOf = (of: unknown, key: string): unknown =>
  typeof of === "object" && of !== null && key in of ? (of as Readonly<Record<string, unknown>>)[key] : undefined;

type Step = { readonly at: number; readonly value: number };

/** The course of a count, from what it came to: `value` holds from `at` on. */
function stepsOf(final: number, moves: readonly StockMove[]): Step[] {
  const sorted = moves.toSorted((a, b) => a.at - b.at);
  let value = final - sorted.reduce((sum, { units }) => sum + units, 0);
  const steps: Step[] = [{ at: Number.NEGATIVE_INFINITY, value }];
  for (const { at, units } of sorted) {
    value += units;
    const last = steps.at(-1);
    if (last?.at === at) steps[steps.length - 1] = { at, value };
    else steps.push({ at, value });
  }
  return steps;
}

const valueAt = (steps: readonly Step[], at: number): number =>
  steps.findLast((step) => step.at <= at)?.value ?? steps[0]?.value ?? 0;

type Window = { readonly from: number; readonly to: number };

function openWindows(turns: readonly SaleTurn[], show: Window): Window[] {
  const windows: Window[] = [];
  let since: number | null = null;
  for (const { at, open } of turns) {
    if (open && since === null) since = at;
    if (!open && since !== null) {
      windows.push({ from: since, to: at });
      since = null;
    }
  }
  if (since !== null) windows.push({ from: since, to: show.to });
  return windows
    .map(({ from, to }) => ({ from: Math.max(from, show.from), to: Math.min(to, show.to) }))
    .filter(({ from, to }) => to > from);
}

/** A count that comes back within this time is a cancelled order bought again, not a stock that ran out. */
const BLINK_MS = 5_000;

/** `isOver`: units came; else it was empty for as long as the window lasted. */
type EmptySpan = Window & { readonly isOver: boolean };

function emptySpans(steps: readonly Step[], window: Window): EmptySpan[] {
  const spans: EmptySpan[] = [];
  steps.forEach(({ at, value }, index) => {
    if (value > 0) return;
    const from = Math.max(at, window.from);
    const next = steps[index + 1]?.at ?? Number.POSITIVE_INFINITY;
    const to = Math.min(next, window.to);
    const last = spans.at(-1);
    if (to <= from) return;
    const isOver = next <= window.to;
    if (last && from - last.to < BLINK_MS) spans[spans.length - 1] = { from: last.from, to, isOver };
    else spans.push({ from, to, isOver });
  });
  return spans.filter(({ from, to }) => to - from >= BLINK_MS);
}

function orderedBetween(moves: readonly StockMove[], from: number, to: number): number {
  return moves.reduce((sum, { at, units }) => (units < 0 && at >= from && at < to ? sum - units : sum), 0);
}
