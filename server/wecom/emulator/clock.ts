/** Time of the stand-in: a given clock plus what the tester moved it by. Times are milliseconds UTC. */
export type WallClock = { now(): number };

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** The platform's day, week and month are those of Beijing, whatever this machine's zone is; China has no summer time. */
const BEIJING_MS = 8 * HOUR_MS;

export class EmulatorClock {
  /** What the tester added; never taken back by `advance`. */
  offsetMs = 0;
  readonly #wall: WallClock;

  constructor(wall: WallClock) {
    this.#wall = wall;
  }

  now(): number {
    return this.#wall.now() + this.offsetMs;
  }

  seconds(): number {
    return Math.floor(this.now() / 1000);
  }
}

export function beijingDayStart(at: number): number {
  return Math.floor((at + BEIJING_MS) / DAY_MS) * DAY_MS - BEIJING_MS;
}

/** Monday 00:00 in Beijing. 1970-01-01 was a Thursday. */
export function beijingWeekStart(at: number): number {
  const day = Math.floor((at + BEIJING_MS) / DAY_MS);
  return (day - ((day + 3) % 7)) * DAY_MS - BEIJING_MS;
}

export function beijingMonth(at: number): { start: number; days: number } {
  const local = new Date(at + BEIJING_MS);
  const year = local.getUTCFullYear();
  const month = local.getUTCMonth();
  const days = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return { start: Date.UTC(year, month, 1) - BEIJING_MS, days };
}
