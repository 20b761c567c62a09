import { ALWAYS_ON, ended, endsAt, gapsIn, type AirTime, type Gap } from "../air-time.ts";
import type { PlanChange } from "../bag/plan.ts";
import type { Posting } from "../order-postings.ts";
import { same } from "../same.ts";
import type { Instant } from "../units.ts";
import { runsOf, type Span } from "./figure.ts";

/**
 * What each round of explaining sold of its product (FIG8). Sales are kept by ten seconds and by the ids that orders name, because a round
 * may be recorded, ended or taken back after its sales came in, and a product may get its platform id later still.
 */

const BUCKET_MS = 10_000;

export type RoundRow = {
  readonly productId: string;
  readonly round: number;
  readonly from: Instant;
  /** `null` while it runs. */
  readonly to: Instant | null;
  /** When the stream was down meanwhile: neither minutes nor sales count (FIG14). */
  readonly gaps: readonly Gap[];
  readonly paidFen: number;
};

export type Rounds = {
  /** By `<product>:<round>`, in Kaibo's product ids. Rows are replaced. */
  readonly rows: Map<string, RoundRow>;
  /** Start of ten seconds → "<platform product> <platform SKU>" → paid money of the goods. Changed in place. */
  readonly sales: Map<number, Map<string, number>>;
  /** `p:` and `s:` with the platform's id → Kaibo's product. Changed in place. */
  readonly owners: Map<string, string>;
  /** Kaibo's SKU → its key in `owners`, so that an edit finds the former one. */
  readonly keys: Map<string, string>;
  readonly air: AirTime;
  /** The round that ran when the show ended: it ends with it, also when the end is set right. */
  readonly cutByEnd: RoundRef | null;
};

type RoundRef = { readonly productId: string; readonly round: number };

export const emptyRounds = (): Rounds => ({
  rows: new Map(),
  sales: new Map(),
  owners: new Map(),
  keys: new Map(),
  air: ALWAYS_ON,
  cutByEnd: null,
});

export const roundKey = ({ productId, round }: RoundRef): string => `${productId}:${round}`;

export function foldSale(rounds: Rounds, { kind, at, productId, skuId, fen }: Posting): void {
  if (kind !== "paid" || fen === 0) return;
  const bucket = bucketOf(at);
  const key = `${productId ?? ""} ${skuId ?? ""}`;
  const sales = rounds.sales.get(bucket) ?? new Map<string, number>();
  sales.set(key, (sales.get(key) ?? 0) + fen);
  rounds.sales.set(bucket, sales);
  const owner = ownerOf(rounds, key);
  if (owner === undefined) return;
  // A product's rounds are numbered from 1 without gaps.
  for (let round = 1; ; round += 1) {
    const id = roundKey({ productId: owner, round });
    const row = rounds.rows.get(id);
    if (!row) return;
    if (covers(row, bucket)) rounds.rows.set(id, { ...row, paidFen: row.paidFen + fen });
  }
}

export function beginRound(rounds: Rounds, { productId, round }: RoundRef, from: Instant): void {
  const row = { productId, round, from, to: null, gaps: [], paidFen: 0 };
  rounds.rows.set(roundKey(row), recounted(rounds, row));
}

/** `to` null: it goes on. */
export function endRound(rounds: Rounds, ref: RoundRef, to: Instant | null): void {
  const row = rounds.rows.get(roundKey(ref));
  if (row) rounds.rows.set(roundKey(ref), recounted(rounds, { ...row, to }));
}

/** The stream went down or came back: in every round that it touches, as it may be told late. */
export function withAir(rounds: Rounds, air: AirTime): Rounds {
  const now = { ...rounds, air };
  for (const [id, row] of rounds.rows) {
    if (!same(gapsIn(row, air), row.gaps)) rounds.rows.set(id, recounted(now, row));
  }
  return now;
}

export function endShow(rounds: Rounds, at: Instant): Rounds {
  const open = [...rounds.rows.values()].find(({ to }) => to === null);
  return { ...withAir(rounds, ended(rounds.air, at)), cutByEnd: open ?? null };
}

export function reopenShow(rounds: Rounds): Rounds {
  return { ...withAir(rounds, endsAt(rounds.air, null)), cutByEnd: null };
}

