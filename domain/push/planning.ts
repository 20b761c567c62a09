import { z } from "zod";
import { reject, type Ctx, type Json, type Rejection } from "../op.ts";
import type { SessionState } from "../ops/session.ts";
import { defined, difference, refuseStale } from "../partial.ts";
import { Id, Instant } from "../units.ts";
import { copyFaults, internalIn } from "./copy.ts";
import { PushCopy, PushAbout, PushAudience, PushPlan, DEFAULT_LEAD_MS, isMass } from "./shapes.ts";
import type { Push, PushState } from "./state.ts";
import { sendAtOf, type ShowTimes } from "./times.ts";

/** Planning and mending of pushes (PSH2–PSH6). */

export const PUSHES_MAX = 200;
/** A time that has just gone by while somebody typed is now. */
const GRACE_MS = 60_000;

const noAudience = {
  groupIds: [],
  ownerIds: [],
  purposes: [],
  tags: [],
  contactTagIds: [],
  staffIds: [],
  robotIds: [],
};
const noAbout = { productId: null, couponId: null, lotteryId: null };

export const PlanInput = PushPlan.omit({ corpId: true, when: true, leadMs: true, useBy: true, outlives: true }).extend({
  corpId: Id.nullable().default(null),
  /** Of a 群发 unless said: to be read when the show starts. */
  when: PushPlan.shape.when.optional(),
  leadMs: PushPlan.shape.leadMs.optional(),
  useBy: Instant.nullable().default(null),
  outlives: z.boolean().default(false),
  audience: PushAudience.default(noAudience),
  about: PushAbout.default(noAbout),
  /** Taken over from another show: waits until somebody lets it go. */
  copied: z.boolean().default(false),
  /** The cell of a wave that it is the push of; the cell follows it. */
  cellId: Id.optional(),
});
export type PlanInput = z.infer<typeof PlanInput>;

export const EditInput = z.object({
  pushId: Id,
  to: z.object({
    title: PushPlan.shape.title.optional(),
    corpId: PushPlan.shape.corpId.optional(),
    copy: PushCopy.optional(),
    when: PushPlan.shape.when.optional(),
    leadMs: PushPlan.shape.leadMs.optional(),
    useBy: PushPlan.shape.useBy.optional(),
    outlives: z.boolean().optional(),
    audience: PushAudience.optional(),
    about: PushAbout.optional(),
  }),
});
/** What the sender's screen showed of the push. */
export const PlanSeen = PushPlan.omit({ kind: true }).partial();

type Planning = { readonly own: PushState; readonly session: SessionState };

export function decidePlan({ own, session }: Planning, input: PlanInput, ctx: Ctx) {
  if (own.pushes.size >= PUSHES_MAX) return reject("push.tooMany", { max: PUSHES_MAX });
  const { copied, when, leadMs, cellId, ...rest } = input;
  const mass = isMass(input.kind);
  const wanted = when ?? (mass ? { by: "start" as const, offsetMs: 0 } : { by: "hand" as const });
  const plan = PushPlan.parse({
    ...rest,
    when: wanted,
    leadMs: leadMs ?? (mass ? DEFAULT_LEAD_MS : 0),
    outlives: rest.outlives || isAfterShow(wanted),
  });
  const refused = refusePlan(plan, session, ctx, copied);
  if (refused) return refused;
  const held = copied ? { reason: "copied" as const, code: null, by: ctx.by, at: ctx.now } : null;
  return [
    {
      type: "push.planned.v1" as const,
      data: { ...plan, pushId: ctx.newId(), rev: own.nextRev, held, ...(cellId === undefined ? {} : { cellId }) },
    },
  ];
}

export function decideEdit({ own, session }: Planning, input: z.infer<typeof EditInput>, ctx: Ctx, seen: object) {
  const push = own.pushes.get(input.pushId);
  if (!push) return reject("push.notFound", { pushId: input.pushId });
  const stale = refuseStale(push, seen);
  if (stale) return stale;
  const refused = refuseChange(push);
  if (refused) return refused;
  const { from, to } = difference(push, input.to);
  if (Object.keys(to).length === 0) return [];
  const plan = PushPlan.parse({ ...push, ...defined(input.to) });
  // A push that is to be sent after what it waits for was already late before; only a new time is asked about.
  const wrong = refusePlan(plan, session, ctx, !("when" in to || "leadMs" in to));
  if (wrong) return wrong;
  const anew = "audience" in to || "corpId" in to;
  const rev = { from: push.rev, to: anew ? own.nextRev : push.rev };
  const data = { pushId: push.pushId, from: PlanSeen.parse(from), to: PlanSeen.parse(to), rev };
  return [{ type: "push.edited.v1" as const, data }];
}

/** Only what has not begun can be changed: what is armed goes out as it was looked at. */
export function refuseChange({ pushId, armed, rounds, closed }: Push): Rejection | undefined {
  if (closed) return reject("push.closed", { pushId, reason: closed.reason });
  if (armed) return reject("push.armed", { pushId, firesAt: armed.firesAt });
  return rounds > 0 ? reject("push.alreadyHandedOver", { pushId }) : undefined;
}

const isAfterShow = (when: PushPlan["when"]): boolean => when.by === "event" && when.on === "ended";

function refusePlan(plan: PushPlan, session: SessionState, ctx: Ctx, anyTime: boolean): Rejection | undefined {
  return refuseTime(plan, session, ctx, anyTime) ?? refuseAudience(plan) ?? refuseCopy(plan);
}

function refuseTime(plan: PushPlan, show: ShowTimes, ctx: Ctx, anyTime: boolean): Rejection | undefined {
  const { kind, when, leadMs, useBy } = plan;
  // Staff press send minutes later: what follows an event would come when it is over.
  if (isMass(kind) && when.by !== "time" && when.by !== "start") return reject("push.timedOnly", { kind });
  if (leadMs > 0 && (when.by === "event" || when.by === "hand")) return reject("push.leadWithoutTime");
  const sendAt = sendAtOf(plan, show);
  if (sendAt === null || anyTime) return undefined;
  if (sendAt < ctx.now - GRACE_MS) return reject("push.timePast", { sendAt, now: ctx.now });
  return useBy !== null && useBy <= sendAt ? reject("push.uselessBeforeSent", { sendAt, useBy }) : undefined;
}

function refuseAudience({ kind, audience }: PushPlan): Rejection | undefined {
  const { robotIds, groupIds, ownerIds, purposes, tags, contactTagIds, staffIds } = audience;
  if (kind === "robot") return robotIds.length === 0 ? reject("push.noRobot") : undefined;
  const chosen = [groupIds, ownerIds, purposes, tags, staffIds, ...(kind === "customers" ? [contactTagIds] : [])];
  return chosen.every((list) => list.length === 0) ? reject("push.noAudience") : undefined;
}

function refuseCopy({ kind, copy }: PushPlan): Rejection | undefined {
  const internal = internalIn(kind, copy);
  if (internal.length > 0) return reject("push.internalFigures", { fields: internal });
  const fault = copyFaults(kind, copy)[0];
  if (!fault) return undefined;
  const data: Json = { path: fault.path, max: fault.max, is: fault.is };
  return reject(fault.code === "empty" ? "push.copyEmpty" : "push.copyTooLong", data);
}
