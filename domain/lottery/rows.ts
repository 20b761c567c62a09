import { samePersonPlaces } from "./doubles.ts";
import { winnersPlanned, type Lottery, type Redraw, type Winner } from "./state.ts";

/**
 * What each audience sees of a lottery. Seeds stay sealed until the draw; winners stand under their id only for those who deliver prizes; what the
 * staff wrote as a reason stays with them, because it may say anything about a person (LOT10, LOT13).
 */

/** Of one person one entry counts. */
const oddsOf = (lottery: Lottery) => ({
  winners: winnersPlanned(lottery),
  entries: lottery.entries - lottery.doubles,
});

export function controlRow({ sealed: _sealed, cursor: _cursor, kept: _kept, ...row }: Lottery) {
  const lottery = { ...row, sealed: null, cursor: 0, kept: _kept };
  return { ...row, odds: oddsOf(lottery), samePerson: samePersonPlaces(lottery) };
}

/** For all of the staff who deliver no prizes. */
export function crewRow(lottery: Lottery) {
  return { ...controlRow(lottery), winners: lottery.winners.map(masked) };
}

export function hostRow(lottery: Lottery) {
  const { lotteryId, carrier, title, prizes, conditions, conditionText, state, openedAt, closesAt, entries } = lottery;
  const shown = { lotteryId, carrier, title, prizes, conditions, conditionText, state, openedAt, closesAt, entries };
  return { ...shown, winners: lottery.winners.map((winner) => anonymous(masked(winner))) };
}

export function viewerRow(lottery: Lottery) {
  const { lotteryId, carrier, title, prizes, conditions, conditionText, rules, state, openedAt, closesAt } = lottery;
  if (state === "planned") return undefined;
  const shown = { lotteryId, carrier, title, prizes, conditions, conditionText, rules, state, openedAt, closesAt };
  // Who won a 福袋 the platform tells; here is only what Kaibo can prove.
  if (carrier === "platformBag") return shown;
  const { pledge, seed, drawnAt, redraws } = lottery;
  return {
    ...shown,
    odds: oddsOf(lottery),
    pledge,
    seed,
    drawnAt,
    redraws: redraws.map(withoutReason),
    winners: lottery.winners.map(anonymous),
  };
}

/** Under the pseudonym of the draw; a 福袋 has none, there the end of the id tells one winner from another. */
const masked = (winner: Winner): Winner => ({
  ...winner,
  personId: null,
  pseudonym: winner.pseudonym ?? (winner.personId === null ? null : maskId(winner.personId)),
});

const MASKED_MIN = 12;
const maskId = (id: string) => (id.length < MASKED_MIN ? "****" : `****${id.slice(-4)}`);

const withoutReason = ({ place, instead, insteadPseudonym, n }: Redraw) => ({ place, instead, insteadPseudonym, n });
const anonymous = ({ place, n, pseudonym, prizeId }: Winner) => ({ place, n, pseudonym, prizeId });
