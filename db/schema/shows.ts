import { bigint, boolean, index, integer, pgTable, text } from "drizzle-orm/pg-core";

const at = (name: string) => bigint(name, { mode: "number" });

/** What the list of shows needs of each log; made from the logs and can be made again (server/followers/show-index.ts). */
export const shows = pgTable(
  "shows",
  {
    id: text("id").primaryKey(),
    roomId: text("room_id").notNull(),
    title: text("title").notNull(),
    phase: text("phase").notNull(),
    rehearsal: boolean("rehearsal").notNull(),
    plannedStartAt: at("planned_start_at").notNull(),
    plannedEndAt: at("planned_end_at").notNull(),
    startedAt: at("started_at"),
    endedAt: at("ended_at"),
    paidFen: bigint("paid_fen", { mode: "number" }),
    orders: integer("orders"),
    /** The log's seq that this row was made from. */
    seq: at("seq").notNull(),
    createdAt: at("created_at").notNull(),
  },
  (table) => [index("shows_room_start").on(table.roomId, table.plannedStartAt, table.id)],
);
