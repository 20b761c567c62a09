import { z } from "zod";
import { CuePlan, planOf } from "./cue.ts";
import { reject, type Rejection } from "./op.ts";
import { CUES_MAX, NewCue, Place } from "./rundown-edit.ts";
import { fresh, placeCue, predecessor, removeCue, type RundownState } from "./rundown-state.ts";
import { same } from "./same.ts";

/** Several cues that come in at one place in one act, as a stretch of another show's rundown (RUN20), and go again in one. */

export const Stretch = z.object({ cues: z.array(CuePlan).min(1).max(CUES_MAX), afterCueId: Place });
export type Stretch = z.infer<typeof Stretch>;

/** Behind the cue named, at the top for `null`, at the end when none is. */
export const NewStretch = z.object({
  cues: z
    .array(NewCue.extend({ round: CuePlan.shape.round.default(1) }))
    .min(1)
    .max(CUES_MAX),
  afterCueId: Place.optional(),
});

export function addStretch(
  own: RundownState,
  { cues, afterCueId }: z.infer<typeof NewStretch>,
  { newId, addedLive }: { readonly newId: () => string; readonly addedLive: boolean },
) {
  const after = afterCueId === undefined ? (own.order.at(-1) ?? null) : afterCueId;
  if (after !== null && !own.cues.has(after)) return reject("rundown.cueNotFound", { cueId: after });
  if (own.cues.size + cues.length > CUES_MAX) return reject("rundown.tooManyCues", { max: CUES_MAX });
  const planned = cues.map((cue): CuePlan => {
    const cueId = cue.cueId ?? newId();
    return { ...cue, cueId, originId: cueId, addedLive };
  });
  const twice = planned.find(
    ({ cueId }, index) => own.cues.has(cueId) || planned.findIndex((one) => one.cueId === cueId) < index,
  );
  if (twice) return reject("rundown.cueTwice", { cueId: twice.cueId });
  return [{ type: "rundown.cuesAdded.v1" as const, data: { cues: planned, afterCueId: after } }];
}

export function foldStretch(own: RundownState, { cues, afterCueId }: Stretch): RundownState {
  let next = own;
  let after = afterCueId;
  for (const cue of cues) {
    next = placeCue(next, fresh(cue), after);
    after = cue.cueId;
  }
  return next;
}

export const foldStretchOut = (own: RundownState, { cues }: Stretch): RundownState =>
  cues.reduce((next, { cueId }) => removeCue(next, cueId), own);

/** All of it or nothing: a cue of it that was changed, or has begun, keeps the rest. */
export function undoStretch(
  own: RundownState,
  { cues }: Stretch,
): readonly { type: "rundown.cuesTakenOut.v1"; data: Stretch }[] | Rejection {
  for (const plan of cues) {
    const { cueId } = plan;
    const now = own.cues.get(cueId);
    if (now && now.from !== null) return reject("undo.hasConsequences", { cueId });
    if (!now || now.state !== "waiting" || !same(planOf(now), plan)) return reject("undo.superseded", { cueId });
  }
  const first = cues[0]?.cueId ?? "";
  return [{ type: "rundown.cuesTakenOut.v1", data: { cues, afterCueId: predecessor(own, first) } }];
}

export function undoStretchOut(own: RundownState, { cues, afterCueId }: Stretch) {
  const there = cues.find(({ cueId }) => own.cues.has(cueId));
  if (there) return reject("undo.superseded", { cueId: there.cueId });
  const after = afterCueId !== null && own.cues.has(afterCueId) ? afterCueId : null;
  return [{ type: "rundown.cuesAdded.v1" as const, data: { cues, afterCueId: after } }];
}
