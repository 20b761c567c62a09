import { z } from "zod";
import { defineOp, reject } from "../op.ts";
import { Id, Instant, instant, text } from "../units.ts";
import { session } from "./session.ts";

/** A simulator says at least this often that it lives; one that has been silent for three times as long is lost. Real time. */
export const REPORT_MS = 2_000;
const LOST_MS = 3 * REPORT_MS;

const Speed = z.number().min(1).max(60);
/** What a simulator needs to know. */
const Plan = z.object({
  seed: z.int().min(0).max(2_147_483_647),
  /** Show time, at most. */
  minutes: z.int().min(1).max(721),
  /** false: 走流程, the clock alone. */
  audience: z.boolean(),
  /** Whether Kaibo itself plays the operator, for the sample show. */
  pilot: z.boolean(),
});
const Pace = z.object({ speed: Speed, paused: z.boolean() });
const Counts = z.object({ online: z.int().min(0), orders: z.int().min(0), refused: z.int().min(0) });
const Heard = { runId: Id, heardAt: Instant };

export const Run = z.object({
  ...Plan.shape,
  ...Pace.shape,
  ...Counts.shape,
  /** Of the simulator that has the word; another one's is not heard. */
  runId: Id,
  state: z.enum(["on", "lost", "done", "stopped", "failed"]),
  /** What went wrong, for people. */
  message: z.string().nullable(),
  /** Real time at which the simulator was last heard, and the show's time then. */
  heardAt: Instant,
  showAt: Instant,
  /** Show time; `null` until the simulator has said it. */
  endsAt: Instant.nullable(),
});
export type Run = z.infer<typeof Run>;

export type RehearsalState = {
  /** Whether the show's clock goes by steps alone. Once it does, it always will. */
  readonly stepped: boolean;
  /** Simulators that there have been: each draws other persons and orders. */
  readonly simulators: number;
  readonly run: Run | null;
};

export const isUnderWay = (run: Run | null): run is Run => run?.state === "on" || run?.state === "lost";

const planners = ["owner", "manager", "operator"] as const;

