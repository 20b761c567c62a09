import { bytesToHex } from "@noble/hashes/utils.js";
import { placesOf } from "../draw-check.ts";
import { PROOF_FORMAT, type DrawProof } from "../draw-proof.ts";
import { commitmentOf, drawMany, drawOne, firstHead, SEED_BYTES, termsHashOf } from "../fair-draw.ts";
import { reject, type Ctx, type Rejection } from "../op.ts";
import type { Instant } from "../units.ts";
import { resolved, type PersonState } from "../warmup/people.ts";
import { bookOf, type Lottery, type LotteryPlan, type LotteryState, type Redraw, type Winner } from "./state.ts";

/** What is bound at the opening: everything that was promised to those who enter. */
export function termsOf(
  lottery: LotteryPlan & { readonly lotteryId: string },
  sessionId: string,
  openedAt: Instant,
  closesAt: Instant,
) {
  const { lotteryId, title, rules, prizes, conditions } = lottery;
  return { sessionId, lotteryId, title, rules, prizes, conditions, openedAt, closesAt };
}

/** Seed and pledge of an own draw. The seed leaves this function sealed. */
export function pledgeOf(terms: ReturnType<typeof termsOf>, ctx: Ctx) {
  const seed = ctx.randomBytes(SEED_BYTES);
  const commitment = commitmentOf(seed);
  const termsHash = termsHashOf(terms);
  return {
    pledge: { commitment, termsHash, head: firstHead(commitment, termsHash) },
    sealed: { seed: ctx.seal(seed), nameKey: ctx.seal(ctx.randomBytes(SEED_BYTES)) },
  };
}

/** Opens what the opening sealed; refused where the server's secret is another one since. */
export function unseal(ctx: Ctx, sealed: string): Uint8Array | Rejection {
  try {
    return ctx.open(sealed);
  } catch (cause) {
    return reject("lottery.sealedElsewhere", { reason: cause instanceof Error ? cause.message : String(cause) });
  }
}

/** Who entered, by the number of the entry. */
export type Entrants = { readonly pseudonyms: readonly string[]; personOf(n: number): string | null };

/** Under who they are known to be by now. */
export function entrantsOf(own: LotteryState, lotteryId: string, people: PersonState): Entrants {
  const { persons, pseudonyms } = bookOf(own, lotteryId);
  const personOf = (n: number) => {
    const personId = persons[n - 1];
    return personId === undefined ? null : resolved(people, personId);
  };
  return { pseudonyms, personOf };
}

export function decideDraw(lottery: Lottery, book: Entrants, ctx: Ctx) {
  const { lotteryId, pledge, sealed, entries } = lottery;
  if (!pledge || !sealed) return reject("lottery.notOwn", { lotteryId });
  if (entries === 0) return reject("lottery.nobodyEntered", { lotteryId });
  const seed = unseal(ctx, sealed.seed);
  if (!(seed instanceof Uint8Array)) return seed;
  const places = placesOf(lottery.prizes);
  const { winners, cursor } = drawMany({ seed, head: pledge.head, entries }, places.length);
  return [
    {
      type: "lottery.drawn.v1" as const,
      data: {
        lotteryId,
        seed: bytesToHex(seed),
        head: pledge.head,
        entries,
        cursor,
        drawnAt: ctx.now,
        winners: places.map((prizeId, index) => winnerAt(index + 1, prizeId, winners[index], book)),
      },
    },
  ];
}

function winnerAt(place: number, prizeId: string, n: number | undefined, book: Entrants): Winner {
  if (n === undefined) return { place, n: null, pseudonym: null, personId: null, prizeId };
  return { place, n, pseudonym: book.pseudonyms[n - 1] ?? null, personId: book.personOf(n), prizeId };
}

/** The next of the same stream takes the place; who won once never wins again. */
export function decideRedraw(
  lottery: Lottery,
  book: Entrants,
  asked: { readonly place: number; readonly instead: number; readonly reason: string },
  ctx: Ctx,
) {
  const { place, reason } = asked;
  const { lotteryId, pledge, sealed, entries } = lottery;
  const winner = lottery.winners.find((other) => other.place === place);
  if (!pledge || !sealed) return reject("lottery.notOwn", { lotteryId });
  if (!winner || winner.n === null || winner.pseudonym === null)
    return reject("lottery.noWinner", { lotteryId, place });
  if (winner.n !== asked.instead) return reject("state.changed", { place, n: winner.n });
  const seed = unseal(ctx, sealed.seed);
  if (!(seed instanceof Uint8Array)) return seed;
  const taken = new Set(
    [...lottery.winners.map(({ n }) => n), ...lottery.redraws.map(({ instead }) => instead)].filter((n) => n !== null),
  );
  const drawn = drawOne({ seed, head: pledge.head, entries }, taken, lottery.cursor);
  const redraw: Redraw = { place, instead: winner.n, insteadPseudonym: winner.pseudonym, n: drawn?.n ?? null, reason };
  const data = {
    lotteryId,
    redraw,
    winner: winnerAt(place, winner.prizeId, drawn?.n, book),
    cursor: drawn?.cursor ?? lottery.cursor,
  };
  return [{ type: "lottery.redrawn.v1" as const, data }];
}

/** The file with which anybody can check a draw; `undefined` before it is drawn. Needs the entries, so only where the full state is. */
export function proofOf(own: LotteryState, lotteryId: string, sessionId: string): DrawProof | undefined {
  const lottery = own.lotteries.get(lotteryId);
  if (!lottery?.pledge || lottery.seed === null || lottery.openedAt === null || lottery.closesAt === null)
    return undefined;
  const { commitment, termsHash, head } = lottery.pledge;
  return {
    format: PROOF_FORMAT,
    terms: termsOf(lottery, sessionId, lottery.openedAt, lottery.closesAt),
    commitment,
    termsHash,
    seed: lottery.seed,
    entries: [...bookOf(own, lotteryId).pseudonyms],
    head,
    winners: lottery.winners.map(({ place, n, pseudonym, prizeId }) => ({ place, n, pseudonym, prizeId })),
    redraws: lottery.redraws.map(({ place, instead, n }) => ({ place, instead, n })),
  };
}
