import { eq } from "drizzle-orm";
import { improvementOutcomes, roomImprovements, roomLessons } from "#db/schema/room-notes.ts";
import type { ShowState } from "#domain/engine.ts";
import { sliceOf } from "#domain/slice-of.ts";
import type { Projection, Transaction } from "./projection.ts";

const CHANGING = /^(improvement|lesson)\./;

/** What a room keeps from show to show. A show has a handful of rows, so they are written together. */
export const roomNotesProjection: Projection = {
  name: "roomNotes",
  async write(tx, { sessionId, state, events }) {
    if (!events.some(({ type }) => CHANGING.test(type))) return;
    await clear(tx, sessionId);
    const { improvements, outcomes, lessons } = rowsOf(sessionId, state);
    if (improvements.length > 0) await tx.insert(roomImprovements).values(improvements);
    if (outcomes.length > 0) await tx.insert(improvementOutcomes).values(outcomes);
    if (lessons.length > 0) await tx.insert(roomLessons).values(lessons);
  },
  clear,
};

async function clear(tx: Transaction, sessionId: string): Promise<void> {
  for (const table of [roomImprovements, improvementOutcomes, roomLessons]) {
    await tx.delete(table).where(eq(table.sessionId, sessionId));
  }
}

function rowsOf(sessionId: string, state: ShowState) {
  const { roomId, rehearsal } = sliceOf(state, "session");
  const { written, carried } = sliceOf(state, "improvement");
  const lessons = sliceOf(state, "lesson");
  return {
    improvements: [...written.values()].map(
      ({ improvementId, text, ownerId, measure, dueSessionId, at, forReal }): typeof roomImprovements.$inferInsert => ({
        sessionId,
        improvementId,
        roomId,
        rehearsal: rehearsal && !forReal,
        text,
        ownerId,
        measure,
        dueSessionId,
        writtenAt: at,
      }),
    ),
    outcomes: [...carried.values()].flatMap(({ improvementId, outcome }): (typeof improvementOutcomes.$inferInsert)[] =>
      outcome
        ? [
            {
              sessionId,
              improvementId,
              rehearsal,
              outcome: outcome.outcome,
              note: outcome.note,
              measured: outcome.measured,
              foundAt: outcome.at,
            },
          ]
        : [],
    ),
    lessons: [...lessons.written.values()].map(
      ({ lessonId, text, rule, at, retired, forReal }): typeof roomLessons.$inferInsert => ({
        sessionId,
        lessonId,
        roomId,
        rehearsal: rehearsal && !forReal,
        text,
        rule,
        writtenAt: at,
        retiredAt: retired?.at ?? null,
      }),
    ),
  };
}
