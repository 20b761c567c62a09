import { sql } from "drizzle-orm";
import { bigint, customType, integer, jsonb, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";

const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

/**
 * The log (design.md 4). `seq` is dense from 1 within a session, `at` milliseconds UTC that never run back. Every event of a command carries
 * `command_id` = `<id>#<hash>`: the sender's id and a hash of type and input, by which a repeat is told from a reuse of the id.
 */
export const sessionEvents = pgTable(
  "session_events",
  {
    sessionId: text("session_id").notNull(),
    seq: bigint("seq", { mode: "number" }).notNull(),
    at: bigint("at", { mode: "number" }).notNull(),
    type: text("type").notNull(),
    by: text("by").notNull(),
    commandId: text("command_id").notNull(),
    data: jsonb("data").notNull(),
  },
  (table) => [primaryKey({ columns: [table.sessionId, table.seq] })],
);

/**
 * Who writes a session. All times are by the database's clock. `until` null: let go of in order; in the past: its owner is gone.
 * `due_at`: when something in the session falls due that a writer must be awake for.
 */
export const sessionOwners = pgTable("session_owners", {
  sessionId: text("session_id").primaryKey(),
  owner: text("owner").notNull(),
  /** Base URL under which other nodes reach the owner; empty when it is the only node. */
  address: text("address").notNull(),
  epoch: bigint("epoch", { mode: "number" }).notNull(),
  until: timestamp("until", { withTimezone: true }),
  dueAt: timestamp("due_at", { withTimezone: true }),
});

/** Folded states, in parts; tied to the code that folded them. All rows may be deleted at any time. */
export const sessionSnapshots = pgTable(
  "session_snapshots",
  {
    sessionId: text("session_id").notNull(),
    seq: bigint("seq", { mode: "number" }).notNull(),
    part: integer("part").notNull(),
    parts: integer("parts").notNull(),
    fingerprint: text("fingerprint").notNull(),
    /** SHA-256 of all parts together, hex. */
    digest: text("digest").notNull(),
    bytes: bytea("bytes").notNull(),
    createdAt: timestamp("created_at", { withTimezone: true })
      .notNull()
      .default(sql`now()`),
  },
  (table) => [primaryKey({ columns: [table.sessionId, table.seq, table.part] })],
);
