import { z } from "zod";
import { DurationMs, Id, Instant, PictureUrl, text } from "../units.ts";
import { WECOM_COUNTS } from "../wecom-limits.ts";

/**
 * What a push is made of, as it is planned. Groups, customers, staff, robots and corps are named by Kaibo's own ids: WeCom's ids stand in no log.
 * The commands that plan take these, `reports.ts` holds what the runner tells, `state.ts` the rows as they are kept.
 */

/** `groups`, `customers`: 群发, which staff send by hand. `robot`: into internal groups, at once. `forward`: 员工转发, ticked by hand. */
export const PUSH_KINDS = ["groups", "customers", "robot", "forward"] as const;
export const PushKind = z.enum(PUSH_KINDS);
export type PushKind = z.infer<typeof PushKind>;

/** WeCom sends these only when each member presses send, and they cost quota. */
export const isMass = (kind: PushKind): boolean => kind === "groups" || kind === "customers";

/** `halfHour`: half hours of the show, from its start, are full. */
export const PUSH_EVENTS = ["openSale", "couponPushed", "lotteryOpened", "unpaidHigh", "halfHour", "ended"] as const;
export type PushEventName = (typeof PUSH_EVENTS)[number];

/** How long before it is to be read a 群发 is handed over, unless said otherwise: staff press send minutes later. */
export const DEFAULT_LEAD_MS = 15 * 60_000;
const DAY_MS = 24 * 3_600_000;

export const PushWhen = z.discriminatedUnion("by", [
  z.object({ by: z.literal("time"), at: Instant }),
  /** From the start of the show: the planned one, until it has started. Before it: negative. */
  z.object({
    by: z.literal("start"),
    offsetMs: z
      .int()
      .min(-30 * DAY_MS)
      .max(7 * DAY_MS),
  }),
  z.object({
    by: z.literal("event"),
    on: z.enum(PUSH_EVENTS),
    /** Only of this product, coupon or lottery; `null`: of any. */
    subjectId: Id.nullable().default(null),
    /** Of `unpaidHigh`: when this many units are held by unpaid orders. */
    units: z.int().min(1).max(1_000_000).default(50),
    /** Else it goes out each time. */
    once: z.boolean().default(true),
  }),
  z.object({ by: z.literal("hand") }),
]);
export type PushWhen = z.infer<typeof PushWhen>;

const ids = (max: number) => z.array(Id).max(max).default([]);

/** Who is to be reached; the server makes tasks of it. Named groups and those of the owners, purposes and tags
 * are added up; many groups are meant by what they have in common, so that a row stays small. */
export const PushAudience = z.object({
  groupIds: ids(500),
  /** Members whose groups (or customers) are meant. */
  ownerIds: ids(300),
  purposes: z.array(text(40, 1)).max(20).default([]),
  tags: z.array(text(60, 1)).max(50).default([]),
  /** Of customers: any of these WeCom tags. */
  contactTagIds: ids(100),
  /** Who is to forward (员工转发); empty: all who have one of the groups. */
  staffIds: ids(300),
  robotIds: ids(50),
});
export type PushAudience = z.infer<typeof PushAudience>;

export const PushCard = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("link"),
    title: text(128, 1),
    desc: text(512),
    picUrl: PictureUrl.nullable(),
    /** Key of a cover in Kaibo's media store, for pictures that lie nowhere public: handed to WeCom for good before the call, and preferred to `picUrl`. */
    coverKey: Id.nullable().optional(),
  }),
  z.object({
    kind: z.literal("miniprogram"),
    title: text(64, 1),
    appId: z.string().regex(/^[A-Za-z0-9]{1,40}$/),
    page: text(500, 1),
    /** Key of the cover in Kaibo's media store; uploaded to WeCom before the call. */
    mediaKey: Id,
  }),
  z.object({ kind: z.literal("image"), mediaKey: Id }),
]);
export type PushCard = z.infer<typeof PushCard>;

