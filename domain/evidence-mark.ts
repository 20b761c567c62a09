import type { Evidence } from "./evidence.ts";

/** How a fact is shown: 手动, 数据, 未确认, 不一致. Apart from the schemas, so that screens need not bring those along. */
export type EvidenceMark = "hand" | "data" | "unconfirmed" | "contradicted";

/** `confirmsWithinMs`: how soon a connected source usually speaks; `null` when none is connected, then a hand's word stands as such. */
export function evidenceMark(evidence: Evidence | null, now: number, confirmsWithinMs: number | null): EvidenceMark {
  if (!evidence) return "unconfirmed";
  if (evidence.seen) return evidence.seen.agrees ? "data" : "contradicted";
  return confirmsWithinMs !== null && now - evidence.doneAt > confirmsWithinMs ? "unconfirmed" : "hand";
}
