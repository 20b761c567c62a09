import type { Ledger } from "../metrics/ledger.ts";
import { addTotals, changeOf, NO_TOTALS, totalsOf, type Totals } from "../metrics/totals.ts";
import type { StoredEvent } from "../event.ts";
import type { Posting } from "../order-postings.ts";
import type { Settlement } from "../ops/settlement.ts";

/**
 * What the totals of a show were known to be at set times after it, and what has changed them since (HIS5, HIS6). Counted from the end of the show,
 * so that a night that runs past midnight is one night.
 */

const HOUR_MS = 3_600_000;
/** 当晚: late payments of the last minutes are in, refunds have hardly begun. */
export const NIGHT_MS = HOUR_MS;
export const DAY_MS = 24 * HOUR_MS;
export const WEEK_MS = 7 * DAY_MS;

export type Standing = {
  /** When it was so. */
  readonly at: number;
  readonly totals: Totals;
  /** What has changed since; with `totals` it sums to `now`. */
  readonly later: {
    /** As programs reported it: payments and refunds, order by order. */
    readonly reported: Totals;
    /** By files that staff imported, or orders that they typed. */
    readonly imported: Totals;
  };
};

export type Standings = {
  /** `null`: the log did not know of the show's end then. A time that is still to come has the totals of now. */
  readonly night: Standing | null;
  readonly day: Standing | null;
  readonly week: Standing | null;
  /** `null`: not settled. */
  readonly settled: Standing | null;
  readonly now: Totals;
};

type Change = { readonly seq: number; readonly at: number; readonly isImport: boolean; readonly change: Totals };
type Asked = { readonly endedAt: number | null; readonly settled: Settlement | null };

export type StandingsPass = {
  ended(event: StoredEvent, total: Ledger): void;
  record(event: StoredEvent, postings: readonly Posting[]): void;
  result(asked: Asked): Standings | null;
};

export function createStandings(): StandingsPass {
  let atEnd: { readonly at: number; readonly totals: Totals } | null = null;
  const changes: Change[] = [];
  return {
    ended({ at }, total) {
      atEnd ??= { at, totals: totalsOf(total) };
    },
    record({ seq, at, by }, postings) {
      if (atEnd) changes.push({ seq, at, isImport: by.startsWith("staff:"), change: changeOf(postings) });
    },
    result({ endedAt, settled }) {
      if (!atEnd || endedAt === null) return null;
      const { at: endKnownAt, totals: first } = atEnd;
      const now = sumOf(first, changes);
      const standing = (at: number, isLater: (change: Change) => boolean): Standing => {
        const later = changes.filter(isLater);
        return {
          at,
          totals: sumOf(
            first,
            changes.filter((change) => !isLater(change)),
          ),
          later: {
            reported: sumOf(
              NO_TOTALS,
              later.filter(({ isImport }) => !isImport),
            ),
            imported: sumOf(
              NO_TOTALS,
              later.filter(({ isImport }) => isImport),
            ),
          },
        };
      };
      const after = (ms: number): Standing | null => {
        const at = endedAt + ms;
        return at < endKnownAt ? null : standing(at, (change) => change.at > at);
      };
      return {
        night: after(NIGHT_MS),
        day: after(DAY_MS),
        week: after(WEEK_MS),
        settled: settled && standing(settled.at, ({ seq }) => seq > settled.seq),
        now,
      };
    },
  };
}

const sumOf = (from: Totals, changes: readonly Change[]): Totals =>
  changes.reduce((sum, { change }) => addTotals(sum, change), from);
