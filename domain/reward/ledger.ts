import type { EventMeta } from "../op.ts";
import type { RewardDelivered, RewardSettled } from "../ops/reward.ts";
import type { Instant } from "../units.ts";
import { grantKey, grantOf, type Grant, type RewardState } from "./state.ts";

/** How events change the ledger. Its maps are changed in place with new rows: a state belongs to one fold. */

export function foldSettled(own: RewardState, data: RewardSettled, { at }: EventMeta): RewardState {
  for (const grant of data.grants) {
    const before = grantOf(own, grant.stepId, grant.inviterN);
    // Whoever falls back and reaches it again keeps the number and the time of the first time.
    put(own, { ...grant, at: before?.at ?? at, delivered: before?.delivered ?? null });
  }
  if (own.book) {
    for (const n of data.settled) own.book.pending.delete(n);
    own.book.scanFrom = data.scanFrom;
    own.book.dirtyAt = own.book.pending.size > 0 || data.scanFrom > 0 ? at : null;
  }
  return withCounts(own, data.counts);
}

export function foldDelivered(
  own: RewardState,
  { stepId, inviterN, how, note, counts }: RewardDelivered,
  done: { readonly by: string; readonly at: Instant } | null,
): RewardState {
  const before = grantOf(own, stepId, inviterN);
  if (before) put(own, { ...before, state: done ? "delivered" : "earned", delivered: done && { ...done, how, note } });
  return withCounts(own, [counts]);
}

/** Somebody's count has changed, or may have. */
export function due(own: RewardState, numbers: readonly number[], at: Instant): RewardState {
  const { book, steps } = own;
  if (!book || steps.size === 0 || numbers.length === 0) return own;
  for (const n of numbers) if (n > 0) book.pending.add(n);
  if (book.pending.size > 0) book.dirtyAt ??= at;
  return own;
}

/** Everybody's has: there is a new step, or more of one. */
export function dueAll(own: RewardState, at: Instant): RewardState {
  if (own.book) {
    own.book.scanFrom = 1;
    own.book.dirtyAt ??= at;
  }
  return own;
}

/** Another id of the person is theirs now. */
export function renamed(own: RewardState, from: string, into: string): RewardState {
  for (const ofStep of own.grants.values()) {
    for (const grant of ofStep.values()) if (grant.personId === from) put(own, { ...grant, personId: into });
  }
  return own;
}

function put({ grants, open }: RewardState, grant: Grant): void {
  const { stepId, inviterN, state } = grant;
  const ofStep = grants.get(stepId) ?? new Map<number, Grant>();
  ofStep.set(inviterN, grant);
  (grants as Map<string, Map<number, Grant>>).set(stepId, ofStep);
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
