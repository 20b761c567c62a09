import { z } from "zod";
import { EMPTY_LEDGER, moneyOf, post, type Ledger } from "./ledger.ts";
import type { Posting } from "../order-postings.ts";

/** What a show came to at one moment, as it is noted and compared: sums of postings, freight included. Also a change of them, then signed. */

const Part = z.object({ orders: z.int(), units: z.int(), fen: z.int() });

export const Totals = z.object({
  placed: Part,
  paid: Part,
  /** Without ever being paid. */
  cancelled: Part,
  refunded: Part,
  /** Orders of which all the money went back. */
  fullRefunds: z.int(),
  buyers: z.int(),
});
export type Totals = z.infer<typeof Totals>;

export const NO_TOTALS: Totals = totalsOf(EMPTY_LEDGER);

export function totalsOf(ledger: Ledger): Totals {
  const part = (sum: Ledger["paid"]) => ({ orders: sum.orders, units: sum.units, fen: moneyOf(sum) });
  return {
    placed: part(ledger.placed),
    paid: part(ledger.paid),
    cancelled: part(ledger.cancelled),
    refunded: part(ledger.refunded),
    fullRefunds: ledger.fullRefunds,
    buyers: ledger.buyers,
  };
}

/** What one report changed. */
export function changeOf(postings: readonly Posting[]): Totals {
  return totalsOf(postings.reduce((ledger, posting) => post(ledger, posting, posting.orders), EMPTY_LEDGER));
}

export function addTotals(a: Totals, b: Totals): Totals {
  const part = (of: "placed" | "paid" | "cancelled" | "refunded") => ({
    orders: a[of].orders + b[of].orders,
    units: a[of].units + b[of].units,
    fen: a[of].fen + b[of].fen,
  });
  return {
    placed: part("placed"),
    paid: part("paid"),
    cancelled: part("cancelled"),
    refunded: part("refunded"),
    fullRefunds: a.fullRefunds + b.fullRefunds,
    buyers: a.buyers + b.buyers,
  };
}

/** 退后成交. */
export const netFenOf = ({ paid, refunded }: Totals): number => paid.fen - refunded.fen;
