import { bigint, customType, index, pgTable, text } from "drizzle-orm/pg-core";

const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

/** Pictures that a room's pushes and welcomes carry. A key never gets other bytes, so whoever has read it may keep it. */
export const media = pgTable(
  "media",
  {
    /** `u_…`, made of room and bytes: the same picture stands here once. */
    key: text("key").primaryKey(),
    roomId: text("room_id").notNull(),
    /** image/png, image/jpeg. */
    mime: text("mime").notNull(),
    bytes: bytea("bytes").notNull(),
    createdBy: text("created_by").notNull(),
    createdAt: bigint("created_at", { mode: "number" }).notNull(),
  },
  (table) => [index("media_room").on(table.roomId, table.createdAt)],
);