/** Where the push leads: to the show's viewer page (with the task's code), nowhere, to its 战报 (for who may sign in), or to another address. */
export const PushLink = z.union([
  z.literal("viewer"),
  z.literal("none"),
  z.literal("report"),
  z
    .string()
    .max(1_500)
    .regex(/^https:\/\/[^\s"'<>]+$/),
]);

/** `text` may hold the names of `COPY_FIELDS` (`copy.ts`) in double braces. */
export const PushCopy = z.object({
  text: text(4_000),
  card: PushCard.nullable().default(null),
  link: PushLink.default("viewer"),
  /** Of robots only. */
  format: z.enum(["text", "markdown"]).default("text"),
  mentionStaffIds: ids(100),
  mentionAll: z.boolean().default(false),
});
export type PushCopy = z.infer<typeof PushCopy>;

/** What the push is about; its figures are filled in from these, else from what is explained and was pushed last. */
export const PushAbout = z.object({
  productId: Id.nullable().default(null),
  couponId: Id.nullable().default(null),
  lotteryId: Id.nullable().default(null),
});
export type PushAbout = z.infer<typeof PushAbout>;

export const PushPlan = z.object({
  kind: PushKind,
  title: text(60, 1),
  /** WeCom corp; `null`: the room's own, in a rehearsal the emulated one. */
  corpId: Id.nullable(),
  copy: PushCopy,
  when: PushWhen,
  /** It is handed over this much before `when`. */
  leadMs: DurationMs.max(DAY_MS),
  /** From then on it is useless: what is unsent is cancelled. `null`: with the end of the show. */
  useBy: Instant.nullable(),
  /** It is still worth something when the show is over (replay, thanks). */
  outlives: z.boolean(),
  audience: PushAudience,
  about: PushAbout,
});
export type PushPlan = z.infer<typeof PushPlan>;

/** Stands in the links of one task as `?p=`: what came of a lost call is found by it. Unreserved characters of a URL. */
export const TaskCode = z.string().regex(/^[A-Za-z0-9]{6,20}(-\d{1,4})?$/);

/** `mass`: one 群发 of one sender. `robot`: one message to one internal group. `forward`: one member's list of groups. `nudge`: names of those who have not sent. */
export const TASK_ROLES = ["mass", "robot", "forward", "nudge"] as const;
export type TaskRole = (typeof TASK_ROLES)[number];

export const ResolvedTask = z
  .object({
    taskId: TaskCode,
    role: z.enum(["mass", "robot", "forward"]),
    staffId: Id.nullable(),
    robotId: Id.nullable(),
    /** Groups or customers. */
    targetIds: z.array(Id).max(WECOM_COUNTS.massCustomers),
  })
  .refine(({ role, staffId, robotId }) => (role === "robot" ? robotId !== null : staffId !== null), {
    error: "noSender",
  });
export type ResolvedTask = z.infer<typeof ResolvedTask>;

/** A task: `intended` until its call is written down; `calling` from then on until it is known what became of it, and never called again. */
export const TASK_STATES = [
  "intended",
  "calling",
  "waiting",
  "sent",
  "partly",
  "failed",
  "cancelled",
  "unknown",
] as const;
export type TaskState = (typeof TASK_STATES)[number];

/** Nothing more is to be learned of it. */
export const isSettled = (state: TaskState): boolean =>
  state === "sent" || state === "partly" || state === "failed" || state === "cancelled";

export const PUSH_STATUSES = [
  "planned",
  "held",
  "armed",
  "handedOver",
  "waiting",
  "sent",
  "partly",
  "failed",
  "cancelled",
  "unknown",
] as const;
export type PushStatus = (typeof PUSH_STATUSES)[number];

/** Why it does not go out though it was planned. */
export const HOLD_REASONS = ["hand", "holdAll", "stopped", "late", "copied", "refused"] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];
