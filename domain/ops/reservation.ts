import { z } from "zod";
import { defineOp, reject } from "../op.ts";
import {
  changeReading,
  HOURS_SHOWN,
  Reading,
  ReservationCount,
  reservationHours,
  reservationSeries,
  reservedNow,
  shownReading,
  withReading,
  type ReservationHour,
  type ReservationState,
} from "../reservation/state.ts";
import { isAhead, ToldAt } from "../told-time.ts";
import { Id, PlatformId } from "../units.ts";
import { Ago, happened, session } from "./session.ts";

const typists = ["owner", "manager", "operator", "floor", "assistant", "community", "ads"] as const;
const Target = z.object({ readingId: Id });
const Changed = z.object({ readingId: Id, from: ReservationCount, to: ReservationCount });
const READINGS_SHOWN = 60;

/** Rules RSV1–RSV5 in SPEC.md: 视频号预约, typed with its time or read, and measured against the show's target. */
export const reservation = defineOp({
  name: "reservation",
  reads: { session },
  initial: (): ReservationState => ({ readings: [] }),
  events: {
    "reservation.noted.v1": Reading,
    /** As `noted`, by a program: too often for the tape. */
    "reservation.read.v1": Reading,
    "reservation.corrected.v1": Changed,
    "reservation.withdrawn.v1": Target,
  },
  quiet: ["reservation.read.v1"],
  commands: {
    note: {
      by: typists,
      risk: "reversible",
      input: z.object({ count: ReservationCount, ago: Ago, roomRef: PlatformId.nullable().default(null) }),
      decide(_see, { count, ago, roomRef }, ctx) {
        const data = {
          readingId: ctx.newId(),
          count,
          happenedAt: happened(ctx, ago),
          source: "typed" as const,
          roomRef,
        };
        return [{ type: "reservation.noted.v1", data }];
      },
    },
    /** What a program read off the platform; the same count again changes nothing. */
    read: {
      by: ["program", "system"],
      risk: "compensable",
      input: z.object({
        count: ReservationCount,
        at: ToldAt.optional(),
        roomRef: PlatformId.nullable().default(null),
      }),
      decide({ own }, { count, at, roomRef }, ctx) {
        const happenedAt = at ?? ctx.now;
        if (isAhead(happenedAt, ctx.now)) return reject("reservation.timeAhead", { at: happenedAt });
        const last = own.readings.findLast((row) => row.roomRef === roomRef && row.happenedAt <= happenedAt);
        if (last?.source === "read" && last.count === count) return [];
        const data = { readingId: ctx.newId(), count, happenedAt, source: "read" as const, roomRef };
        return [{ type: "reservation.read.v1", data }];
      },
    },
    correct: {
      by: typists,
      risk: "reversible",
      input: z.object({ readingId: Id, count: ReservationCount }),
      decide({ own }, { readingId, count }) {
        const found = own.readings.find((row) => row.readingId === readingId);
        if (!found) return reject("reservation.notFound", { readingId });
        if (found.count === count) return [];
        return [{ type: "reservation.corrected.v1", data: { readingId, from: found.count, to: count } }];
      },
    },
  },
  apply: {
    "reservation.noted.v1": (own, reading, { by }) => withReading(own, { ...reading, by, firstCount: reading.count }),
    "reservation.read.v1": (own, reading, { by }) => withReading(own, { ...reading, by, firstCount: reading.count }),
    "reservation.corrected.v1": (own, { readingId, to }) =>
      changeReading(own, readingId, (row) => ({ ...row, count: to })),
    "reservation.withdrawn.v1": (own, { readingId }) => changeReading(own, readingId, () => null),
  },
  undo: {
    "reservation.noted.v1": ({ own }, { readingId, count }) =>
      own.readings.some((row) => row.readingId === readingId && row.count === count)
        ? [{ type: "reservation.withdrawn.v1", data: { readingId } }]
        : reject("undo.superseded", { readingId }),
    "reservation.corrected.v1": ({ own }, { readingId, from, to }) =>
      own.readings.some((row) => row.readingId === readingId && row.count === to)
        ? [{ type: "reservation.corrected.v1", data: { readingId, from: to, to: from } }]
        : reject("undo.superseded", { readingId }),
  },
  slices: {
    reservations: {
      kind: "value",
      show: { control: shownReservations, crew: shownReservations, host: shownHost, review: shownReservations },
    },
    /** All of the warm-up, for its days on the review's axis. By the hour as text. */
    reservationHours: {
      kind: "keyed",
      rows: ({ own }) => new Map(reservationHours(own).map((row) => [String(row.at), row])),
      show: { review: (row: ReservationHour) => ({ ...row }) },
    },
    /** The last readings, to mend what was mistyped. */
    reservationReadings: {
      kind: "keyed",
      rows: ({ own }) => new Map(own.readings.slice(-READINGS_SHOWN).map((row) => [row.readingId, row])),
      show: { control: shownReading, review: shownReading },
    },
  },
});

type See = {
  readonly own: ReservationState;
  readonly session: { readonly targets: { readonly reservations: number | null } };
};

function shownReservations({ own, session: show }: See) {
  return {
    total: reservedNow(own),
    target: show.targets.reservations,
    readings: reservationSeries(own).length,
    byHour: reservationHours(own).slice(-HOURS_SHOWN),
  };
}
export type ReservationsShown = ReturnType<typeof shownReservations>;

function shownHost({ own, session: show }: See) {
  return { total: reservedNow(own), target: show.targets.reservations };
}
