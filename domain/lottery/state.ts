import { z } from "zod";
import type { Evidence } from "../evidence.ts";
import { FenAmount, Id, text, type Instant as InstantType } from "../units.ts";

/** 福袋 belong to the platform and are recorded; 群内抽奖 are drawn here, under conditions that Kaibo can prove. */
export const LOTTERY_CARRIERS = ["platformBag", "ownDraw"] as const;
export const LOTTERY_STATES = ["planned", "open", "closed", "drawn", "cancelled"] as const;
export type LotteryPhase = (typeof LOTTERY_STATES)[number];

/** Law on unfair competition, art. 10: no prize of a draw above ¥50,000. */
export const TOP_PRIZE_MAX_FEN = 5_000_000;
export const WINNERS_MAX = 1000;

export const Prize = z.object({
  prizeId: Id,
  name: text(60, 1),
  count: z.int().min(1).max(WINNERS_MAX),
  valueFen: FenAmount,
});
export type Prize = z.infer<typeof Prize>;

/** What an own draw may ask for: all of it, each provable from this show's log (LOT4). */
export const Condition = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ordered") }),
  z.object({ kind: z.literal("ownCouponClaimed"), couponId: Id }),
  /** 预约登记: their sign-up stands. */
  z.object({ kind: z.literal("signedUp") }),
  /** Only while a comment source with person ids is connected. */
  z.object({ kind: z.literal("commentedPhrase"), phrase: text(24, 1) }),
]);
export type Condition = z.infer<typeof Condition>;

export const LotteryPlan = z.object({
  carrier: z.enum(LOTTERY_CARRIERS),
  title: text(60, 1),
  prizes: z.array(Prize).min(1).max(20),
  /** From opening to closing. */
  durationMs: z
    .int()
    .min(10_000)
    .max(7 * 24 * 3_600_000),
  conditions: z.array(Condition).max(4),
  /** The platform's condition in words (关注 + 评论「暖冬」). */
  conditionText: text(200),
  /** Shown before entry; an own draw without rules can't open. */
  rules: text(2000),
});
export type LotteryPlan = z.infer<typeof LotteryPlan>;

const Hex32 = z.string().regex(/^[0-9a-f]{64}$/);

/** What an own draw binds itself to at its opening. */
export const Pledge = z.object({ commitment: Hex32, termsHash: Hex32, head: Hex32 });
export const Sealed = z.object({ seed: z.string(), nameKey: z.string() });

export const Winner = z.object({
  place: z.int().min(1),
  n: z.int().min(1).nullable(),
  pseudonym: z.string().nullable(),
  personId: Id.nullable(),
  prizeId: Id,
});
export type Winner = z.infer<typeof Winner>;

export const Redraw = z.object({
  place: z.int().min(1),
  instead: z.int().min(1),
  insteadPseudonym: z.string(),
  n: z.int().min(1).nullable(),
  reason: text(200, 1),
  /** Whose place it was won nothing by it: one entry of a person counts. */
  double: z.literal(true).optional(),
});
export type Redraw = z.infer<typeof Redraw>;

export type Lottery = LotteryPlan & {
  readonly lotteryId: string;
  readonly state: LotteryPhase;
  readonly opened: Evidence | null;
  readonly openedAt: InstantType | null;
  readonly closesAt: InstantType | null;
  readonly entries: number;
  readonly pledge: z.infer<typeof Pledge> | null;
  readonly sealed: z.infer<typeof Sealed> | null;
  /** Published with the draw. */
  readonly seed: string | null;
  readonly drawnAt: InstantType | null;
  readonly winners: readonly Winner[];
  readonly redraws: readonly Redraw[];
  /** How far the stream of the draw was read. */
  readonly cursor: number;
  readonly cancelReason: string | null;
  /** Entries that are further ones of somebody, as was known before the draw. */
  readonly doubles: number;
  /** Of places that one person has: those that may stay so. */
  readonly kept: readonly Kept[];
};

export type Kept = {
  readonly places: readonly number[];
  readonly by: string;
  readonly at: InstantType;
  readonly reason: string;
};

/** Who entered; what only `decide`, `me` and the proof need. Changed in place. */
export type EntryBook = {
  readonly persons: string[];
  readonly pseudonyms: string[];
  readonly byPerson: Map<string, number>;
};

export type LotteryState = {
  /** Rows are replaced, the map is changed in place by entries. */
  readonly lotteries: ReadonlyMap<string, Lottery>;
  readonly books: ReadonlyMap<string, EntryBook> | null;
};

const NOBODY: EntryBook = { persons: [], pseudonyms: [], byPerson: new Map() };

export function bookOf(own: LotteryState, lotteryId: string): EntryBook {
  if (!own.books) throw new Error("entries are asked of a state that was made for views only");
  return own.books.get(lotteryId) ?? NOBODY;
}

export const winnersPlanned = ({ prizes }: Pick<LotteryPlan, "prizes">): number =>
  prizes.reduce((sum, { count }) => sum + count, 0);

export function withLottery(own: LotteryState, lotteryId: string, change: (lottery: Lottery) => Lottery): LotteryState {
  const lottery = own.lotteries.get(lotteryId);
  return lottery ? { ...own, lotteries: new Map(own.lotteries).set(lotteryId, change(lottery)) } : own;
}

export function newLottery(plan: LotteryPlan & { readonly lotteryId: string }): Lottery {
  return {
    ...plan,
    state: "planned",
    opened: null,
    openedAt: null,
    closesAt: null,
    entries: 0,
    pledge: null,
    sealed: null,
    seed: null,
    drawnAt: null,
    winners: [],
    redraws: [],
    cursor: 0,
    cancelReason: null,
    doubles: 0,
    kept: [],
  };
}