/** FIG15: the end of the show was set right, and with it the end of the round that it cut. */
export function moveEnd(rounds: Rounds, endedAt: Instant | null): Rounds {
  const now = withAir(rounds, endsAt(rounds.air, endedAt));
  const cut = rounds.cutByEnd && rounds.rows.get(roundKey(rounds.cutByEnd));
  if (cut && endedAt !== null) endRound(now, cut, endedAt > cut.from ? endedAt : cut.from);
  return now;
}

export function dropRound(rounds: Rounds, ref: RoundRef): void {
  rounds.rows.delete(roundKey(ref));
}

/** Products and SKUs that got, changed or lost their platform ids. */
export function foldOwners(rounds: Rounds, { added, changed, removed }: PlanChange): void {
  const { owners } = rounds;
  let moved = false;
  const own = (id: string, key: string | null, productId: string) => {
    const old = rounds.keys.get(id);
    if ((old ?? null) === key) return;
    moved = true;
    if (old !== undefined && owners.get(old) === productId) owners.delete(old);
    rounds.keys.delete(id);
    if (key === null) return;
    owners.set(key, productId);
    rounds.keys.set(id, key);
  };
  const product = (productId: string, platformId: string | null) =>
    own(`p ${productId}`, platformId === null ? null : `p:${platformId}`, productId);
  const sku = (productId: string, skuId: string, platformId: string | null) =>
    own(`s ${skuId}`, platformId === null ? null : `s:${platformId}`, productId);
  for (const { productId, skus } of removed) {
    product(productId, null);
    for (const { skuId } of skus) sku(productId, skuId, null);
  }
  for (const { productId, to, skusAdded, skusRemoved, skusChanged } of changed) {
    if (to.platformId !== undefined) product(productId, to.platformId);
    for (const { skuId } of skusRemoved) sku(productId, skuId, null);
    for (const each of skusChanged)
      if (each.to.platformId !== undefined) sku(productId, each.skuId, each.to.platformId);
    for (const { skuId, platformId } of skusAdded) sku(productId, skuId, platformId);
  }
  for (const { productId, platformId, skus } of added) {
    product(productId, platformId);
    for (const each of skus) sku(productId, each.skuId, each.platformId);
  }
  // Counting anew takes tens of milliseconds late in a show, and most changes of the plan move no id.
  if (!moved) return;
  for (const [id, row] of rounds.rows) {
    const now = recounted(rounds, row);
    if (now.paidFen !== row.paidFen) rounds.rows.set(id, now);
  }
}

/** As the bag does: the SKU decides, then the product. */
function ownerOf({ owners }: Rounds, key: string): string | undefined {
  const [productId, skuId] = key.split(" ");
  return owners.get(`s:${skuId}`) ?? owners.get(`p:${productId}`);
}

const bucketOf = (at: number): number => at - (at % BUCKET_MS);

/** Ten seconds belong to the stretch in which they begin, or that begins in them: rounds follow each other without overlap. */
function covers(row: RoundRow, bucket: number): boolean {
  const within = ({ from, to }: Span) => bucket >= bucketOf(from) && (to === null || bucket < bucketOf(to));
  return within(row) && !row.gaps.some(within);
}

function recounted(rounds: Rounds, { gaps: _before, ...span }: RoundRow): RoundRow {
  const row = { ...span, gaps: gapsIn(span, rounds.air) };
  let paidFen = 0;
  for (const [bucket, sales] of rounds.sales) {
    if (!covers(row, bucket)) continue;
    for (const [key, fen] of sales) if (ownerOf(rounds, key) === row.productId) paidFen += fen;
  }
  return { ...row, paidFen };
}

/** Of all rounds: what the show's mean per explain minute divides. `openSince`: a round runs, and the stream with it. */
export function explainedTotal(rounds: Rounds): {
  readonly paidFen: number;
  readonly closedMs: number;
  readonly openSince: number | null;
} {
  let paidFen = 0;
  let closedMs = 0;
  let openSince: number | null = null;
  for (const row of rounds.rows.values()) {
    paidFen += row.paidFen;
    for (const { from, to } of runsOf(row)) {
      if (to === null) openSince = from;
      else closedMs += to - from;
    }
  }
  return { paidFen, closedMs, openSince };
}

export function shownRound({ productId, round, from, to, gaps, paidFen }: RoundRow) {
  return { productId, round, from, to, gaps, paidFen };
}
