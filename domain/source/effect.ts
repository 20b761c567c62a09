import { z } from "zod";
import { OrderSums, addSums, sumOf, type OrderTold } from "../metrics/push-effect.ts";
import type { Instant } from "../units.ts";
import { emptyColumn, grown } from "../warmup/column.ts";
import type { Change } from "../warmup/invites.ts";
import { SourceCode } from "./state.ts";

/**
 * What sources brought (SRC4–SRC6): sign-ups by the code of the link, and what these people did then. Columns stand by the number of the sign-up.
 * Counts are kept by code, changed in place, and told by source at most once a second; a fold of what was told alone shows the same.
 */

/** No link of a source: brought by a friend, by a push, or nobody knows. */
export const NO_SOURCE = { invite: "_invite", push: "_push", none: "_none" } as const;
const FIRST_KEYS = [NO_SOURCE.none, NO_SOURCE.invite, NO_SOURCE.push] as const;
/** Anybody may write a code into a link; what comes beyond this is counted as nobody's. */
const KEYS_MAX = 600;

export const FunnelCounts = z.object({
  /** Sign-ups that stand. */
  signedUp: z.int(),
  /** People whom those of this source brought, as far as they count. */
  invited: z.int(),
  watched: z.int(),
  ...OrderSums.shape,
});
export type FunnelCounts = z.infer<typeof FunnelCounts>;
const NONE: FunnelCounts = { signedUp: 0, invited: 0, watched: 0, orders: 0, paidOrders: 0, paidFen: 0, refundFen: 0 };

/** An order of somebody of whom it is not known yet whether they had signed up. */
export type OpenOrder = { readonly personId: string; readonly orderedAt: number; readonly sums: OrderSums };

export type EffectBook = {
  /** Codes as they came; by index in the columns. */
  readonly keys: string[];
  readonly counts: FunnelCounts[];
  /** Index + 1 of the key that a sign-up came by. */
  sources: Uint32Array;
  /** Index + 1 of the key under which the invite that brought somebody is counted; 0: it does not count. */
  invites: Uint32Array;
  readonly orders: Map<string, number>;
  readonly openOrders: Map<string, OpenOrder>;
  dirtyAt: Instant | null;
  /** How often it was told. */
  times: number;
};

export type SourceEffectState = {
  /** By id of the source, or one of `NO_SOURCE`. As told last. */
  readonly rows: ReadonlyMap<string, FunnelRow>;
  readonly book: EffectBook | null;
};
export type FunnelRow = FunnelCounts & { readonly sourceId: string };

export const emptySourceEffect = (): SourceEffectState => ({
  rows: new Map(),
  book: {
    keys: [...FIRST_KEYS],
    counts: FIRST_KEYS.map(() => NONE),
    sources: emptyColumn(),
    invites: emptyColumn(),
    orders: new Map(),
    openOrders: new Map(),
    dirtyAt: null,
    times: 0,
  },
});

type Came = {
  readonly n: number;
  readonly via?: string | undefined;
  readonly sourceCode?: string | undefined;
  readonly invite: { readonly inviterN: number; readonly standing: string } | null;
};

export function enterSignup(book: EffectBook, came: Came): void {
  const { n, invite } = came;
  book.sources = grown(book.sources, n);
  book.invites = grown(book.invites, n);
  const index = keyIndex(book, keyOf(came));
  book.sources[n] = index + 1;
  more(book, index, { signedUp: 1 });
  if (invite?.standing === "counts") countInvite(book, n, invite.inviterN);
}

function keyOf({ sourceCode, invite, via }: Came): string {
  const code = sourceCode?.toLowerCase();
  // What no source can have as its code was made up by whoever wrote the link.
  if (code !== undefined && SourceCode.safeParse(code).success) return code;
  if (invite) return NO_SOURCE.invite;
  return via === undefined ? NO_SOURCE.none : NO_SOURCE.push;
}

function keyIndex(book: EffectBook, key: string): number {
  const known = book.keys.indexOf(key);
  if (known >= 0) return known;
  return book.keys.length >= KEYS_MAX ? 0 : addKey(book, key);
}

