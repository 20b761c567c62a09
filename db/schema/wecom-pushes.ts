import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";

const ms = (name: string) => bigint(name, { mode: "number" });

/** Status of a push that was removed while its quota was reserved: it stands in no list, and goes when that was given back. */
export const REMOVED_PUSH = "removed";

/**
 * Pushes of all shows, for the calendar and for finding what is under way. Written by the follower, made again from the logs at any time; what is
 * owed and what may be done is decided from the log, never from here.
 */
export const reportPushes = pgTable(
  "report_pushes",
  {
    sessionId: text("session_id").notNull(),
    pushId: text("push_id").notNull(),
    roomId: text("room_id").notNull(),
    rehearsal: boolean("rehearsal").notNull(),
    corpId: text("corp_id"),
    kind: text("kind").notNull(),
    title: text("title").notNull(),
    status: text("status").notNull(),
    heldReason: text("held_reason"),
    /** Null: when something happens, or by hand. */
    sendAt: ms("send_at"),
    handedOverAt: ms("handed_over_at"),
    expiresAt: ms("expires_at"),
    wentOutAt: ms("went_out_at"),
    /** Groups or customers: chosen, without quota, and by what became of them. */
    targets: integer("targets").notNull(),
    over: integer("over").notNull(),
    sent: integer("sent").notNull(),
    unsent: integer("unsent").notNull(),
    notFriend: integer("not_friend").notNull(),
    overQuota: integer("over_quota").notNull(),
    invalid: integer("invalid").notNull(),
    ticks: integer("ticks").notNull(),
    opens: integer("opens").notNull(),
    tasks: jsonb("tasks").$type<Readonly<Record<string, number>>>().notNull(),
    /** Something is owed for it: somebody must have its show open. */
    active: boolean("active").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.pushId] }),
    index("report_pushes_active").on(table.active, table.sessionId),
    index("report_pushes_room_time").on(table.roomId, table.sendAt),
  ],
);

/** One row a task: one message of one sender, one robot's message, one member's list of groups to forward to. */
export const pushTasks = pgTable(
  "push_tasks",
  {
    sessionId: text("session_id").notNull(),
    pushId: text("push_id").notNull(),
    /** Stands in the task's links as `?p=`. */
    taskId: text("task_id").notNull(),
    role: text("role").notNull(),
    round: integer("round").notNull(),
    staffId: text("staff_id"),
    robotId: text("robot_id"),
    state: text("state").notNull(),
    msgid: text("msgid"),
    errcode: integer("errcode"),
    targets: integer("targets").notNull(),
    over: integer("over").notNull(),
    sent: integer("sent").notNull(),
    unsent: integer("unsent").notNull(),
    ticks: integer("ticks").notNull(),
    opens: integer("opens").notNull(),
    reminders: integer("reminders").notNull(),
    pressedAt: ms("pressed_at"),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.taskId] }),
    index("push_tasks_push").on(table.sessionId, table.pushId),
    index("push_tasks_code").on(table.taskId),
    index("push_tasks_staff").on(table.staffId, table.state),
  ],
);

/** One row a group or customer of a task: what became of it, and whether it was forwarded. */
export const pushTargets = pgTable(
  "push_targets",
  {
    sessionId: text("session_id").notNull(),
    taskId: text("task_id").notNull(),
    targetId: text("target_id").notNull(),
    pushId: text("push_id").notNull(),
    /** Its quota is used up: not sent to. */
    over: boolean("over").notNull(),
    /** `unsent`, `sent`, `notFriend`, `overQuota`, `invalid`; null: nothing was read of it. */
    status: text("status"),
    statusAt: ms("status_at"),
    tickedAt: ms("ticked_at"),
    tickedBy: text("ticked_by"),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.taskId, table.targetId] }),
    index("push_targets_target").on(table.targetId),
    index("push_targets_push").on(table.sessionId, table.pushId),
  ],
);
