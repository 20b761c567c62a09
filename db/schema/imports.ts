import { bigint, customType, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";

const at = (name: string) => bigint(name, { mode: "number" });
const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

/** What a room calls the columns of its own files, by header: so that they are mapped once. One row a header, so that two people overwrite nothing. */
export const importColumns = pgTable(
  "import_columns",
  {
    roomId: text("room_id").notNull(),
    /** productSheet, orders, audience. */
    kind: text("kind").notNull(),
    /** The header's plain form (domain/sheet/columns.ts). */
    header: text("header").notNull(),
    /** "" for a column to leave out. */
    field: text("field").notNull(),
    updatedAt: at("updated_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.roomId, table.kind, table.header] })],
);

/**
 * Files on their way into a show. They hold names and phones of buyers, so the bytes go as soon as the file is taken over or given up, and
 * after an hour in any case; the row stays as the record of what was imported.
 */
export const imports = pgTable(
  "imports",
  {
    id: text("id").primaryKey(),
    roomId: text("room_id").notNull(),
    /** null: the show is made from this file. */
    sessionId: text("session_id"),
    /** orders, audience. */
    kind: text("kind").notNull(),
    by: text("by").notNull(),
    fileName: text("file_name").notNull(),
    fileSize: integer("file_size").notNull(),
    /** SHA-256 of the bytes, hex. */
    fileHash: text("file_hash").notNull(),
    /** When the file was made, as far as its sender knows. */
    fileAt: at("file_at").notNull(),
    bytes: bytea("bytes"),
    /** uploaded, running, done, failed. */
    state: text("state").notNull(),
    done: integer("done").notNull().default(0),
    total: integer("total").notNull().default(0),
    /** What came of it, or the code of what stopped it. */
    result: jsonb("result").$type<unknown>(),
    createdAt: at("created_at").notNull(),
    /** A running import that has not moved for long lost its process. */
    movedAt: at("moved_at").notNull(),
  },
  (table) => [
    index("imports_session").on(table.sessionId, table.createdAt),
    index("imports_created").on(table.createdAt),
  ],
);