function addKey({ keys, counts }: EffectBook, key: string): number {
  counts.push(NONE);
  return keys.push(key) - 1;
}

/** A source's own code is counted however many others were made up before. */
export function keepKey(book: EffectBook, code: string): void {
  if (!book.keys.includes(code)) addKey(book, code);
}

function more({ counts }: EffectBook, index: number, by: { readonly [K in keyof FunnelCounts]?: number }): void {
  const before = counts[index] ?? NONE;
  counts[index] = {
    signedUp: before.signedUp + (by.signedUp ?? 0),
    invited: before.invited + (by.invited ?? 0),
    watched: before.watched + (by.watched ?? 0),
    orders: before.orders + (by.orders ?? 0),
    paidOrders: before.paidOrders + (by.paidOrders ?? 0),
    paidFen: before.paidFen + (by.paidFen ?? 0),
    refundFen: before.refundFen + (by.refundFen ?? 0),
  };
}

const indexOfSignup = ({ sources }: EffectBook, n: number): number => Math.max(0, (sources[n] ?? 0) - 1);

export const changeSignups = (book: EffectBook, n: number, by: number): void =>
  more(book, indexOfSignup(book, n), { signedUp: by });

export const changeWatched = (book: EffectBook, n: number, by: number): void =>
  more(book, indexOfSignup(book, n), { watched: by });

function countInvite(book: EffectBook, n: number, inviterN: number): void {
  const index = indexOfSignup(book, inviterN);
  book.invites[n] = index + 1;
  more(book, index, { invited: 1 });
}

export function changeInvites(book: EffectBook, changes: readonly Change[]): void {
  for (const { n, inviterN, to } of changes) {
    const counted = book.invites[n] ?? 0;
    if (to === "counts" && counted === 0) countInvite(book, n, inviterN);
    else if (to !== "counts" && counted !== 0) {
      more(book, counted - 1, { invited: -1 });
      book.invites[n] = 0;
    }
  }
}

/** An order keeps the source it was once ascribed to. */
export function enterOrder(book: EffectBook, { orderId, item, postings, stands }: OrderTold, at: number): boolean {
  const index = book.orders.get(orderId);
  if (index !== undefined) {
    more(book, index, sumOf(postings));
    return true;
  }
  if (item.personId === undefined || item.personId === null) return false;
  const orderedAt = item.placedAt ?? item.paidAt ?? at;
  book.openOrders.set(orderId, { personId: item.personId, orderedAt, sums: stands ?? sumOf(postings) });
  return true;
}

/** Takes open orders in; those that are not named were nobody's. */
export function ascribe(book: EffectBook, ascribed: readonly { readonly orderId: string; readonly n: number }[]): void {
  for (const { orderId, n } of ascribed) {
    const open = book.openOrders.get(orderId);
    if (!open) continue;
    const index = indexOfSignup(book, n);
    book.orders.set(orderId, index);
    more(book, index, open.sums);
  }
  book.openOrders.clear();
}

/** Counts by source with the open orders that are ascribed; `sourceIdOf`: the source of a code, if there is one. */
export function countsBySource(
  book: EffectBook,
  ascribed: readonly { readonly orderId: string; readonly n: number }[],
  sourceIdOf: (code: string) => string | undefined,
): Map<string, FunnelRow> {
  const sums = [...book.counts];
  for (const { orderId, n } of ascribed) {
    const index = indexOfSignup(book, n);
    const before = sums[index];
    const open = book.openOrders.get(orderId);
    if (before && open) sums[index] = addSums(before, open.sums);
  }
  const rows = new Map<string, FunnelRow>();
  for (const [index, key] of book.keys.entries()) {
    const sourceId = key.startsWith("_") ? key : (sourceIdOf(key) ?? NO_SOURCE.none);
    const counts = sums[index] ?? NONE;
    const before = rows.get(sourceId) ?? { ...NONE, sourceId };
    rows.set(sourceId, {
      ...addSums(before, counts),
      signedUp: before.signedUp + counts.signedUp,
      invited: before.invited + counts.invited,
      watched: before.watched + counts.watched,
    });
  }
  return rows;
}
