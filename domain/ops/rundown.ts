import { z } from "zod";
import { ended, endsAt, interrupted, resumed } from "../air-time.ts";
import { commandOf } from "../cue-acts.ts";
import { CuePlan, planOf, type Cue } from "../cue.ts";
import { defineOp, reject } from "../op.ts";
import { lastBegun } from "../rundown-clock.ts";
import {
  addedCueId,
  addEvents,
  Answered,
  Change,
  changedCue,
  changedCurrent,
  CUES_MAX,
  InsertedCue,
  changeOf,
  Left,
  Lengths,
  lengthsOf,
  Move,
  NewCue,
  newPlan,
  nextRound,
  pausing,
  Place,
  PlacedCue,
  placeOfNext,
  removeEvents,
  setLengths,
  shownRundown,
  shownToHost,
  staleLengths,
  Taken,
  takeResult,
  undoMove,
} from "../rundown-edit.ts";
import {
  addStretch,
  foldStretch,
  foldStretchOut,
  NewStretch,
  Stretch,
  undoStretch,
  undoStretchOut,
} from "../rundown-stretch.ts";
import {
  changeCue,
  closePause,
  currentCue,
  emptyRundown,
  finish,
  follow,
  fresh,
  goOn,
  inOrder,
  leaving,
  moveCut,
  moveTo,
  nextOf,
  notBefore,
  placeCue,
  predecessor,
  removeCue,
  replaceCues,
  take,
  takeBack,
  unfollow,
  withAir,
} from "../rundown-state.ts";
import { same } from "../same.ts";
import { Id, Instant } from "../units.ts";
import { bag } from "./bag.ts";
import { Ago, happened, isOnAir, session } from "./session.ts";

const planners = ["owner", "manager", "operator"] as const;
const controllers = ["owner", "manager", "operator", "floor"] as const;

