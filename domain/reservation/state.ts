import { z } from "zod";
import { Id, Instant, PlatformId, type Instant as InstantType } from "../units.ts";

/** 视频号预约 as 视频号助手 shows them: nobody but the platform counts these, Kaibo keeps what it was told and when. */

export const RESERVATIONS_MAX = 1_000_000_000;
export const ReservationCount = z.int().min(0).max(RESERVATIONS_MAX);

/** `typed` by a hand; `read` by a program where the account allows it. */
export const Reading = z.object({
  readingId: Id,
  count: ReservationCount,
  happenedAt: Instant,
  source: z.enum(["typed", "read"]),
  /** Of one of the show's rooms; `null`: of the whole show. */
  roomRef: PlatformId.nullable(),
});
/** As it is kept. `firstCount`: as it was told; another `count` is a correction. */
export type ReadingKept = z.infer<typeof Reading> & { readonly by: string; readonly firstCount: number };
export type Reading = Omit<ReadingKept, "firstCount"> & { readonly corrected: boolean };

export function shownReading({ firstCount, ...reading }: ReadingKept): Reading {
  return { ...reading, corrected: reading.count !== firstCount };
}

/** Count at the end of an hour that has begun; `at`: the hour, ms UTC. */
export type ReservationHour = { readonly at: number; readonly count: number };

export type ReservationTotal = {
  readonly count: number;
  readonly at: InstantType;
  readonly source: "typed" | "read";
  readonly by: string;
};

export type ReservationState = {
  /** In the order of time; of long ago the last of each room and hour. */
  readonly readings: readonly ReadingKept[];
};

const READINGS_KEPT = 2_000;
/** Kept one by one, for corrections. */
const NEWEST = 500;
/** As many as a value slice takes. */
export const HOURS_SHOWN = 48;
const HOUR_MS = 3_600_000;
const hourOf = (at: number): number => Math.floor(at / HOUR_MS) * HOUR_MS;

const byTime = (a: ReadingKept, b: ReadingKept): number => a.happenedAt - b.happenedAt;

export function withReading({ readings }: ReservationState, reading: ReadingKept): ReservationState {
  const last = readings.at(-1);
  const next =
    !last || last.happenedAt <= reading.happenedAt ? [...readings, reading] : [...readings, reading].toSorted(byTime);
  return { readings: next.length > READINGS_KEPT ? thinned(next) : next };
}

/** A program may read every minute for weeks; the curve keeps its hours. */
function thinned(readings: readonly ReadingKept[]): ReadingKept[] {
  const old = new Map<string, ReadingKept>();
  for (const reading of readings.slice(0, -NEWEST))
    old.set(`${reading.roomRef} ${hourOf(reading.happenedAt)}`, reading);
  return [...[...old.values()].toSorted(byTime), ...readings.slice(-NEWEST)].slice(-READINGS_KEPT);
}

export function changeReading(
  { readings }: ReservationState,
  readingId: string,
  change: (reading: ReadingKept) => ReadingKept | null,
): ReservationState {
  return { readings: readings.flatMap((row) => (row.readingId === readingId ? (change(row) ?? []) : [row])) };
}

/** What holds after `upTo` readings: a reading of the whole show, or the sum of the rooms where the newest is of one (RSV2). */
function totalOf(readings: readonly ReadingKept[]): ReservationTotal | null {
  const newest = readings.at(-1);
  if (!newest) return null;
  const { happenedAt: at, source, by, roomRef } = newest;
  if (roomRef === null) return { count: newest.count, at, source, by };
  const rooms = new Map<string, number>();
  for (const reading of readings) if (reading.roomRef !== null) rooms.set(reading.roomRef, reading.count);
  return { count: [...rooms.values()].reduce((sum, count) => sum + count, 0), at, source, by };
}

type Counted = { readonly total: ReservationTotal | null; readonly series: readonly ReservationTotal[] };
const counted = new WeakMap<ReservationState["readings"], Counted>();

/** Found once for each change: figures ask for it whenever the show moves. */
function countedOf({ readings }: ReservationState): Counted {
  const known = counted.get(readings);
  if (known) return known;
  const series: ReservationTotal[] = [];
  const rooms = new Map<string, number>();
  let roomSum = 0;
  for (const { count, happenedAt: at, source, by, roomRef } of readings) {
    if (roomRef !== null) {
      roomSum += count - (rooms.get(roomRef) ?? 0);
      rooms.set(roomRef, count);
    }
    series.push({ count: roomRef === null ? count : roomSum, at, source, by });
  }
  const found = { total: totalOf(readings), series };
  counted.set(readings, found);
  return found;
}

/** The count as it is known last; `null`: nobody told. */
export const reservedNow = (own: ReservationState): ReservationTotal | null => countedOf(own).total;

/** Every count that was told, in the order of time. */
export const reservationSeries = (own: ReservationState): readonly ReservationTotal[] => countedOf(own).series;

/** What was known at the end of each hour in which something was told. */
export function reservationHours(own: ReservationState): ReservationHour[] {
  const hours = new Map<number, number>();
  for (const { at, count } of countedOf(own).series) hours.set(hourOf(at), count);
  return [...hours].map(([at, count]) => ({ at, count }));
}