/** Rules REH1–REH6 in SPEC.md: who moves a rehearsal's clock, how fast, and whether they are still there. On every node and through restarts. */
export const rehearsal = defineOp({
  name: "rehearsal",
  reads: { session },
  initial: (): RehearsalState => ({ stepped: false, simulators: 0, run: null }),
  events: {
    "rehearsal.begun.v1": Plan.extend({ ...Pace.shape, ...Heard }),
    "rehearsal.resumed.v1": z.object(Heard),
    "rehearsal.paced.v1": z.object({ from: Pace, to: Pace }),
    "rehearsal.reported.v1": Counts.extend({ ...Heard, endsAt: Instant }),
    "rehearsal.lost.v1": z.object({ runId: Id }),
    "rehearsal.ended.v1": z.object({
      runId: Id,
      how: z.enum(["done", "stopped", "failed"]),
      message: text(400).nullable(),
    }),
    /** Where the clock stands, when nothing else in the log tells. */
    "rehearsal.clockNoted.v1": z.object({}),
  },
  quiet: ["rehearsal.resumed.v1", "rehearsal.reported.v1", "rehearsal.lost.v1", "rehearsal.clockNoted.v1"],
  commands: {
    begin: {
      by: planners,
      risk: "compensable",
      input: Plan.extend({ runId: Id, speed: Speed }),
      decide(see, input, ctx) {
        if (!see.session.rehearsal) return reject("rehearsal.realShow");
        if (see.own.run?.state === "on") return reject("rehearsal.running");
        return [{ type: "rehearsal.begun.v1", data: { ...input, paused: false, heardAt: ctx.realNow } }];
      },
    },
    /** Another simulator takes the place of one that went with its node. */
    resume: {
      by: ["system"],
      risk: "compensable",
      input: z.object({ runId: Id, insteadOf: Id }),
      decide(see, { runId, insteadOf }, ctx) {
        const { run } = see.own;
        if (!isUnderWay(run) || run.runId !== insteadOf) return reject("rehearsal.notThisRun");
        return [{ type: "rehearsal.resumed.v1", data: { runId, heardAt: ctx.realNow } }];
      },
    },
    pace: {
      by: planners,
      risk: "compensable",
      input: Pace.partial(),
      decide(see, { speed, paused }) {
        const { run } = see.own;
        if (!isUnderWay(run)) return reject("rehearsal.notRunning");
        const from = { speed: run.speed, paused: run.paused };
        const to = { speed: speed ?? from.speed, paused: paused ?? from.paused };
        if (to.speed === from.speed && to.paused === from.paused) return [];
        return [{ type: "rehearsal.paced.v1", data: { from, to } }];
      },
    },
    stop: {
      by: planners,
      risk: "compensable",
      input: z.object({}),
      decide(see) {
        const { run } = see.own;
        if (!isUnderWay(run)) return reject("rehearsal.notRunning");
        return [{ type: "rehearsal.ended.v1", data: { runId: run.runId, how: "stopped" as const, message: null } }];
      },
    },
    report: {
      by: ["program"],
      risk: "compensable",
      input: Counts.extend({ runId: Id, endsAt: Instant }),
      decide(see, input, ctx) {
        const { run } = see.own;
        if (!isUnderWay(run) || run.runId !== input.runId) return reject("rehearsal.notThisRun");
        return [{ type: "rehearsal.reported.v1", data: { ...input, heardAt: ctx.realNow } }];
      },
    },
    /** The simulator is through, or can't go on: then `failed` says why. */
    finish: {
      by: ["program", "system"],
      risk: "compensable",
      input: z.object({ runId: Id, failed: text(400).nullable() }),
      decide(see, { runId, failed }) {
        const { run } = see.own;
        if (!isUnderWay(run) || run.runId !== runId) return reject("rehearsal.notThisRun");
        const how = failed === null ? ("done" as const) : ("failed" as const);
        return [{ type: "rehearsal.ended.v1", data: { runId, how, message: failed } }];
      },
    },
    lose: {
      by: ["system"],
      risk: "compensable",
      input: z.object({ runId: Id }),
      decide(see, { runId }, ctx) {
        const { run } = see.own;
        const silent = run?.state === "on" && run.runId === runId && ctx.realNow >= run.heardAt + LOST_MS;
        return silent ? [{ type: "rehearsal.lost.v1", data: { runId } }] : [];
      },
    },
    noteClock: {
      by: ["system"],
      risk: "compensable",
      input: z.object({}),
      decide: (see) =>
        see.session.rehearsal ? [{ type: "rehearsal.clockNoted.v1", data: {} }] : reject("rehearsal.realShow"),
    },
  },
  apply: {
    "rehearsal.begun.v1": (own, begun, { at }) => ({
      ...own,
      simulators: own.simulators + 1,
      run: {
        ...begun,
        state: "on" as const,
        message: null,
        showAt: at,
        endsAt: null,
        online: 0,
        orders: 0,
        refused: 0,
      },
    }),
    "rehearsal.resumed.v1": (own, heard) => ({
      ...withRun(own, (run) => ({ ...run, ...heard, state: "on" as const })),
      simulators: own.simulators + 1,
    }),
    "rehearsal.paced.v1": (own, { to }) => withRun(own, (run) => ({ ...run, ...to })),
    "rehearsal.reported.v1": (own, told, { at }) =>
      withRun(own, (run) => ({ ...run, ...told, state: "on" as const, showAt: at })),
    "rehearsal.lost.v1": (own) => withRun(own, (run) => ({ ...run, state: "lost" as const })),
    "rehearsal.ended.v1": (own, { how, message }) => withRun(own, (run) => ({ ...run, state: how, message })),
    "rehearsal.clockNoted.v1": (own, _noted, { at }) => ({
      ...withRun(own, (run) => ({ ...run, showAt: at })),
      stepped: true,
    }),
  },
  due: ({ run }) =>
    run?.state === "on"
      ? [
          {
            at: instant(run.heardAt + LOST_MS),
            clock: "real",
            id: `rehearsal ${run.runId} ${run.heardAt}`,
            type: "rehearsal.lose",
            input: { runId: run.runId },
          },
        ]
      : [],
  slices: {
    rehearsal: {
      kind: "value",
      show: {
        control: ({ own }) => own,
        review: ({ own }) => own,
        host: ({ own }) => ({ stepped: own.stepped, run: own.run && clockOf(own.run) }),
      },
    },
  },
});

function withRun(own: RehearsalState, change: (run: Run) => Run): RehearsalState {
  return own.run ? { ...own, run: change(own.run) } : own;
}

/** What a screen needs to draw the clock between two reports. */
function clockOf({ state, speed, paused, heardAt, showAt, endsAt }: Run) {
  return { state, speed, paused, heardAt, showAt, endsAt };
}
