import type { Posting, PostingKind } from "../order-postings.ts";

/** Sums of postings. Every figure of money is made of these, live, in replay and in reports alike. */

/** `goodsFen` is without freight. */
export type Sum = {
  readonly orders: number;
  readonly units: number;
  readonly goodsFen: number;
  readonly freightFen: number;
  readonly discountFen: number;
};

export type Ledger = { readonly [K in PostingKind]: Sum } & {
  /** Orders of which all the money went back. */
  readonly fullRefunds: number;
  readonly buyers: number;
  /** Paid orders that name their buyer, and their money: what `perBuyer` divides. */
  readonly namedOrders: number;
  readonly namedFen: number;
};

const NOTHING: Sum = { orders: 0, units: 0, goodsFen: 0, freightFen: 0, discountFen: 0 };

export const EMPTY_LEDGER: Ledger = {
  placed: NOTHING,
  paid: NOTHING,
  cancelled: NOTHING,
  refunded: NOTHING,
  fullRefunds: 0,
  buyers: 0,
  namedOrders: 0,
  namedFen: 0,
};

/** `orders`: distinct orders, or for one product `productOrders`. */
export function post(ledger: Ledger, posting: Posting, orders: number): Ledger {
  const { freightFen, fullRefunds, buyers } = posting;
  return added(ledger, posting, { orders, freightFen, fullRefunds, buyers });
}

/** As `post`, of the goods alone: freight, and who bought, belong to no product. */
export function postGoods(ledger: Ledger, posting: Posting, orders: number): Ledger {
  return added(ledger, posting, { orders, freightFen: 0, fullRefunds: 0, buyers: 0 });
}

type Share = Pick<Posting, "freightFen" | "fullRefunds" | "buyers"> & { readonly orders: number };

/** Field by field: seven ledgers change with every posting of a show, and a spread with a computed key takes five times as long. */
function added(ledger: Ledger, posting: Posting, share: Share): Ledger {
  const { kind } = posting;
  const named = kind === "paid" && posting.buyerKnown;
  return {
    placed: kind === "placed" ? addTo(ledger.placed, posting, share) : ledger.placed,
    paid: kind === "paid" ? addTo(ledger.paid, posting, share) : ledger.paid,
    cancelled: kind === "cancelled" ? addTo(ledger.cancelled, posting, share) : ledger.cancelled,
    refunded: kind === "refunded" ? addTo(ledger.refunded, posting, share) : ledger.refunded,
    fullRefunds: ledger.fullRefunds + share.fullRefunds,
    buyers: ledger.buyers + share.buyers,
    namedOrders: ledger.namedOrders + (named ? share.orders : 0),
    namedFen: ledger.namedFen + (named ? posting.fen + share.freightFen : 0),
  };
}

function addTo(sum: Sum, { units, fen, discountFen }: Posting, { orders, freightFen }: Share): Sum {
  return {
    orders: sum.orders + orders,
    units: sum.units + units,
    goodsFen: sum.goodsFen + fen,
    freightFen: sum.freightFen + freightFen,
    discountFen: sum.discountFen + discountFen,
  };
}

/** Sum of two ledgers: of minutes to shifts. */
export function addLedgers(a: Ledger, b: Ledger): Ledger {
  return {
    placed: addSums(a.placed, b.placed),
    paid: addSums(a.paid, b.paid),
    cancelled: addSums(a.cancelled, b.cancelled),
    refunded: addSums(a.refunded, b.refunded),
    fullRefunds: a.fullRefunds + b.fullRefunds,
    buyers: a.buyers + b.buyers,
    namedOrders: a.namedOrders + b.namedOrders,
    namedFen: a.namedFen + b.namedFen,
  };
}

function addSums(a: Sum, b: Sum): Sum {
  return {
    orders: a.orders + b.orders,
    units: a.units + b.units,
    goodsFen: a.goodsFen + b.goodsFen,
    freightFen: a.freightFen + b.freightFen,
    discountFen: a.discountFen + b.discountFen,
  };
}

/** Whether nothing is left in it: all that was posted has been taken back. */
export function isEmpty(ledger: Ledger): boolean {
  const { placed, paid, cancelled, refunded } = ledger;
  if (ledger.buyers !== 0 || ledger.fullRefunds !== 0) return false;
  return [placed, paid, cancelled, refunded].every(
    ({ orders, units, goodsFen, freightFen, discountFen }) =>
      orders === 0 && units === 0 && goodsFen === 0 && freightFen === 0 && discountFen === 0,
  );
}

export const moneyOf = (sum: Sum): number => sum.goodsFen + sum.freightFen;

/** Orders, units and money of one standing, as shown. */
export type Amount = { readonly orders: number; readonly units: number; readonly fen: number };

/** placed = unpaid + paid + cancelled; net = paid − refunded (FIG1). */
export type Amounts = {
  readonly placed: Amount;
  readonly unpaid: Amount;
  readonly paid: Amount;
  readonly cancelled: Amount;
  readonly refunded: Amount;
  readonly net: Amount;
};

/** `goods`: without freight, which belongs to no product. */
export function amountsOf(ledger: Ledger, money: "all" | "goods"): Amounts {
  const amount = (sum: Sum): Amount => ({
    orders: sum.orders,
    units: sum.units,
    fen: money === "all" ? moneyOf(sum) : sum.goodsFen,
  });
  const placed = amount(ledger.placed);
  const paid = amount(ledger.paid);
  const cancelled = amount(ledger.cancelled);
  const refunded = amount(ledger.refunded);
  const minus = (a: Amount, b: Amount): Amount => ({
    orders: a.orders - b.orders,
    units: a.units - b.units,
    fen: a.fen - b.fen,
  });
  return {
    placed,
    unpaid: minus(minus(placed, paid), cancelled),
    paid,
    cancelled,
    refunded,
    // An order of which a part went back is still an order.
    net: { ...minus(paid, refunded), orders: paid.orders - ledger.fullRefunds },
  };
}
