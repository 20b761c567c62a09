import { z } from "zod";
import { AGO_MAX_MS } from "../ago.ts";
import { defineOp, reject, type Ctx } from "../op.ts";
import { difference, refuseStale } from "../partial.ts";
import { same } from "../same.ts";
import { byTime } from "../shift-order.ts";
import { DurationMs, FenAmount, Id, Instant, instant, PlatformId, text, type Fen } from "../units.ts";

/** A show that ended may go on within this time (SES6). */
export const REOPEN_MS = 30 * 60_000;

export const PHASES = ["planned", "warmup", "live", "interrupted", "ended"] as const;
export type Phase = (typeof PHASES)[number];

export const isOnAir = (phase: Phase): boolean => phase === "live" || phase === "interrupted";

/** Who stands where and when. Persons by id only; their names live outside the log. */
export const Shift = z.object({
  shiftId: Id,
  from: Instant,
  to: Instant,
  hosts: z.array(Id).max(8),
  operators: z.array(Id).max(8),
});
export type Shift = z.infer<typeof Shift>;

/** What the show is to reach; `null`: no target. Money is paid amount. */
export const Targets = z.object({
  paidFen: FenAmount.nullable(),
  audience: z.int().min(0).max(1_000_000_000).nullable(),
  reservations: z.int().min(0).max(1_000_000_000).nullable(),
  orders: z.int().min(0).max(100_000_000).nullable(),
});
export type Targets = z.infer<typeof Targets>;

const Basics = z.object({
  title: text(80, 1),
  theme: text(400),
  plannedStartAt: Instant,
  plannedEndAt: Instant,
  /** Ids under which platforms know this show (live export ids, room ids); several for one show. */
  platformRoomIds: z.array(PlatformId).max(8),
  /** Whether persons without a sign-in may claim and enter. */
  anonymousClaims: z.boolean(),
});
type Basics = z.infer<typeof Basics>;

const Created = Basics.extend({ sessionId: Id, roomId: Id, rehearsal: z.boolean() });
const Interruption = z.object({ from: Instant, to: Instant.nullable() });

export type SessionState = Basics & {
  readonly sessionId: string;
  readonly roomId: string;
  readonly rehearsal: boolean;
  readonly phase: Phase;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly startReason: string | null;
  /** When the warm-up began, as the log learned of it. */
  readonly warmedUpAt: Instant | null;
  readonly interruptions: readonly z.infer<typeof Interruption>[];
  readonly targets: Targets;
  /** In the order of time. */
  readonly shifts: readonly Shift[];
};

/** When a hand did it, told at the press: now, or this long ago (design.md 5). */
export const Ago = DurationMs.max(AGO_MAX_MS).default(0 as z.infer<typeof DurationMs>);
export const happened = (ctx: Ctx, ago: number): Instant => instant(Math.max(0, ctx.now - ago));

const staff = ["owner", "manager", "operator"] as const;
const PartialBasics = Basics.partial();

