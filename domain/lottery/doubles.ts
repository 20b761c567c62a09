import { reject } from "../op.ts";
import { resolved, type PersonState } from "../warmup/people.ts";
import { bookOf, type Lottery, type LotteryState, type Winner } from "./state.ts";

/** Ids that turned out to be one person's (LOT15, LOT16): before a draw one entry of theirs counts, after it the record stays and people decide. */

/** Whether an entry is the first of who made it, as far as is known by now. */
export function isFirstEntry(own: LotteryState, lotteryId: string, people: PersonState, n: number): boolean {
  const { persons, byPerson } = bookOf(own, lotteryId);
  const personId = persons[n - 1];
  return personId !== undefined && byPerson.get(resolved(people, personId)) === n;
}

/** After a merge: how many entries are further ones of somebody, of draws that are not drawn yet. */
export function decideDoubles(own: LotteryState) {
  return [...own.lotteries.values()].flatMap(({ lotteryId, state, doubles, entries }) => {
    if (state !== "open" && state !== "closed") return [];
    const known = entries - bookOf(own, lotteryId).byPerson.size;
    return known === doubles ? [] : [{ type: "lottery.doublesKnown.v1" as const, data: { lotteryId, doubles: known } }];
  });
}

type Winners = Pick<Lottery, "winners" | "kept">;

/** Places of a draw that one person has, with why they may keep them, when that was decided. */
export function samePersonPlaces({ winners, kept }: Winners) {
  const places = new Map<string, number[]>();
  for (const { personId, place } of winners) {
    if (personId === null) continue;
    const theirs = places.get(personId);
    if (theirs) theirs.push(place);
    else places.set(personId, [place]);
  }
  return [...places.values()].flatMap((theirs) => {
    if (theirs.length < 2) return [];
    const decided = kept.findLast((one) => isSame(one.places, theirs));
    return [{ places: theirs, kept: decided ? { by: decided.by, at: decided.at, reason: decided.reason } : null }];
  });
}
export type SamePerson = ReturnType<typeof samePersonPlaces>[number];

const isSame = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((place) => b.includes(place));

/** The record may stand as it is: that is decided by somebody, with a reason, for just these places. */
export function decideKeepPlaces(lottery: Lottery, places: readonly number[], reason: string) {
  const { lotteryId } = lottery;
  const found = samePersonPlaces(lottery).find((one) => isSame(one.places, places));
  if (!found) return reject("lottery.notOnePerson", { lotteryId, places: [...places] });
  if (found.kept) return reject("lottery.alreadyKept", { lotteryId, by: found.kept.by, at: found.kept.at });
  return [{ type: "lottery.placesKept.v1" as const, data: { lotteryId, places: found.places, reason } }];
}

/** What the person learns: their first place, and what they have beside it while nobody has decided otherwise. */
export function placesWon(winners: readonly Winner[], people: PersonState, personId: string) {
  const [won = null, ...more] = winners
    .filter((row) => row.personId !== null && resolved(people, row.personId) === personId)
    .map(({ place, prizeId }) => ({ place, prizeId }));
  return { won, more };
}
