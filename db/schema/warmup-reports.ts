import { sql } from "drizzle-orm";
import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";

/**
 * Sign-ups and invites of all shows, for lists, figures, and for whether somebody is new to a room or the company. Written by the follower, made again
 * from the logs at any time. Persons stand here by their ids alone.
 */

const ms = (name: string) => bigint(name, { mode: "number" });

/** One row a person who ever signed up for the show. */
export const reportSignups = pgTable(
  "report_signups",
  {
    sessionId: text("session_id").notNull(),
    personId: text("person_id").notNull(),
    /** Running number in the show. */
    n: integer("n").notNull(),
    /** Of the latest sign-up, for who cancelled and came again. */
    signedUpAt: ms("signed_up_at").notNull(),
    /** standing, cancelled, left, merged. */
    state: text("state").notNull(),
    /** When it became so. */
    stateAt: ms("state_at").notNull(),
    via: text("via"),
    /** As it stood in the link. */
    sourceCode: text("source_code"),
    remindBy: text("remind_by").array().notNull(),
    watchedAt: ms("watched_at"),
    greetedAt: ms("greeted_at"),
    greetedBy: text("greeted_by"),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.personId] }),
    index("report_signups_n").on(table.sessionId, table.n),
    index("report_signups_person").on(table.personId),
  ],
);

/** One row a person whom somebody brought. */
export const reportInvites = pgTable(
  "report_invites",
  {
    sessionId: text("session_id").notNull(),
    personId: text("person_id").notNull(),
    inviterId: text("inviter_id").notNull(),
    at: ms("at").notNull(),
    /** counts, held, not. */
    standing: text("standing").notNull(),
    /** Why it does not count. */
    why: text("why"),
    /** [{kind, evidence}]: counts alone. */
    suspicions: jsonb("suspicions").$type<unknown>().notNull(),
    decidedAt: ms("decided_at"),
    decidedBy: text("decided_by"),
    note: text("note"),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.personId] }),
    index("report_invites_inviter").on(table.sessionId, table.inviterId),
    index("report_invites_held")
      .on(table.sessionId, table.at)
      .where(sql`standing = 'held'`),
  ],
);

/** One row an inviter: where they stand on the board. */
export const reportInviters = pgTable(
  "report_inviters",
  {
    sessionId: text("session_id").notNull(),
    personId: text("person_id").notNull(),
    valid: integer("valid").notNull(),
    held: integer("held").notNull(),
    watched: integer("watched").notNull(),
    claimed: integer("claimed").notNull(),
    paid: integer("paid").notNull(),
    /** By the board's metric. */
    count: integer("count").notNull(),
    /** Of two with the same count the one who got there first stands above. */
    reachedAt: ms("reached_at").notNull(),
    reachedSeq: ms("reached_seq").notNull(),
    disqualified: boolean("disqualified").notNull(),
    disqualifiedAt: ms("disqualified_at"),
    disqualifiedBy: text("disqualified_by"),
    reason: text("reason"),
    appeal: text("appeal"),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.personId] }),
    index("report_inviters_board").on(table.sessionId, table.count, table.reachedSeq),
  ],
);

/** What any node must know of a show's sign-up before it asks the writer: which codes are its own, and how long a first touch holds. One row a show. */
export const reportSignupRules = pgTable("report_signup_rules", {
  sessionId: text("session_id").primaryKey(),
  /** By which codes of inviters prove themselves; leaves the server no more than the log does. */
  salt: text("salt"),
  touchWindowMs: ms("touch_window_ms").notNull(),
  /** 0: leaving a group takes nothing back. */
  leaveWithinMs: ms("leave_within_ms").notNull(),
});
