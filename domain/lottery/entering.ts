import { commentsNamePersons, hasCommented, type CommentState } from "../ops/comment.ts";
import { hasOrdered, type OrderState } from "../ops/order.ts";
import { hasClaimed, type CouponState } from "../coupon/state.ts";
import { nextHead, pseudonymOf } from "../fair-draw.ts";
import { inPlace } from "../in-place.ts";
import { reject, type Ctx, type Rejection } from "../op.ts";
import { unseal } from "./drawing.ts";
import { idsOf, type PersonState } from "../warmup/people.ts";
import { isSignedUp, type SignupState } from "../warmup/signups.ts";
import { type Condition, type EntryBook, type Lottery, type LotteryState } from "./state.ts";

/** What conditions are proved from. */
export type Grounds = {
  readonly order: OrderState;
  readonly coupon: CouponState;
  readonly comment: CommentState;
  readonly signup: SignupState;
  readonly person: PersonState;
};

/** Why a condition can't be asked for now (LOT4). */
export function refuseConditions(
  conditions: readonly Condition[],
  grounds: Grounds,
  now: number,
): Rejection | undefined {
  for (const condition of conditions) {
    if (condition.kind === "ownCouponClaimed" && grounds.coupon.coupons.get(condition.couponId)?.carrier !== "own") {
      return reject("lottery.couponNotOwn", { couponId: condition.couponId });
    }
    if (condition.kind === "commentedPhrase" && !commentsNamePersons(grounds.comment, now))
      return reject("lottery.noCommentSource");
  }
  return undefined;
}

/** Orders and comments may name a person by an id they had before. */
function meets(condition: Condition, personId: string, { order, coupon, comment, signup, person }: Grounds): boolean {
  switch (condition.kind) {
    case "ordered":
      return idsOf(person, personId).some((id) => hasOrdered(order, id));
    case "ownCouponClaimed":
      return hasClaimed(coupon, condition.couponId, personId);
    case "commentedPhrase":
      return idsOf(person, personId).some((id) => hasCommented(comment, id, condition.phrase));
    case "signedUp":
      return isSignedUp(signup, person, personId);
    default:
      return condition satisfies never;
  }
}

/** Which conditions a person meets, in their order. */
export const conditionsMet = (conditions: readonly Condition[], personId: string, grounds: Grounds): boolean[] =>
  conditions.map((condition) => meets(condition, personId, grounds));

type Entrant = {
  readonly personId: string;
  /** Code of the push that brought them. */
  readonly via?: string | undefined;
  readonly book: EntryBook;
  readonly grounds: Grounds;
};

/** One entry a person, between opening and closing, when all conditions are met (LOT3, LOT4). */
export function decideEnter(lottery: Lottery, { personId, via, book, grounds }: Entrant, ctx: Ctx) {
  const { lotteryId, pledge, sealed, closesAt } = lottery;
  const entered = book.byPerson.get(personId);
  if (entered !== undefined) return reject("lottery.alreadyEntered", { lotteryId, n: entered });
  if (lottery.state !== "open" || !pledge || !sealed || closesAt === null || ctx.now >= closesAt) {
    return reject("lottery.notOpen", { lotteryId, state: lottery.state, closesAt });
  }
  const missing = lottery.conditions.find((condition) => !meets(condition, personId, grounds));
  if (missing) return reject("lottery.conditionNotMet", { lotteryId, condition: missing });
  const nameKey = unseal(ctx, sealed.nameKey);
  if (!(nameKey instanceof Uint8Array)) return nameKey;
  const n = lottery.entries + 1;
  const pseudonym = pseudonymOf(nameKey, personId);
  return [
    {
      type: "lottery.entered.v1" as const,
      data: {
        lotteryId,
        personId,
        n,
        pseudonym,
        head: nextHead(pledge.head, n, pseudonym),
        ...(via === undefined ? {} : { via }),
      },
    },
  ];
}

type Entered = {
  readonly lotteryId: string;
  readonly personId: string;
  readonly n: number;
  readonly pseudonym: string;
  readonly head: string;
};

export function foldEntered(own: LotteryState, { lotteryId, personId, n, pseudonym, head }: Entered): LotteryState {
  const lottery = own.lotteries.get(lotteryId);
  if (!lottery?.pledge) return own;
  // Entries come by the thousand a second.
  inPlace(own.lotteries).set(lotteryId, {
    ...lottery,
    entries: n,
    pledge: { ...lottery.pledge, head },
  });
  if (!own.books) return own;
  const books = inPlace(own.books);
  const book = books.get(lotteryId) ?? { persons: [], pseudonyms: [], byPerson: new Map<string, number>() };
  books.set(lotteryId, book);
  book.persons.push(personId);
  book.pseudonyms.push(pseudonym);
  book.byPerson.set(personId, n);
  return own;
}

/** Entries of both sides stay, numbers and chain are published; who they belong to is one person (LOT15). */
export function foldMergedEntries(
  own: LotteryState,
  { from, into }: { readonly from: string; readonly into: string },
): LotteryState {
  for (const { persons, byPerson } of own.books?.values() ?? []) {
    const theirs = byPerson.get(from);
    if (theirs === undefined) continue;
    byPerson.delete(from);
    byPerson.set(into, Math.min(theirs, byPerson.get(into) ?? theirs));
    persons[theirs - 1] = into;
  }
  const won = [...own.lotteries.values()].filter(({ winners }) => winners.some(({ personId }) => personId === from));
  if (won.length === 0) return own;
  const lotteries = new Map(own.lotteries);
  for (const lottery of won) {
    const winners = lottery.winners.map((row) => (row.personId === from ? { ...row, personId: into } : row));
    lotteries.set(lottery.lotteryId, { ...lottery, winners });
  }
  return { ...own, lotteries };
}
