import { z } from "zod";
import type { Gap } from "./air-time.ts";
import { DurationMs, FenAmount, Id, text, type Instant } from "./units.ts";

/** A cue of the rundown: what is planned for a stretch of the show, the acts it carries, and how it went. */

export const CUE_KINDS = ["explain", "coupon", "lottery", "push", "talk", "leaderboard", "break", "other"] as const;

/** What a cue does when it is taken. Each becomes a command of its own with an answer of its own. */
export const Act = z.discriminatedUnion("type", [
  z.object({ type: z.literal("explain"), productId: Id }),
  /** Without `skuId`: all SKUs of the product. */
  z.object({ type: z.literal("price"), productId: Id, skuId: Id.optional(), priceFen: FenAmount }),
  z.object({ type: z.literal("openSale"), productId: Id }),
  /** Without `skuId`: spread over the SKUs. */
  z.object({ type: z.literal("release"), productId: Id, skuId: Id.optional(), units: z.int().min(1).max(1_000_000) }),
  z.object({ type: z.literal("couponPush"), couponId: Id }),
  z.object({ type: z.literal("lotteryOpen"), lotteryId: Id }),
  z.object({ type: z.literal("message"), to: z.enum(["host", "assistant"]), text: text(200, 1) }),
]);
export type Act = z.infer<typeof Act>;

/** What people write of a cue. */
export const CueText = z.object({
  kind: z.enum(CUE_KINDS),
  title: text(80, 1),
  productId: Id.nullable(),
  plannedMs: DurationMs.max(12 * 3_600_000),
  acts: z.array(Act).max(12),
  note: text(400),
});
export type CueText = z.infer<typeof CueText>;

export const CuePlan = CueText.extend({
  cueId: Id,
  /** The first appearance of what is brought back; itself when it is the first. */
  originId: Id,
  /** 第 n 轮, from 1. */
  round: z.int().min(1).max(999),
  /** Put in during the show (插播、返场). */
  addedLive: z.boolean(),
});
export type CuePlan = z.infer<typeof CuePlan>;

export type Pause = { readonly from: Instant; readonly to: Instant | null };

export type Cue = CuePlan & {
  readonly state: "waiting" | "current" | "done" | "skipped";
  readonly from: Instant | null;
  readonly to: Instant | null;
  /** Held by hand. */
  readonly pauses: readonly Pause[];
  /** Of the time since `from`: when the stream was down, which counts for no cue (RUN17). */
  readonly gaps: readonly Gap[];
  /** Counts edits of this cue, for `expect`. */
  readonly version: number;
};

export function planOf(cue: CuePlan): CuePlan {
  const { cueId, originId, kind, title, productId, plannedMs, acts, note, round, addedLive } = cue;
  return { cueId, originId, kind, title, productId, plannedMs, acts, note, round, addedLive };
}

/** Whether the cue is about this product: its own, or one that it explains. */
export function explains(cue: CuePlan, productId: string): boolean {
  return cue.productId === productId || cue.acts.some((act) => act.type === "explain" && act.productId === productId);
}
