import type { Json } from "#domain/op.ts";
import type { Snapshot, SnapshotSlice } from "#domain/wire.ts";
import type { Principal, SharePrincipal } from "../auth/principal.ts";
import type { Personalia } from "./personal.ts";
import { denied } from "./failures.ts";

/**
 * What leaves the server by a share link. A review is shown as it is, without names of the team. A report is what its page prints and no more:
 * not the log behind it, not floors, notes or any earlier second.
 */

/** Of each slice that a report is made of: all of it, or these fields of it or of its rows. */
const REPORT: Readonly<Record<string, "all" | readonly string[]>> = {
  session: [
    "title",
    "rehearsal",
    "phase",
    "plannedStartAt",
    "plannedEndAt",
    "startedAt",
    "endedAt",
    "interruptions",
    "targets",
  ],
  figures: "all",
  series: "all",
  roundFigures: "all",
  audience: "all",
  productFigures: "all",
  products: ["productId", "platformId", "linkNo", "position", "name", "saleState"],
  coupons: [
    "couponId",
    "carrier",
    "title",
    "discount",
    "state",
    "total",
    "claimed",
    "used",
    "pushes",
    "pushed",
    "shop",
  ],
  lotteries: [
    "lotteryId",
    "carrier",
    "title",
    "prizes",
    "state",
    "openedAt",
    "closesAt",
    "drawnAt",
    "entries",
    "winners",
  ],
  settlement: ["seq", "at", "totals"],
};

const sharedAs = (principal: Principal): SharePrincipal | null => (principal.kind === "share" ? principal : null);

/** A report has no past to look into. */
export function requireSharedPast(principal: Principal): void {
  if (sharedAs(principal)?.what === "report") throw denied();
}

/** How old may be what is read from all of the log: on air that would be read anew for each who asks, and anybody may hold a link. */
export const sharedPastAgedMs = (principal: Principal): number => (sharedAs(principal) ? SHARED_PAST_MS : 0);
const SHARED_PAST_MS = 60_000;

/** The snapshot as this principal may have it. */
export function sharedSnapshot(principal: Principal, snapshot: Snapshot): Snapshot {
  if (sharedAs(principal)?.what !== "report") return snapshot;
  const slices = Object.entries(snapshot.slices).flatMap(([name, slice]) => {
    const kept = REPORT[name];
    return kept === undefined ? [] : [[name, kept === "all" ? slice : withFields(slice, kept)] as const];
  });
  return { ...snapshot, slices: Object.fromEntries(slices) };
}

/** Nobody of the team is named to who was sent a link; viewers are masked for all. */
export function sharedNames(principal: Principal, personalia: Personalia): Personalia {
  const shared = sharedAs(principal);
  if (!shared) return personalia;
  const viewers = Object.entries(personalia.names).filter(([id]) => id.startsWith("v_"));
  return { names: Object.fromEntries(viewers), comments: shared.what === "report" ? {} : personalia.comments };
}

function withFields(slice: SnapshotSlice, fields: readonly string[]): SnapshotSlice {
  if (slice.kind === "value") return { ...slice, value: pick(slice.value, fields) };
  if (slice.kind !== "keyed") return slice;
  return { ...slice, rows: slice.rows.map(([key, row]) => [key, pick(row, fields)]) };
}

function pick(row: Json, fields: readonly string[]): Json {
  if (typeof row !== "object" || row === null || Array.isArray(row)) return row;
  return Object.fromEntries(Object.entries(row).filter(([field]) => fields.includes(field)));
}
