import { bigint, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";

/**
 * How many of `report_signups` are how, so that figures need not read a million rows. Kept by the follower in the transaction that changes those rows, from what
 * changed of each; a row of zeros says the same as none.
 */
export const reportSignupCounts = pgTable(
  "report_signup_counts",
  {
    sessionId: text("session_id").notNull(),
    /** The minute's first ms: of the sign-up, but for `gone` and `seen`. */
    minute: bigint("minute", { mode: "number" }).notNull(),
    /** Code of the push's task by whose link they came; "": by none. */
    via: text("via").notNull(),
    /** In small letters; "": none stood in the link. */
    sourceCode: text("source_code").notNull(),
    /** All but merged ones, as are the next seven. */
    signups: integer("signups").notNull().default(0),
    standing: integer("standing").notNull().default(0),
    invited: integer("invited").notNull().default(0),
    held: integer("held").notNull().default(0),
    watched: integer("watched").notNull().default(0),
    greeted: integer("greeted").notNull().default(0),
    waiting: integer("waiting").notNull().default(0),
    /** Whom they brought, of those who count. */
    friends: integer("friends").notNull().default(0),
    merged: integer("merged").notNull().default(0),
    /** Who cancelled or left in this minute, and is still gone. */
    gone: integer("gone").notNull().default(0),
    /** Who watched first in this minute. */
    seen: integer("seen").notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.sessionId, table.minute, table.via, table.sourceCode] })],
);