/** Rules SES1–SES10 in SPEC.md: the life of a show. */
export const session = defineOp({
  name: "session",
  initial: (): SessionState => ({
    sessionId: "",
    roomId: "",
    title: "",
    theme: "",
    plannedStartAt: instant(0),
    plannedEndAt: instant(0),
    platformRoomIds: [],
    anonymousClaims: false,
    rehearsal: false,
    phase: "planned",
    startedAt: null,
    endedAt: null,
    startReason: null,
    warmedUpAt: null,
    interruptions: [],
    targets: { paidFen: null, audience: null, reservations: null, orders: null },
    shifts: [],
  }),
  events: {
    "session.created.v1": Created,
    "session.edited.v1": z.object({ from: PartialBasics, to: PartialBasics }),
    "session.targetsSet.v1": z.object({ from: Targets, to: Targets }),
    "session.shiftsSet.v1": z.object({ from: z.array(Shift), to: z.array(Shift) }),
    "session.warmedUp.v1": z.object({}),
    "session.started.v1": z.object({ happenedAt: Instant, reason: text(400).nullable() }),
    "session.interrupted.v1": z.object({ happenedAt: Instant }),
    "session.resumed.v1": z.object({ happenedAt: Instant }),
    "session.ended.v1": z.object({ happenedAt: Instant, note: text(400).nullable() }),
    "session.reopened.v1": z.object({}),
    "session.timesCorrected.v1": z.object({
      from: z.object({ startedAt: Instant.nullable(), endedAt: Instant.nullable() }),
      to: z.object({ startedAt: Instant.nullable(), endedAt: Instant.nullable() }),
    }),
  },
  expects: {
    edit: PartialBasics,
    setTargets: Targets,
    setShifts: z.object({ shifts: z.array(Shift).max(48) }),
  },
  commands: {
    create: {
      by: ["owner", "manager", "operator", "program"],
      risk: "compensable",
      input: Created.extend({
        theme: Basics.shape.theme.default(""),
        platformRoomIds: Basics.shape.platformRoomIds.default([]),
        /** Unless said: in rehearsals only, whose viewers have no links of their own. */
        anonymousClaims: Basics.shape.anonymousClaims.optional(),
        rehearsal: z.boolean().default(false),
      }),
      decide(see, input) {
        if (see.own.sessionId) return reject("session.exists");
        if (input.plannedEndAt <= input.plannedStartAt) return reject("session.endsBeforeStart");
        const anonymousClaims = input.anonymousClaims ?? input.rehearsal;
        return [{ type: "session.created.v1", data: { ...input, anonymousClaims } }];
      },
    },
    edit: {
      by: staff,
      risk: "reversible",
      input: PartialBasics,
      decide(see, change, _ctx, expect) {
        const own: SessionState = see.own;
        const stale = expect && refuseStale(own, expect);
        if (stale) return stale;
        const { from, to } = difference(own, change);
        if (Object.keys(to).length === 0) return [];
        const startsAt = change.plannedStartAt ?? own.plannedStartAt;
        if ((change.plannedEndAt ?? own.plannedEndAt) <= startsAt) return reject("session.endsBeforeStart");
        return [
          {
            type: "session.edited.v1",
            data: { from: PartialBasics.parse(from), to: PartialBasics.parse(to) },
          },
        ];
      },
    },
    setTargets: {
      by: staff,
      risk: "reversible",
      input: Targets,
      decide: (see, to, _ctx, expect) =>
        (expect && refuseStale(see.own.targets, expect)) ??
        (same(see.own.targets, to) ? [] : [{ type: "session.targetsSet.v1", data: { from: see.own.targets, to } }]),
    },
    setShifts: {
      by: staff,
      risk: "reversible",
      input: z.object({ shifts: z.array(Shift).max(48) }),
      decide(see, { shifts }, _ctx, expect) {
        const stale = expect && refuseStale({ shifts: see.own.shifts }, { shifts: byTime(expect.shifts) });
        if (stale) return stale;
        if (shifts.some(({ from, to }) => to <= from)) return reject("session.shiftEndsBeforeStart");
        if (new Set(shifts.map(({ shiftId }) => shiftId)).size < shifts.length) return reject("session.shiftTwice");
        const to = byTime(shifts);
        if (same(see.own.shifts, to)) return [];
        return [{ type: "session.shiftsSet.v1", data: { from: [...see.own.shifts], to } }];
      },
    },
    warmUp: {
      by: staff,
      risk: "compensable",
      input: z.object({}),
      decide(see) {
        if (see.own.phase !== "planned") return reject("session.notPlanned", { phase: see.own.phase });
        return [{ type: "session.warmedUp.v1", data: {} }];
      },
    },
    start: {
      by: staff,
      risk: "compensable",
      input: z.object({ ago: Ago, reason: text(400).optional() }),
      decide(see, { ago, reason }, ctx) {
        const { phase } = see.own;
        if (phase !== "planned" && phase !== "warmup") return reject("session.alreadyStarted", { phase });
        return [{ type: "session.started.v1", data: { happenedAt: happened(ctx, ago), reason: reason || null } }];
      },
    },
    interrupt: {
      by: [...staff, "floor"],
      risk: "compensable",
      input: z.object({ ago: Ago }),
      decide(see, { ago }, ctx) {
        if (see.own.phase !== "live") return reject("session.notLive", { phase: see.own.phase });
        return [{ type: "session.interrupted.v1", data: { happenedAt: notBefore(see.own, happened(ctx, ago)) } }];
      },
    },
    resume: {
      by: [...staff, "floor"],
      risk: "compensable",
      input: z.object({ ago: Ago }),
      decide(see, { ago }, ctx) {
        if (see.own.phase !== "interrupted") return reject("session.notInterrupted", { phase: see.own.phase });
        return [{ type: "session.resumed.v1", data: { happenedAt: notBefore(see.own, happened(ctx, ago)) } }];
      },
    },
    end: {
      by: staff,
      risk: "compensable",
      input: z.object({ ago: Ago, note: text(400).optional() }),
      decide(see, { ago, note }, ctx) {
        const { phase } = see.own;
        if (!isOnAir(phase)) return reject("session.notLive", { phase });
        const happenedAt = notBefore(see.own, happened(ctx, ago));
        return [{ type: "session.ended.v1", data: { happenedAt, note: note || null } }];
      },
      // With nothing on screen it is refused, and nothing is lost.
      then: (_see, { ago }) => [{ type: "bag.endExplain", input: { ago } }],
    },
    reopen: {
      by: staff,
      risk: "compensable",
      input: z.object({}),
      decide(see, _input, ctx) {
        const { phase, endedAt } = see.own;
        if (phase !== "ended" || endedAt === null) return reject("session.notEnded", { phase });
        if (ctx.now > endedAt + REOPEN_MS) return reject("session.reopenTooLate", { endedAt });
        return [{ type: "session.reopened.v1", data: {} }];
      },
    },
    /** A show that is over before Kaibo hears of it, told by its files (SES10): goes from the plan to its end in one step. */
    recordPast: {
      by: [...staff, "program"],
      risk: "compensable",
      input: z.object({ startedAt: Instant, endedAt: Instant }),
      decide(see, { startedAt, endedAt }, ctx) {
        const { phase, rehearsal } = see.own;
        if (rehearsal) return reject("session.rehearsalNotPast");
        if (phase !== "planned" && phase !== "warmup") return reject("session.alreadyStarted", { phase });
        if (endedAt <= startedAt) return reject("session.endsBeforeStart");
        if (endedAt > ctx.now) return reject("session.timeAhead");
        return [
          { type: "session.started.v1", data: { happenedAt: startedAt, reason: null } },
          { type: "session.ended.v1", data: { happenedAt: endedAt, note: null } },
        ];
      },
    },
    correctTimes: {
      by: staff,
      risk: "reversible",
      input: z.object({ startedAt: Instant.optional(), endedAt: Instant.optional() }),
      decide(see, change, ctx) {
        const from = { startedAt: see.own.startedAt, endedAt: see.own.endedAt };
        const to = { startedAt: change.startedAt ?? from.startedAt, endedAt: change.endedAt ?? from.endedAt };
        if (change.startedAt !== undefined && from.startedAt === null) return reject("session.notStarted");
        if (change.endedAt !== undefined && from.endedAt === null) return reject("session.notEnded");
        if ((to.startedAt ?? 0) > ctx.now || (to.endedAt ?? 0) > ctx.now) return reject("session.timeAhead");
        if (to.startedAt !== null && to.endedAt !== null && to.endedAt <= to.startedAt) {
          return reject("session.endsBeforeStart");
        }
        return same(from, to) ? [] : [{ type: "session.timesCorrected.v1", data: { from, to } }];
      },
    },
  },
  apply: {
    "session.created.v1": (own, created) => ({ ...own, ...created }),
    "session.edited.v1": (own, { to }) => ({ ...own, ...(to as Partial<Basics>) }),
    "session.targetsSet.v1": (own, { to }) => ({ ...own, targets: to }),
    // What did not change stays the same row.
    "session.shiftsSet.v1": (own, { to }) => ({
      ...own,
      shifts: byTime(to).map((shift) => own.shifts.find((was) => same(was, shift)) ?? shift),
    }),
    "session.warmedUp.v1": (own, _data, { at }) => ({ ...own, phase: "warmup" as const, warmedUpAt: at }),
    "session.started.v1": (own, { happenedAt, reason }) => ({
      ...own,
      phase: "live" as const,
      startedAt: happenedAt,
      startReason: reason,
    }),
    "session.interrupted.v1": (own, { happenedAt }) => ({
      ...own,
      phase: "interrupted" as const,
      interruptions: [...own.interruptions, { from: happenedAt, to: null }],
    }),
    "session.resumed.v1": (own, { happenedAt }) => ({
      ...own,
      phase: "live" as const,
      interruptions: closeLast(own.interruptions, happenedAt),
    }),
    "session.ended.v1": (own, { happenedAt }) => ({
      ...own,
      phase: "ended" as const,
      endedAt: happenedAt,
      interruptions: closeLast(own.interruptions, happenedAt),
    }),
    "session.reopened.v1": (own) => ({ ...own, phase: "live" as const, endedAt: null }),
    "session.timesCorrected.v1": (own, { to }) => ({ ...own, ...to }),
  },
  undo: {
    "session.edited.v1": (see, { from, to }) => {
      const own: Record<string, unknown> = see.own;
      for (const [key, value] of Object.entries(to)) {
        if (!same(own[key], value)) return reject("undo.superseded", { field: key });
      }
      return [{ type: "session.edited.v1", data: { from: to, to: from } }];
    },
    "session.targetsSet.v1": (see, { from, to }) =>
      same(see.own.targets, to)
        ? [{ type: "session.targetsSet.v1", data: { from: to, to: from } }]
        : reject("undo.superseded", { field: "targets" }),
    "session.shiftsSet.v1": (see, { from, to }) =>
      same(see.own.shifts, byTime(to))
        ? [{ type: "session.shiftsSet.v1", data: { from: to, to: from } }]
        : reject("undo.superseded", { field: "shifts" }),
    "session.timesCorrected.v1": (see, { from, to }) =>
      same({ startedAt: see.own.startedAt, endedAt: see.own.endedAt }, to)
        ? [{ type: "session.timesCorrected.v1", data: { from: to, to: from } }]
        : reject("undo.superseded", { field: "times" }),
  },
  slices: {
    session: {
      kind: "value",
      show: {
        control: ({ own: { shifts: _shifts, ...own } }) => own,
        review: ({ own: { shifts: _shifts, ...own } }) => own,
        host: ({ own }) => ({
          title: own.title,
          phase: own.phase,
          rehearsal: own.rehearsal,
          plannedStartAt: own.plannedStartAt,
          plannedEndAt: own.plannedEndAt,
          startedAt: own.startedAt,
          endedAt: own.endedAt,
          paidTargetFen: own.targets.paidFen as Fen | null,
        }),
        viewer: ({ own }) => ({
          title: own.title,
          theme: own.theme,
          phase: own.phase,
          rehearsal: own.rehearsal,
          plannedStartAt: own.plannedStartAt,
          startedAt: own.startedAt,
          endedAt: own.endedAt,
          anonymousClaims: own.anonymousClaims,
        }),
      },
    },
    /** Up to 48 of 16 persons: 18 kB that hardly ever change. */
    shifts: {
      kind: "keyed",
      rows: (see) => new Map(see.own.shifts.map((shift) => [shift.shiftId, shift])),
      show: { control: (shift: Shift) => shift, review: (shift: Shift) => shift },
    },
  },
});

/** However far back its time is typed: an interruption lies within the show and behind the one before, its end behind its beginning. */
function notBefore({ startedAt, interruptions }: SessionState, at: Instant): Instant {
  const last = interruptions.at(-1);
  return instant(Math.max(at, startedAt ?? 0, last?.to ?? last?.from ?? 0));
}

function closeLast(interruptions: SessionState["interruptions"], to: Instant) {
  return interruptions.map((gap) => (gap.to === null ? { ...gap, to } : gap));
}
