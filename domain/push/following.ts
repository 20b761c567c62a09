import type { Posting } from "../order-postings.ts";
import type { Instant } from "../units.ts";
import { ROUNDS_MAX } from "./going-out.ts";
import type { PushEventName } from "./shapes.ts";
import { isOpen, type Push, type PushState } from "./state.ts";

/** Pushes that follow what happens in the show (PSH7): what set one off is kept until it has gone out or was taken back. */

/** Unpaid orders rise and fall around a limit; a push that repeats says it once in this time. */
const UNPAID_AGAIN_MS = 10 * 60_000;

type Happening = { readonly on: PushEventName; readonly subjectId: string | null; readonly at: Instant };

/** Nothing that is held, armed or set off already; it is not owed what happened meanwhile. */
export function setOff(own: PushState, happening: Happening): PushState {
  return changed(own, (push) => {
    const { when } = push;
    if (when.by !== "event" || when.on !== happening.on) return push;
    if (when.subjectId !== null && happening.subjectId !== null && when.subjectId !== happening.subjectId) return push;
    if (push.held || push.armed || push.trigger || !isOpen(push) || push.rounds >= ROUNDS_MAX) return push;
    return { ...push, trigger: { at: happening.at, subjectId: happening.subjectId } };
  });
}

/** What set it off was taken back: it does not go out, also when it is armed (its act is refused when it fires). */
export function callOff(own: PushState, on: PushEventName, subjectId: string | null): PushState {
  return changed(own, (push) => {
    if (push.when.by !== "event" || push.when.on !== on || !push.trigger) return push;
    return push.trigger.subjectId === subjectId ? { ...push, trigger: null } : push;
  });
}

/** Units held by unpaid orders, and the pushes that wait for so many. */
export function foldUnpaid(own: PushState, postings: readonly Posting[], at: Instant): PushState {
  const unpaid = postings.reduce((sum, { kind, units }) => {
    if (kind === "placed") return sum + units;
    return kind === "paid" || kind === "cancelled" ? sum - units : sum;
  }, own.unpaid);
  if (unpaid === own.unpaid) return own;
  const was = own.unpaid;
  return changed({ ...own, unpaid }, (push) => {
    const { when, handedOverAt } = push;
    if (when.by !== "event" || when.on !== "unpaidHigh" || was >= when.units || unpaid < when.units) return push;
    if (handedOverAt !== null && at < handedOverAt + UNPAID_AGAIN_MS) return push;
    if (push.held || push.armed || push.trigger || !isOpen(push) || push.rounds >= ROUNDS_MAX) return push;
    return { ...push, trigger: { at, subjectId: null } };
  });
}

/** A push that went out because of it: then it can't be taken back as if nothing had been. */
export function followed(own: PushState, on: PushEventName, subjectId: string, since: number): Push | undefined {
  return [...own.pushes.values()].find(
    ({ when, lastTrigger }) =>
      when.by === "event" && when.on === on && lastTrigger?.subjectId === subjectId && lastTrigger.at >= since,
  );
}

/** The same state when no push changed. */
function changed(own: PushState, change: (push: Push) => Push): PushState {
  let pushes: Map<string, Push> | undefined;
  for (const [pushId, push] of own.pushes) {
    const now = change(push);
    if (now !== push) pushes = (pushes ?? new Map(own.pushes)).set(pushId, now);
  }
  return pushes ? { ...own, pushes } : own;
}
