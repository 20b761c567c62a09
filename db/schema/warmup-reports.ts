import { sql } from "drizzle-orm";
import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";

/**
 * Sign-ups and inviters of all shows, for lists, figures, and for whether somebody is new to a room or the company. Written by the follower, made again from
 * the logs at any time. Persons stand here by their ids alone, as they are known by now.
 */

const ms = (name: string) => bigint(name, { mode: "number" });

/** One row a sign-up, with who brought the person. */
export const reportSignups = pgTable(
  "report_signups",
  {
    sessionId: text("session_id").notNull(),
    /** Running number in the show. */
    n: integer("n").notNull(),
    personId: text("person_id").notNull(),
    signedUpAt: ms("signed_up_at").notNull(),
    /** standing, cancelled, left, merged: into an earlier one of the same person. */
    state: text("state").notNull(),
    /** When it became so. */
    stateAt: ms("state_at").notNull(),
    /** Code of the push's task by whose link they came. */
    via: text("via"),
    /** As it stood in the link. */
    sourceCode: text("source_code"),
    remindBy: text("remind_by").array().notNull(),
    watchedAt: ms("watched_at"),
    greetedAt: ms("greeted_at"),
    greetedBy: text("greeted_by"),
    /** Number of who brought them. */
    inviterN: integer("inviter_n"),
    /** counts, held, rejected, not, takenBack; null: nobody brought them. */
    standing: text("standing"),
    /** Why it was held, or does not count, when they signed up. */
    why: text("why"),
    /** [{kind, evidence}]: counts alone. */
    suspicions: jsonb("suspicions").$type<unknown>(),
    /** Which link of the chain; 1: brought by somebody whom nobody brought. */
    depth: integer("depth"),
    decidedAt: ms("decided_at"),
    decidedBy: text("decided_by"),
    note: text("note"),
    /** A member's contact by now (`report_signup_contacts`); kept as that is, not by the follower. */
    isContact: boolean("is_contact").notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.n] }),
    index("report_signups_person").on(table.personId),
    index("report_signups_inviter")
      .on(table.sessionId, table.inviterN)
      .where(sql`inviter_n is not null`),
    index("report_signups_held")
      .on(table.sessionId, table.n)
      .where(sql`standing = 'held'`),
    index("report_signups_to_greet")
      .on(table.sessionId, table.signedUpAt, table.personId)
      .where(sql`greeted_at is null and state = 'standing'`),
    index("report_signups_to_greet_by_link")
      .on(
        table.sessionId,
        sql`coalesce(via, '')`,
        sql`coalesce(lower(source_code), '')`,
        table.signedUpAt,
        table.personId,
      )
      .where(sql`greeted_at is null and state = 'standing' and not is_contact`),
    index("report_signups_left")
      .on(table.sessionId)
      .where(sql`state = 'left'`),
  ],
);

/** One row an inviter: where they stand on the board. */
export const reportInviters = pgTable(
  "report_inviters",
  {
    sessionId: text("session_id").notNull(),
    /** Number of their own sign-up. */
    n: integer("n").notNull(),
    valid: integer("valid").notNull(),
    held: integer("held").notNull(),
    /** By the board's metric; 0: not on it. */
    count: integer("count").notNull(),
    /** Of two with the same count the smaller one stands above. */
    reached: ms("reached").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.n] }),
    index("report_inviters_board").on(table.sessionId, table.count.desc(), table.reached, table.n),
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
  /** How the board ranks: valid, watched, claimed, paid. */
  metric: text("metric").notNull(),
});

/** Sources of a show, so that what came by their codes can be found. */
export const reportSources = pgTable(
  "report_sources",
  {
    sessionId: text("session_id").notNull(),
    sourceId: text("source_id").notNull(),
    code: text("code").notNull(),
    name: text("name").notNull(),
    ownerId: text("owner_id"),
    wecomCodeId: text("wecom_code_id"),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.sourceId] }),
    index("report_sources_wecom_code")
      .on(table.wecomCodeId)
      .where(sql`wecom_code_id is not null`),
  ],
);
