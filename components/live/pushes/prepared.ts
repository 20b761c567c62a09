import type { PushRow } from "#domain/push/rows.ts";

export const PUSHERS = ["owner", "manager", "operator", "community"] as const;

/**
 * Prepared for a hand and in a row by the plan: what the digits choose. One that went out keeps its number, so that no other moves under the finger. 群发 to
 * customers keeps its time: staff send it minutes later.
 */
export const isPrepared = ({ kind, when, closed, rounds }: PushRow): boolean =>
  (kind === "robot" || kind === "forward") && when.by === "hand" && (rounds > 0 || !closed);
