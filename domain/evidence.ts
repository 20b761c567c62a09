import { z } from "zod";
import type { Ctx } from "./op.ts";
import { happened } from "./ops/session.ts";
import { Instant, type Instant as InstantType } from "./units.ts";

/**
 * Wanted, done, seen (design.md 5). WeChat offers no act of the running room to programs, so a hand does it in 视频号助手 and says so here;
 * data confirm it later or contradict it. Kaibo never says "done" on its own word.
 */

export const Seen = z.object({ at: Instant, source: z.string().min(1).max(80), agrees: z.boolean() });
export type Seen = z.infer<typeof Seen>;

export const Evidence = z.object({
  by: z.string(),
  /** When the log learned it; `happenedAt`: when it was. */
  doneAt: Instant,
  happenedAt: Instant,
  /** `data`: nobody told, it was only ever seen. */
  via: z.enum(["hand", "kaibo", "data"]),
  seen: Seen.nullable(),
});
export type Evidence = z.infer<typeof Evidence>;

/** A fact and what it rests on; `evidence: null` means nobody has said or seen anything, the value is an assumption. */
export type Fact<T> = { readonly value: T; readonly evidence: Evidence | null };

export function byHand(by: string, doneAt: InstantType, happenedAt: InstantType): Evidence {
  return { by, doneAt, happenedAt, via: "hand", seen: null };
}

export function handEvidence(ctx: Ctx, agoMs: number): Evidence {
  return byHand(ctx.by, ctx.now, happened(ctx, agoMs));
}

export function fromData(by: string, at: InstantType, source: string): Evidence {
  return { by, doneAt: at, happenedAt: at, via: "data", seen: { at, source, agrees: true } };
}

/**
 * Evidence after data were seen. Data older than the act say nothing about it; the first confirmation keeps its time.
 * The same object comes back when nothing changed.
 */
export function withSeen(evidence: Evidence, seen: Seen): Evidence {
  if (seen.at < evidence.happenedAt) return evidence;
  if (evidence.seen && (evidence.seen.at > seen.at || evidence.seen.agrees === seen.agrees)) return evidence;
  return { ...evidence, seen };
}
