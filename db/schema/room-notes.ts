import { bigint, boolean, doublePrecision, index, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";

/**
 * What a room keeps from show to show: improvements, what became of them, and lessons. Each row follows from one show's log (its `session_id`)
 * and is made again from it; later shows take the open ones over as facts of their own logs.
 */

const at = (name: string) => bigint(name, { mode: "number" });

export const roomImprovements = pgTable(
  "room_improvements",
  {
    sessionId: text("session_id").notNull(),
    improvementId: text("improvement_id").notNull(),
    roomId: text("room_id").notNull(),
    /** Stays among rehearsals: one wrote it, and nobody has taken it over. */
    rehearsal: boolean("rehearsal").notNull(),
    text: text("text").notNull(),
    ownerId: text("owner_id"),
    measure: jsonb("measure"),
    dueSessionId: text("due_session_id"),
    writtenAt: at("written_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.improvementId] }),
    index("room_improvements_room").on(table.roomId, table.writtenAt),
  ],
);

/** What a later show found out; its `session_id` is that show. */
export const improvementOutcomes = pgTable(
  "improvement_outcomes",
  {
    sessionId: text("session_id").notNull(),
    improvementId: text("improvement_id").notNull(),
    rehearsal: boolean("rehearsal").notNull(),
    outcome: text("outcome").notNull(),
    note: text("note").notNull(),
    measured: doublePrecision("measured"),
    foundAt: at("found_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.improvementId] }),
    index("improvement_outcomes_improvement").on(table.improvementId),
  ],
);

export const roomLessons = pgTable(
  "room_lessons",
  {
    sessionId: text("session_id").notNull(),
    lessonId: text("lesson_id").notNull(),
    roomId: text("room_id").notNull(),
    /** As of improvements. */
    rehearsal: boolean("rehearsal").notNull().default(false),
    text: text("text").notNull(),
    rule: jsonb("rule").notNull(),
    writtenAt: at("written_at").notNull(),
    retiredAt: at("retired_at"),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.lessonId] }),
    index("room_lessons_room").on(table.roomId, table.writtenAt),
  ],
);
