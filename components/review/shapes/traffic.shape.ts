import { ENTRIES, TRAFFICS, type Entry, type Traffic } from "#domain/order-item.ts";
import type { ShowSlices } from "../../session/show-slices.ts";

/** Where orders came from, as they are marked; what is not marked is unknown and not guessed. Pure; also for the meeting. */

export type SourceLine<Id extends string> = {
  readonly id: Id;
  readonly paidFen: number;
  /** Of all paid money; `null` while nothing is paid. */
  readonly share: number | null;
  readonly orders: number;
  readonly buyers: number;
  readonly units: number;
  readonly refundedFen: number;
};

/** `null`: there are no orders. */
export type SourceLines = {
  readonly traffic: readonly SourceLine<Traffic>[];
  readonly entries: readonly SourceLine<Entry>[];
} | null;

export function sourceLines({ figures }: Pick<ShowSlices, "figures">): SourceLines {
  if (figures.headline.source !== "orders") return null;
  const all = figures.paid.fen;
  const line = <Id extends string>(id: Id, of: (typeof figures.traffic)[Traffic]): SourceLine<Id> => ({
    id,
    paidFen: of.paidFen,
    share: all > 0 ? of.paidFen / all : null,
    orders: of.orders,
    buyers: of.buyers,
    units: of.units,
    refundedFen: of.refundedFen,
  });
  return {
    traffic: TRAFFICS.map((id) => line(id, figures.traffic[id])),
    entries: ENTRIES.map((id) => line(id, figures.entry[id])),
  };
}
