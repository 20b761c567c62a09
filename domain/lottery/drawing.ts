import { bytesToHex } from "@noble/hashes/utils.js";
import { placesOf } from "../draw-check.ts";
import { PROOF_FORMAT, type DrawProof } from "../draw-proof.ts";
import { commitmentOf, drawMany, drawOne, firstHead, SEED_BYTES, termsHashOf, type Urn } from "../fair-draw.ts";
import { reject, type Ctx, type Rejection } from "../op.ts";
import type { Instant } from "../units.ts";
import { resolved, type PersonState } from "../warmup/people.ts";
import { isFirstEntry } from "./doubles.ts";
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
export type Entrants = {
  readonly pseudonyms: readonly string[];
  personOf(n: number): string | null;
  /** Not a further entry of somebody. */
  isFirst(n: number): boolean;
  readonly people: number;
};

/** Under who they are known to be by now. */
export function entrantsOf(own: LotteryState, lotteryId: string, people: PersonState): Entrants {
  const { persons, pseudonyms, byPerson } = bookOf(own, lotteryId);
  const personOf = (n: number) => {
    const personId = persons[n - 1];
    return personId === undefined ? null : resolved(people, personId);
  };
  return { pseudonyms, personOf, isFirst: (n) => isFirstEntry(own, lotteryId, people, n), people: byPerson.size };
}

export function decideDraw(lottery: Lottery, book: Entrants, ctx: Ctx) {
  const { lotteryId, pledge, sealed, entries } = lottery;
  if (!pledge || !sealed) return reject("lottery.notOwn", { lotteryId });
  if (entries === 0) return reject("lottery.nobodyEntered", { lotteryId });
  const seed = unseal(ctx, sealed.seed);
  if (!(seed instanceof Uint8Array)) return seed;
  const urn = { seed, head: pledge.head, entries };
  const places = placesOf(lottery.prizes);
  const { winners: ns, cursor } = drawMany(urn, places.length);
  const winners = places.map((prizeId, index) => winnerAt(index + 1, prizeId, ns[index], book));
  const data = {
    lotteryId,
    seed: bytesToHex(seed),
    head: pledge.head,
    entries,
    cursor,
    drawnAt: ctx.now,
    winners,
  };
  return [{ type: "lottery.drawn.v1" as const, data }, ...replaceTwice({ lotteryId, urn, book, winners, cursor })];
}

/**
 * One entry a person, the first, so that all are equally likely: a place that a further one drew goes to the next (LOT15). Where there are no more people
 * than places each wins one, and it is the best that any entry of theirs drew.
 */
function replaceTwice({ winners, ...drawing }: Drawing & { readonly winners: readonly Winner[] }) {
  const { book } = drawing;
  const events: Redrawn[] = [];
  const taken = new Set(winners.flatMap(({ n }) => n ?? []));
  const have = new Set<string>();
  const all = new Set(winners.flatMap(({ personId }) => personId ?? []));
  const isScarce = book.people <= winners.length;
  let { cursor } = drawing;
  for (const winner of winners) {
    const { n, personId } = winner;
    if (n === null || personId === null) continue;
    if (isScarce ? !have.has(personId) : book.isFirst(n)) {
      have.add(personId);
      continue;
    }
    const holds = isScarce ? (_n: number, id: string) => !all.has(id) : book.isFirst;
    const next = redrawUntil(holds, { ...drawing, cursor }, { winner, why: DOUBLE, taken });
    events.push(...next);
    cursor = next.at(-1)?.data.cursor ?? cursor;
    all.add(next.at(-1)?.data.winner.personId ?? personId);
  }
  return events;
}

type Drawing = {
  readonly lotteryId: string;
  readonly urn: Urn;
  readonly book: Entrants;
  readonly cursor: number;
};
type Redrawn = {
  readonly type: "lottery.redrawn.v1";
  readonly data: {
    readonly lotteryId: string;
    readonly redraw: Redraw;
    readonly winner: Winner;
    readonly cursor: number;
  };
};

type Why = Pick<Redraw, "reason" | "double">;

/** Why Kaibo itself draws again; to be read by people, as the reasons of people are. */
const DOUBLE: Why = { reason: "同一人只算一份,由下一位递补", double: true };

type Replacing = {
  readonly winner: Winner;
  readonly why: Why;
  /** Entries that were drawn; those drawn now are added. */
  readonly taken: Set<number>;
};

/** Draws on until an entry holds the place; each step stands in the proof as a redraw of its own. */
function redrawUntil(
  holds: (n: number, personId: string) => boolean,
  { lotteryId, urn, book, ...from }: Drawing,
  { taken, ...replacing }: Replacing,
): Redrawn[] {
  const events: Redrawn[] = [];
  let { cursor } = from;
  let { winner, why } = replacing;
  for (;;) {
    if (winner.n === null || winner.pseudonym === null) return events;
    const drawn = drawOne(urn, taken, cursor);
    if (drawn) taken.add(drawn.n);
    cursor = drawn?.cursor ?? cursor;
    const { place, n: instead, pseudonym: insteadPseudonym } = winner;
    const redraw = { place, instead, insteadPseudonym, n: drawn?.n ?? null, ...why };
    winner = winnerAt(place, winner.prizeId, drawn?.n, book);
    events.push({ type: "lottery.redrawn.v1", data: { lotteryId, redraw, winner, cursor } });
    if (winner.n === null || winner.personId === null || holds(winner.n, winner.personId)) return events;
    why = DOUBLE;
  }
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
  const replaced = lottery.redraws.filter(({ double }) => !double);
  const before = [...lottery.winners.map(({ n }) => n), ...lottery.redraws.map(({ instead }) => instead)];
  const taken = new Set(before.filter((n) => n !== null));
  const had = [...lottery.winners.flatMap(({ n: held }) => held ?? []), ...replaced.map(({ instead }) => instead)];
  const have = new Set(had.flatMap((n) => book.personOf(n) ?? []));
  const urn = { seed, head: pledge.head, entries };
  const holds = (n: number, personId: string) => book.isFirst(n) && !have.has(personId);
  return redrawUntil(holds, { lotteryId, urn, book, cursor: lottery.cursor }, { winner, why: { reason }, taken });
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
