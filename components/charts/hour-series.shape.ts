/** What the chart of the warm-up's hours shows, worked out apart from drawing it. Pure. */

export const HOUR_MS = 3_600_000;
/** Two days; the view's slices hold no more. */
export const HOURS_MAX = 48;

export type HourPoint = {
  /** The hour's start, ms UTC. */
  readonly at: number;
  /** As last told by the end of the hour; `null`: nobody had told anything yet. */
  readonly reservations: number | null;
  /** Standing at the end of the hour. */
  readonly signups: number;
  /** How many more within the hour; `null`: what was before is not known. */
  readonly reserved: number | null;
  readonly signedUp: number;
  readonly cancelled: number;
};

export type HoursKnown = {
  /** Count at the end of each hour in which one was told. */
  readonly reservations: readonly { readonly at: number; readonly count: number }[];
  readonly signups: readonly { readonly at: number; readonly signups: number; readonly cancelled: number }[];
  /** Sign-ups that stand now: what the hours are counted back from. */
  readonly standing: number;
  readonly now: number;
};

const hourOf = (at: number): number => Math.floor(at / HOUR_MS) * HOUR_MS;

/** Every hour from the first one that is known to the running one; empty where nothing is known. */
export function everyHour({ reservations, signups, standing, now }: HoursKnown): HourPoint[] {
  const last = hourOf(now);
  const known = [...reservations, ...signups].map(({ at }) => hourOf(at)).filter((at) => at <= last);
  if (known.length === 0) return [];
  const first = Math.max(Math.min(...known), last - (HOURS_MAX - 1) * HOUR_MS);
  const told = new Map(reservations.map(({ at, count }) => [hourOf(at), count]));
  const came = new Map(signups.map((row) => [hourOf(row.at), row]));
  // What was told before the first hour in sight holds in it too.
  let reserved = reservations.findLast(({ at }) => hourOf(at) < first)?.count ?? null;
  const hours = Array.from({ length: (last - first) / HOUR_MS + 1 }, (_, index) => {
    const at = first + index * HOUR_MS;
    const before = reserved;
    reserved = told.get(at) ?? reserved;
    return {
      at,
      reservations: reserved,
      reserved: before === null || reserved === null ? null : reserved - before,
      signedUp: came.get(at)?.signups ?? 0,
      cancelled: came.get(at)?.cancelled ?? 0,
    };
  });
  let after = standing;
  return hours
    .toReversed()
    .map((hour) => {
      const point = { ...hour, signups: Math.max(0, after) };
      after -= hour.signedUp - hour.cancelled;
      return point;
    })
    .toReversed();
}

/** What stood at one instant. */
export type SumPoint = Pick<HourPoint, "at" | "reservations" | "signups"> & {
  /** The hour that ends here; `null`: the curve begins here. */
  readonly hour: HourPoint | null;
};

/**
 * The curve of the sums. What an hour came to stood at its end, not at its beginning, and of the running one it stands now; the curve begins with what
 * there was before the first one.
 */
export function sumsOf(hours: readonly HourPoint[], now: number): SumPoint[] {
  const first = hours[0];
  if (!first) return [];
  const begin: SumPoint = {
    at: first.at,
    reservations: first.reserved === null || first.reservations === null ? null : first.reservations - first.reserved,
    signups: Math.max(0, first.signups - first.signedUp + first.cancelled),
    hour: null,
  };
  const ends = hours.map((hour): SumPoint => ({
    at: Math.max(hour.at, Math.min(hour.at + HOUR_MS, now)),
    reservations: hour.reservations,
    signups: hour.signups,
    hour,
  }));
  return [begin, ...ends];
}

/** How many an hour are needed until the show; `null` where there is nothing to reckon with. */
export function neededPerHour({
  target,
  count,
  now,
  startsAt,
}: {
  readonly target: number | null;
  readonly count: number | null;
  readonly now: number;
  readonly startsAt: number;
}): number | null {
  if (target === null || count === null || startsAt <= now) return null;
  const missing = target - count;
  return missing <= 0 ? null : Math.ceil(missing / Math.max(1, (startsAt - now) / HOUR_MS));
}
