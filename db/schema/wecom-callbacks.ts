import { sql } from "drizzle-orm";
import { bigint, index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";

/**
 * What WeCom told us, each delivery once: as it came, decrypted, and what became of it. Rows hold ids of customers and staff; they are kept for
 * 14 days (server/wecom/callbacks/callbacks.ts), long enough to look into a dispute.
 */

const at = (name: string) => bigint(name, { mode: "number" });

export const wecomCallbacks = pgTable(
  "wecom_callbacks",
  {
    id: at("id").primaryKey().generatedAlwaysAsIdentity(),
    /** The app whose URL was called. */
    appKey: text("app_key").notNull(),
    dedupeKey: text("dedupe_key").notNull(),
    /** `change_external_chat.update`. */
    name: text("name").notNull(),
    /** `chat:…`, `contact:…`: events of one object are worked one after the other. */
    object: text("object").notNull(),
    /** CreateTime, by WeCom's clock. */
    happenedAt: at("happened_at").notNull(),
    receivedAt: at("received_at").notNull(),
    /** The body as it came. */
    raw: text("raw").notNull(),
    /** The XML that was encrypted in it. */
    message: text("message").notNull(),
    /** waiting, done, dropped. */
    state: text("state").notNull(),
    /** Tries that failed so far. */
    attempts: integer("attempts").notNull().default(0),
    /** Not worked before. */
    nextAt: at("next_at").notNull(),
    /** Who works it, and until when nobody else may. */
    worker: text("worker"),
    leaseUntil: at("lease_until").notNull().default(0),
    /** What came of it, or the code of what went wrong last. */
    outcome: text("outcome"),
    /** Of contacts with a welcome code: waiting, sent, givenUp; null for all others. */
    welcome: text("welcome"),
    /** By our clock; later tries are in vain. */
    welcomeUntil: at("welcome_until"),
    /** While one process is sending it. */
    welcomeLeaseUntil: at("welcome_lease_until").notNull().default(0),
    /** Why it was given up. */
    welcomeReason: text("welcome_reason"),
  },
  (table) => [
    uniqueIndex("wecom_callbacks_once").on(table.appKey, table.dedupeKey),
    index("wecom_callbacks_received").on(table.receivedAt),
    // The few that are still to be worked, among the many that are done.
    index("wecom_callbacks_waiting")
      .on(table.appKey, table.object)
      .where(sql`state = 'waiting'`),
    index("wecom_callbacks_welcome")
      .on(table.id)
      .where(sql`welcome = 'waiting'`),
  ],
);
