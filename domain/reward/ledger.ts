import type { EventMeta } from "../op.ts";
import type { RewardDelivered, RewardSettled } from "../ops/reward.ts";
import type { Instant } from "../units.ts";
import { grantKey, grantOf, type Grant, type RewardState } from "./state.ts";

/** How events change the ledger. Its maps are changed in place with new rows: a state belongs to one fold. */

export function foldSettled(
  own: RewardState,
  { grants, counts, settled }: RewardSettled,
  { at }: EventMeta,
): RewardState {
  for (const { stepId, personId, n, state } of grants) {
    const before = grantOf(own, stepId, personId);
    // Whoever falls back and reaches it again stands where they stood: the number and the time are of the first time.
    put(own, { stepId, personId, n, state, at: before?.at ?? at, delivered: before?.delivered ?? null });
  }
  for (const personId of settled) own.pending?.delete(personId);
  return withCounts(own, counts);
}

export function foldDelivered(
  own: RewardState,
  { stepId, personId, how, note, counts }: RewardDelivered,
  done: { readonly by: string; readonly at: Instant } | null,
): RewardState {
  const before = grantOf(own, stepId, personId);
  if (before) put(own, { ...before, state: done ? "delivered" : "earned", delivered: done && { ...done, how, note } });
  return withCounts(own, [counts]);
}

function put({ grants, open }: RewardState, grant: Grant): void {
  const { stepId, personId, state } = grant;
  const ofStep = grants.get(stepId) ?? new Map<string, Grant>();
  ofStep.set(personId, grant);
  (grants as Map<string, Map<string, Grant>>).set(stepId, ofStep);
  if (state === "earned" || state === "waiting") open.set(grantKey(grant), grant);
  else open.delete(grantKey(grant));
}

function withCounts(own: RewardState, counts: RewardSettled["counts"]): RewardState {
  const steps = new Map(own.steps);
  for (const { stepId, ...count } of counts) {
    const step = steps.get(stepId);
    if (step) steps.set(stepId, { ...step, ...count });
  }
  return { ...own, steps };
}
