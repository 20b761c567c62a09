import { sql } from "drizzle-orm";
import { bigint, boolean, index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";

const at = (name: string) => bigint(name, { mode: "number" });

/**
 * By whose link somebody first came to a show. Written by the viewers' page, no part of any log until they sign up; all of it may be forgotten.
 * A person's own row goes before the one of the phone they hold, which is there for who signs in only after coming.
 */
export const firstTouches = pgTable(
  "first_touches",
  {
    sessionId: text("session_id").notNull(),
    /** A viewer (`v_…`), or the phone they came with (`d_…`). */
    who: text("who").notNull(),
    /** As it stood in the link, in capitals. */
    inviterCode: text("inviter_code").notNull(),
    at: at("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.sessionId, table.who] }), index("first_touches_who").on(table.who)],
);

/** Who was added in WeCom by a code of the show and has been greeted, without having signed up: those who have stand in its log. */
export const contactGreetings = pgTable(
  "contact_greetings",
  {
    sessionId: text("session_id").notNull(),
    /** `x_…` */
    contactId: text("contact_id").notNull(),
    by: text("by").notNull(),
    at: at("at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.contactId] }),
    index("contact_greetings_contact").on(table.contactId),
  ],
);

/**
 * Who came in WeCom by a code of a show's source, and whether the show was told. A batch is told by one command under its own id, so that it counts once however
 * often it is told.
 */
export const codeJoins = pgTable(
  "code_joins",
  {
    sessionId: text("session_id").notNull(),
    codeId: text("code_id").notNull(),
    /** The stay in a group, or the contact of a member. */
    key: text("key").notNull(),
    /** Null: none yet. */
    batch: text("batch"),
    told: boolean("told").notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.codeId, table.key] }),
    index("code_joins_untold")
      .on(table.sessionId)
      .where(sql`not told`),
  ],
);