/** Rules RUN1–RUN20 in SPEC.md: what comes when, what is on now, and what a cue sets off. */
export const rundown = defineOp({
  name: "rundown",
  reads: { session, bag },
  initial: emptyRundown,
  events: {
    "rundown.cuesSet.v1": z.object({ from: z.array(CuePlan), to: z.array(CuePlan) }),
    "rundown.cueAdded.v1": PlacedCue,
    "rundown.cuesAdded.v1": Stretch,
    "rundown.cuesTakenOut.v1": Stretch,
    "rundown.cueRemoved.v1": PlacedCue,
    "rundown.cueEdited.v1": z.object({ cueId: Id, from: Change, to: Change }),
    "rundown.cueMoved.v1": z.object({ cueId: Id, from: Place, to: Place }),
    "rundown.lengthsSet.v1": z.object({ from: Lengths, to: Lengths }),
    "rundown.taken.v1": Taken,
    "rundown.takenBack.v1": Move,
    "rundown.skipped.v1": z.object({ cueId: Id }),
    "rundown.unskipped.v1": z.object({ cueId: Id }),
    "rundown.paused.v1": z.object({ cueId: Id, happenedAt: Instant }),
    "rundown.resumed.v1": z.object({ cueId: Id, happenedAt: Instant }),
    "rundown.finished.v1": Left.extend({ happenedAt: Instant }),
    "rundown.unfinished.v1": Left,
    /** What the acts of a taken cue came to, in the order of the cue. */
    "rundown.actsAnswered.v1": Answered,
  },
  expects: {
    setCues: z.object({ version: z.int() }),
    moveCue: z.object({ version: z.int() }),
    editCue: z.object({ version: z.int() }),
    /** The lengths that the sender's screen showed, of the cues that are set. */
    setLengths: z.object({ lengths: Lengths }),
    removeCue: z.object({ version: z.int() }),
    take: z.object({ currentCueId: Id.nullable() }),
    finish: z.object({ currentCueId: Id.nullable() }),
  },
  commands: {
    /** The whole rundown at once, while no cue has begun. */
    setCues: {
      by: planners,
      risk: "reversible",
      input: z.object({ cues: z.array(NewCue.extend({ round: CuePlan.shape.round.default(1) })).max(CUES_MAX) }),
      decide({ own }, { cues }, ctx, expect) {
        if (expect && expect.version !== own.version) return reject("state.changed", { version: own.version });
        if (inOrder(own).some(({ from }) => from !== null)) return reject("rundown.running");
        const to = cues.map(({ round, ...cue }) => ({ ...newPlan(cue, ctx.newId()), round }));
        if (new Set(to.map(({ cueId }) => cueId)).size < to.length) return reject("rundown.cueTwice");
        const from = inOrder(own).map(planOf);
        return same(from, to) ? [] : [{ type: "rundown.cuesSet.v1", data: { from, to } }];
      },
    },
    /** Behind the cue named, at the end when none is; during the show too. */
    addCue: {
      by: planners,
      risk: "reversible",
      input: z.object({ cue: NewCue, afterCueId: Place.optional() }),
      decide({ own, session: show }, { cue, afterCueId }, ctx) {
        const after = afterCueId === undefined ? (own.order.at(-1) ?? null) : afterCueId;
        return addEvents(own, { ...newPlan(cue, ctx.newId()), addedLive: isOnAir(show.phase) }, after);
      },
      result: addedCueId,
    },
    /** A stretch of another show's rundown, in one act. */
    addCues: {
      by: planners,
      risk: "reversible",
      input: NewStretch,
      decide: ({ own, session: show }, stretch, { newId }) =>
        addStretch(own, stretch, { newId, addedLive: isOnAir(show.phase) }),
    },
    /** 插播: comes next. */
    insert: {
      by: controllers,
      risk: "reversible",
      input: z.object({ cue: InsertedCue }),
      decide({ own, session: show }, { cue }, ctx) {
        if (!isOnAir(show.phase)) return reject("session.notLive", { phase: show.phase });
        return addEvents(
          own,
          { ...newPlan(cue, ctx.newId()), addedLive: true },
          placeOfNext(own, lastBegun(inOrder(own))),
        );
      },
      result: addedCueId,
    },
    /** 返场: a cue that was on comes again as the next round, right after the current one. */
    bringBack: {
      by: controllers,
      risk: "reversible",
      input: z.object({ cueId: Id }),
      decide({ own, session: show }, { cueId }, ctx) {
        if (!isOnAir(show.phase)) return reject("session.notLive", { phase: show.phase });
        const again = nextRound(own, cueId, ctx.newId);
        return "status" in again ? again : addEvents(own, again, placeOfNext(own, lastBegun(inOrder(own))));
      },
      result: addedCueId,
    },
    editCue: {
      by: planners,
      risk: "reversible",
      input: Change.extend({ cueId: Id }),
      decide({ own }, { cueId, ...change }, _ctx, expect) {
        const cue = own.cues.get(cueId);
        if (!cue) return reject("rundown.cueNotFound", { cueId });
        if (expect && expect.version !== cue.version) return changedCue(cue);
        if (cue.state === "done") return reject("rundown.cueDone", { cueId });
        const { from, to } = changeOf(cue, change);
        return Object.keys(to).length === 0 ? [] : [{ type: "rundown.cueEdited.v1", data: { cueId, from, to } }];
      },
    },
    removeCue: {
      by: planners,
      risk: "reversible",
      input: z.object({ cueId: Id }),
      decide({ own }, { cueId }, _ctx, expect) {
        const cue = own.cues.get(cueId);
        if (!cue) return reject("rundown.cueNotFound", { cueId });
        if (expect && expect.version !== cue.version) return changedCue(cue);
        return removeEvents(own, cue);
      },
    },
    moveCue: {
      by: controllers,
      risk: "reversible",
      input: z.object({ cueId: Id, afterCueId: Place }),
      decide({ own }, { cueId, afterCueId: to }, _ctx, expect) {
        const cue = own.cues.get(cueId);
        if (!cue) return reject("rundown.cueNotFound", { cueId });
        if (expect && expect.version !== own.version) return reject("state.changed", { version: own.version });
        if (cue.state === "done" || cue.state === "current") return reject("rundown.cueBegun", { cueId });
        if (to !== null && !own.cues.has(to)) return reject("rundown.cueNotFound", { cueId: to });
        const from = predecessor(own, cueId);
        return to === cueId || to === from ? [] : [{ type: "rundown.cueMoved.v1", data: { cueId, from, to } }];
      },
    },
    /** Planned lengths of several cues in one act (走流程 offers them). */
    setLengths: {
      by: planners,
      risk: "reversible",
      input: z.object({ lengths: Lengths }),
      decide: ({ own }, { lengths }, _ctx, expect) =>
        staleLengths(own, expect?.lengths ?? []) ?? setLengths(own, lengths),
    },
    /** Goes to the next cue, or jumps to one, and sets off its acts. */
    take: {
      by: controllers,
      risk: "reversible",
      input: z.object({ cueId: Id.optional(), ago: Ago }),
      decide({ own, session: show }, { cueId, ago }, ctx, expect) {
        if (!isOnAir(show.phase)) return reject("session.notLive", { phase: show.phase });
        if (expect && expect.currentCueId !== own.currentCueId) return changedCurrent(own);
        const cue = cueId === undefined ? nextOf(own) : own.cues.get(cueId);
        if (!cue) return cueId === undefined ? reject("rundown.noNextCue") : reject("rundown.cueNotFound", { cueId });
        const move = moveTo(own, cue.cueId);
        if (!move) return reject(cue.state === "done" ? "rundown.cueDone" : "rundown.cueCurrent", { cueId: cue.cueId });
        return [{ type: "rundown.taken.v1", data: { ...move, happenedAt: notBefore(own, happened(ctx, ago)) } }];
      },
      then: ({ own }, { ago }) => currentCue(own)?.acts.map((act) => commandOf(act, ago)) ?? [],
      answered({ own }, _input, answers) {
        const cueId = own.currentCueId;
        if (cueId === null || answers.length === 0) return [];
        const plain = answers.map(({ type, status, code, data }) => ({
          act: type,
          status,
          code: code ?? null,
          data: z.json().parse(data ?? null),
        }));
        return [{ type: "rundown.actsAnswered.v1", data: { cueId, answers: plain } }];
      },
      result: takeResult,
    },
    /** Leaves a waiting cue out; it can still be jumped to. */
    skip: {
      by: controllers,
      risk: "reversible",
      input: z.object({ cueId: Id }),
      decide({ own }, { cueId }) {
        const cue = own.cues.get(cueId);
        if (!cue) return reject("rundown.cueNotFound", { cueId });
        if (cue.state !== "waiting") return reject("rundown.cueNotWaiting", { cueId, state: cue.state });
        return [{ type: "rundown.skipped.v1", data: { cueId } }];
      },
    },
    pause: {
      by: controllers,
      risk: "compensable",
      input: z.object({ ago: Ago }),
      decide({ own }, { ago }, ctx) {
        const left = pausing(own, "running");
        if ("status" in left) return left;
        const happenedAt = notBefore(own, happened(ctx, ago));
        return [{ type: "rundown.paused.v1", data: { cueId: left.cueId, happenedAt } }];
      },
    },
    resume: {
      by: controllers,
      risk: "compensable",
      input: z.object({ ago: Ago }),
      decide({ own }, { ago }, ctx) {
        const left = pausing(own, "paused");
        if ("status" in left) return left;
        const happenedAt = notBefore(own, happened(ctx, ago));
        return [{ type: "rundown.resumed.v1", data: { cueId: left.cueId, happenedAt } }];
      },
    },
    /** Ends the current cue without going to another. */
    finish: {
      by: controllers,
      risk: "reversible",
      input: z.object({ ago: Ago }),
      decide({ own }, { ago }, ctx, expect) {
        if (expect && expect.currentCueId !== own.currentCueId) return changedCurrent(own);
        const left = leaving(own);
        if (!left) return reject("rundown.noCurrentCue");
        return [{ type: "rundown.finished.v1", data: { ...left, happenedAt: notBefore(own, happened(ctx, ago)) } }];
      },
    },
  },
  apply: {
    "rundown.cuesSet.v1": (own, { to }) => replaceCues(own, to),
    "rundown.cueAdded.v1": (own, { cue, afterCueId, skipped }) => placeCue(own, fresh(cue, skipped), afterCueId),
    "rundown.cuesAdded.v1": foldStretch,
    "rundown.cuesTakenOut.v1": foldStretchOut,
    "rundown.cueRemoved.v1": (own, { cue }) => removeCue(own, cue.cueId),
    "rundown.cueEdited.v1": (own, { cueId, to }) =>
      changeCue(own, cueId, (cue) => ({ ...cue, ...(to as Partial<Cue>), version: cue.version + 1 })),
    "rundown.cueMoved.v1": (own, { cueId, to }) => {
      const cue = own.cues.get(cueId);
      return cue ? placeCue(own, cue, to) : own;
    },
    "rundown.lengthsSet.v1": (own, { to }) =>
      to.reduce(
        (next, { cueId, plannedMs }) =>
          changeCue(next, cueId, (cue) => ({ ...cue, plannedMs, version: cue.version + 1 })),
        own,
      ),
    "rundown.taken.v1": (own, { happenedAt, ...move }) => take(own, move, happenedAt),
    "rundown.takenBack.v1": takeBack,
    "rundown.skipped.v1": (own, { cueId }) => changeCue(own, cueId, (cue) => ({ ...cue, state: "skipped" as const })),
    "rundown.unskipped.v1": (own, { cueId }) => changeCue(own, cueId, (cue) => ({ ...cue, state: "waiting" as const })),
    "rundown.paused.v1": (own, { cueId, happenedAt: from }) =>
      changeCue(own, cueId, (cue) => ({ ...cue, pauses: [...cue.pauses, { from, to: null }] })),
    "rundown.resumed.v1": (own, { cueId, happenedAt }) =>
      changeCue(own, cueId, (cue) => ({ ...cue, pauses: closePause(cue.pauses, happenedAt) })),
    "rundown.finished.v1": (own, { happenedAt }) => finish(own, happenedAt),
    "rundown.unfinished.v1": goOn,
    "rundown.actsAnswered.v1": (own) => own,
  },
  on: {
    "session.started.v1": (own) => ({
      ...own,
      onAir: true,
      lengthAtStartMs: inOrder(own).reduce((sum, cue) => sum + (cue.state === "skipped" ? 0 : cue.plannedMs), 0),
    }),
    "session.interrupted.v1": (own, { happenedAt }) => withAir(own, interrupted(own.air, happenedAt)),
    "session.resumed.v1": (own, { happenedAt }) => withAir(own, resumed(own.air, happenedAt)),
    "session.ended.v1": (own, { happenedAt }) => ({
      ...withAir(finish(own, notBefore(own, happenedAt)), ended(own.air, happenedAt)),
      onAir: false,
      cutByEnd: leaving(own),
    }),
    "session.reopened.v1": (own) => {
      const again = withAir(own, endsAt(own.air, null));
      return { ...(own.cutByEnd ? goOn(again, own.cutByEnd) : again), onAir: true, cutByEnd: null };
    },
    "session.timesCorrected.v1": (own, { to: { endedAt } }) =>
      withAir(endedAt === null ? own : moveCut(own, endedAt), endsAt(own.air, endedAt)),
    "bag.explained.v1": (own, { to }) => follow(own, to.productId, to.since),
    "bag.explainRestored.v1": (own, { from }) => (from ? unfollow(own, from.productId) : own),
  },
  undo: {
    "rundown.cuesSet.v1": ({ own }, { from, to }) =>
      same(inOrder(own).map(planOf), to) && inOrder(own).every((cue) => cue.state === "waiting")
        ? [{ type: "rundown.cuesSet.v1", data: { from: to, to: from } }]
        : reject("undo.superseded", { field: "cues" }),
    "rundown.cueAdded.v1": ({ own }, { cue }) => {
      const now = own.cues.get(cue.cueId);
      if (now && now.from !== null) return reject("undo.hasConsequences", { cueId: cue.cueId });
      return now && same(planOf(now), cue) ? removeEvents(own, now) : reject("undo.superseded", { cueId: cue.cueId });
    },
    "rundown.cuesAdded.v1": ({ own }, stretch) => undoStretch(own, stretch),
    "rundown.cuesTakenOut.v1": ({ own }, stretch) => undoStretchOut(own, stretch),
    "rundown.cueRemoved.v1": ({ own }, data) =>
      own.cues.has(data.cue.cueId)
        ? reject("undo.superseded", { cueId: data.cue.cueId })
        : [{ type: "rundown.cueAdded.v1", data }],
    "rundown.cueEdited.v1": ({ own }, { cueId, from, to }) => {
      const cue = own.cues.get(cueId);
      if (!cue || cue.state === "done" || Object.keys(changeOf(cue, to).to).length > 0) {
        return reject("undo.superseded", { cueId });
      }
      return [{ type: "rundown.cueEdited.v1", data: { cueId, from: to, to: from } }];
    },
    "rundown.cueMoved.v1": ({ own }, move) => undoMove(own, move),
    "rundown.lengthsSet.v1": ({ own }, { from, to }) =>
      same(lengthsOf(own, to), to) && to.every(({ cueId }) => own.cues.get(cueId)?.state !== "done")
        ? [{ type: "rundown.lengthsSet.v1", data: { from: to, to: from } }]
        : reject("undo.superseded", { field: "lengths" }),
    "rundown.taken.v1": ({ own }, { cueId, was, previous }) =>
      own.currentCueId === cueId && (previous === null || own.cues.has(previous.cueId))
        ? [{ type: "rundown.takenBack.v1", data: { cueId, was, previous } }]
        : reject("undo.superseded", { cueId }),
    "rundown.skipped.v1": ({ own }, { cueId }) =>
      own.cues.get(cueId)?.state === "skipped"
        ? [{ type: "rundown.unskipped.v1", data: { cueId } }]
        : reject("undo.superseded", { cueId }),
    "rundown.finished.v1": ({ own, session: show }, { cueId, paused }) =>
      own.currentCueId === null && own.cues.get(cueId)?.state === "done" && isOnAir(show.phase)
        ? [{ type: "rundown.unfinished.v1", data: { cueId, paused } }]
        : reject("undo.superseded", { cueId }),
  },
  slices: {
    cues: {
      kind: "keyed",
      rows: (see) => see.own.cues,
      show: { control: (cue: Cue) => cue, review: (cue: Cue) => cue },
    },
    cueOrder: {
      kind: "value",
      show: {
        control: ({ own }) => ({ order: own.order, version: own.version }),
        review: ({ own }) => ({ order: own.order, version: own.version }),
      },
    },
    rundown: {
      kind: "value",
      show: { control: ({ own }) => shownRundown(own), review: ({ own }) => shownRundown(own) },
    },
    /** Titles and times only: no acts, no notes. The screen counts down by `rundown-clock.ts`. */
    hostRundown: {
      kind: "value",
      show: {
        host: ({ own }) => shownToHost(own),
      },
    },
  },
});
