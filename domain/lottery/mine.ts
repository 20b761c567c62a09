import type { Json } from "../op.ts";
import { resolved, type PersonState } from "../warmup/people.ts";
import { placesWon } from "./doubles.ts";
import { conditionsMet, type Grounds } from "./entering.ts";
import { bookOf, type LotteryState, type Winner } from "./state.ts";

/** What one person may know of the draws: where they entered, what they won, which conditions they meet yet. */
export function lotteriesOf(see: Grounds & { readonly own: LotteryState }, personId: string): Json[] {
  return [...see.own.lotteries.values()].flatMap(
    ({ lotteryId, carrier, state, conditions, winners, redraws }): Json[] => {
      const book = bookOf(see.own, lotteryId);
      const n = book.byPerson.get(personId) ?? null;
      const { won, more } = placesWon(winners, see.person, personId);
      // Before the entry: which of the conditions are met already, in their order.
      if (n === null && carrier === "ownDraw" && state === "open") {
        const met = conditionsMet(conditions, personId, see);
        return [{ lotteryId, n, pseudonym: null, won: null, replaced: false, met }];
      }
      if (n === null && !won) return [];
      const pseudonym = n === null ? null : (book.pseudonyms[n - 1] ?? null);
      // A further entry of theirs won nothing that could be taken.
      const isTheirs = (entry: number) => resolved(see.person, book.persons[entry - 1] ?? "") === personId;
      const replaced = !won && redraws.some(({ instead, double }) => !double && isTheirs(instead));
      return [{ lotteryId, n, pseudonym, won, replaced, ...(more.length > 0 ? { more } : {}) }];
    },
  );
}

/** A winner under the id that stands for them by now. */
export const asKnown = (winner: Winner, people: PersonState): Winner =>
  winner.personId === null ? winner : { ...winner, personId: resolved(people, winner.personId) };
