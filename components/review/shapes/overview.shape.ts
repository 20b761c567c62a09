import type { FigureId } from "#domain/metrics/definitions.ts";
import type { Figure, Missing } from "#domain/metrics/figure.ts";
import type { ShowSlices } from "../../session/show-slices.ts";

/** The show against its targets, and its figures. Pure; also for the meeting. */

export type TargetRow = {
  readonly id: "paidFen" | "audience" | "orders" | "reservations";
  /** `null`: none was set. */
  readonly target: number | null;
  /** `null`: nobody knows. */
  readonly actual: number | null;
  /** 1 is all of it; `null` where one of both is missing. */
  readonly share: number | null;
};

type Slices = Pick<ShowSlices, "session" | "figures" | "audience" | "reservations">;

/** Reservations are those that somebody typed or a program read; a show of before the warm-up has no such slice. */
export function targetRows({ session: { targets }, figures, audience, reservations }: Slices): readonly TargetRow[] {
  const actuals = {
    paidFen: figures.headline.paidFen,
    orders: figures.headline.orders,
    audience: audience.viewers?.value ?? null,
    reservations: reservations?.total?.count ?? null,
  };
  return (["paidFen", "orders", "audience", "reservations"] as const).map((id) => {
    const target = targets[id];
    const actual = actuals[id];
    const share = target !== null && target > 0 && actual !== null ? actual / target : null;
    return { id, target, actual, share };
  });
}

export type FigureRow = {
  readonly id: FigureId;
  readonly unit: "fen" | "count" | "share";
  readonly value: number | null;
  readonly why: Missing | null;
  /** Orders beside an amount of money. */
  readonly orders: number | null;
};

const plain = (id: FigureId, unit: FigureRow["unit"], value: number | null, why: Missing): FigureRow => ({
  id,
  unit,
  value,
  why: value === null ? why : null,
  orders: null,
});

const quotient = (id: FigureId, unit: FigureRow["unit"], figure: Figure): FigureRow => ({
  id,
  unit,
  value: figure.value,
  why: figure.value === null ? figure.reason : null,
  orders: null,
});

export function figureRows({ figures, audience }: Pick<Slices, "figures" | "audience">): readonly FigureRow[] {
  const known = figures.headline.source === "orders";
  const money = (id: "placed" | "paid" | "unpaid" | "cancelled" | "refunded" | "net"): FigureRow => ({
    ...plain(id, "fen", known ? figures[id].fen : null, "noOrders"),
    orders: known ? figures[id].orders : null,
  });
  return [
    money("placed"),
    // From the total that was typed or measured where there are no orders.
    known
      ? money("paid")
      : { ...plain("paid", "fen", figures.headline.paidFen, "noOrders"), orders: figures.headline.orders },
    money("unpaid"),
    money("cancelled"),
    money("refunded"),
    money("net"),
    plain("uncountedRefund", "fen", known ? figures.uncountedRefundFen : null, "noOrders"),
    plain("buyers", "count", known ? figures.buyers.total : null, "noOrders"),
    quotient("perBuyer", "fen", figures.perBuyer),
    quotient("perOrder", "fen", figures.perOrder),
    quotient("watchToPay", "share", figures.watchToPay),
    quotient("clickToPay", "share", figures.clickToPay),
    quotient("gpm", "fen", figures.gpm),
    plain("audience", "count", audience.viewers?.value ?? null, "noViewers"),
    plain("views", "count", audience.views?.value ?? null, "noViews"),
    plain("exposures", "count", figures.exposures?.value ?? null, "noClicks"),
    plain("clicks", "count", figures.clicks?.value ?? null, "noClicks"),
  ];
}
