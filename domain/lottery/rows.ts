import { winnersPlanned, type Lottery, type Winner } from "./state.ts";

/** What each audience sees of a lottery. Seeds stay sealed until the draw; persons are named to the control room alone. */

const oddsOf = (lottery: Lottery) => ({ winners: winnersPlanned(lottery), entries: lottery.entries });

export function controlRow({ sealed: _sealed, cursor: _cursor, ...row }: Lottery) {
  return { ...row, odds: oddsOf({ ...row, sealed: null, cursor: 0 }) };
}

export function hostRow(lottery: Lottery) {
  const { lotteryId, carrier, title, prizes, conditions, conditionText, state, openedAt, closesAt, entries } = lottery;
  const shown = { lotteryId, carrier, title, prizes, conditions, conditionText, state, openedAt, closesAt, entries };
  return { ...shown, winners: lottery.winners.map(anonymous) };
}

export function viewerRow(lottery: Lottery) {
  const { lotteryId, carrier, title, prizes, conditions, conditionText, rules, state, openedAt, closesAt } = lottery;
  if (state === "planned") return undefined;
  const shown = { lotteryId, carrier, title, prizes, conditions, conditionText, rules, state, openedAt, closesAt };
  // Who won a 福袋 the platform tells; here is only what Kaibo can prove.
  if (carrier === "platformBag") return shown;
  const { pledge, seed, drawnAt, redraws, cancelReason } = lottery;
  return {
    ...shown,
    odds: oddsOf(lottery),
    pledge,
    seed,
    drawnAt,
    redraws,
    cancelReason,
    winners: lottery.winners.map(anonymous),
  };
}

const anonymous = ({ place, n, pseudonym, prizeId }: Winner) => ({ place, n, pseudonym, prizeId });
