import type { CallOutcome } from "#domain/push/reports.ts";
import type { z } from "zod";
import { isWecomFailure, WecomError, type WecomFailure } from "../../wecom-error.ts";

type Outcome = z.infer<typeof CallOutcome>;

/** WeCom's own "busy": for calls that never reached it. */
const AWAY = -1;

/** What a call's failure says of it. Anything that is not surely undone is `unknown`, bugs of ours after the request included. */
export function outcomeOf(error: unknown): Outcome {
  if (!isWecomFailure(error) || error.outcome === "unknown") return { is: "unknown" };
  return refusalOf(error);
}

export function refusalOf(failure: WecomFailure): Extract<Outcome, { is: "refused" }> {
  if (failure instanceof WecomError) return { is: "refused", errcode: failure.errcode, class: failure.class };
  return { is: "refused", errcode: AWAY, class: "away" };
}
