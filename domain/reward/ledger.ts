import { inPlace } from "../in-place.ts";
import type { EventMeta } from "../op.ts";
import type { RewardDelivered, RewardSettled } from "./events.ts";
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
    own.book.times += 1;
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

const WORTH = { delivered: 3, earned: 2, waiting: 1, revoked: 0 } as const;

/**
 * Two sign-ups of one person: what the later one had is the earlier one's, with number, code and place in line (RWD8). Where both had the same step, the
 * better grant is the earlier one's; the other falls due and is revoked unless it was handed out. Counts stay as they are.
 */
export function mergedGrants(
  own: RewardState,
  { n: keepN, personId }: { readonly n: number; readonly personId: string },
  goneN: number,
): RewardState {
  for (const ofStep of own.grants.values()) {
    const gone = ofStep.get(goneN);
    const keep = ofStep.get(keepN);
    if (!gone || (keep && WORTH[keep.state] >= WORTH[gone.state])) continue;
    replaceOpen(own, gone, { ...gone, inviterN: keepN, personId });
    ofStep.delete(goneN);
    ofStep.set(keepN, { ...gone, inviterN: keepN, personId });
    if (keep) put(own, { ...keep, inviterN: goneN });
  }
  return own;
}

/** In the same place of the line. */
function replaceOpen({ open }: RewardState, before: Grant, after: Grant): void {
  if (!open.has(grantKey(before))) {
    open.delete(grantKey(after));
    return;
  }
  const line = [...open.values()].filter((grant) => grantKey(grant) !== grantKey(after));
  open.clear();
  for (const grant of line) {
    const next = grant === before ? after : grant;
    open.set(grantKey(next), next);
  }
}

/** An honour is there with its rank: it is in nobody's queue, and would only stand before what must be handed out. */
function put({ steps, grants, open }: RewardState, grant: Grant): void {
  const { stepId, inviterN, state } = grant;
  const ofStep = grants.get(stepId) ?? new Map<number, Grant>();
  ofStep.set(inviterN, grant);
  inPlace(grants).set(stepId, ofStep);
  const isOpen = (state === "earned" || state === "waiting") && steps.get(stepId)?.carrier !== "honour";
  if (isOpen) open.set(grantKey(grant), grant);
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
