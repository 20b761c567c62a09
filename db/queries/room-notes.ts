import { and, desc, eq, isNull, ne, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { roomLessons } from "../schema/room-notes.ts";
import { shows } from "../schema/shows.ts";

/** What a show of a room takes over from the room's other shows. */
export type Taker = {
  readonly roomId: string;
  readonly sessionId: string;
  /** A rehearsal takes over what stays among rehearsals too. */
  readonly rehearsal: boolean;
};

export type ImprovementRow = {
  readonly improvementId: string;
  readonly sessionId: string;
  /** Of the show that wrote it; empty while the list of shows lags behind. */
  readonly title: string;
  readonly text: string;
  readonly ownerId: string | null;
  readonly measure: unknown;
  readonly dueSessionId: string | null;
  readonly settled: {
    readonly outcome: string;
    readonly note: string;
    readonly measured: number | null;
    readonly sessionId: string;
    readonly title: string;
    readonly foundAt: number;
  } | null;
};

type Found = {
  improvement_id: string;
  session_id: string;
  title: string | null;
  text: string;
  owner_id: string | null;
  measure: unknown;
  due_session_id: string | null;
  outcome: string | null;
  note: string | null;
  measured: number | null;
  found_in: string | null;
  found_title: string | null;
  found_at: string | null;
};

/**
 * Newest first: those that are due here or overdue, and those that are for the next show. A due show that has begun without an answer holds
 * nothing back any more. What a rehearsal found out settles only what a rehearsal wrote. Where there are very many, what was found out long ago is left out.
 */
export async function improvementsFor(
  db: Database,
  { roomId, sessionId, rehearsal }: Taker,
): Promise<ImprovementRow[]> {
  const rows = await db.execute<Found>(sql`
    select * from (
      select i.written_at, i.improvement_id, i.session_id, w.title, i.text, i.owner_id, i.measure, i.due_session_id,
        o.outcome, o.note, o.measured, o.session_id as found_in, v.title as found_title, o.found_at
      from room_improvements i
      left join shows w on w.id = i.session_id
      left join shows due on due.id = i.due_session_id
      left join lateral (
        select * from improvement_outcomes f
        where f.improvement_id = i.improvement_id and f.session_id <> ${sessionId} and (i.rehearsal or not f.rehearsal)
        order by f.found_at desc limit 1
      ) o on true
      left join shows v on v.id = o.session_id
      where i.room_id = ${roomId} and i.session_id <> ${sessionId} and (${rehearsal} or not i.rehearsal)
        and (i.due_session_id is null or i.due_session_id = ${sessionId} or due.started_at is not null)
      order by (o.session_id is null) desc, o.found_at desc, i.written_at desc, i.improvement_id
      limit 200
    ) kept
    order by written_at desc, improvement_id`);
  return rows.map((row) => ({
    improvementId: row.improvement_id,
    sessionId: row.session_id,
    title: row.title ?? "",
    text: row.text,
    ownerId: row.owner_id,
    measure: row.measure,
    dueSessionId: row.due_session_id,
    settled:
      row.outcome === null
        ? null
        : {
            outcome: row.outcome,
            note: row.note ?? "",
            measured: row.measured,
            sessionId: row.found_in ?? "",
            title: row.found_title ?? "",
            foundAt: Number(row.found_at ?? 0),
          },
  }));
}

export type LessonRow = {
  readonly lessonId: string;
  readonly sessionId: string;
  readonly title: string;
  readonly text: string;
  readonly rule: unknown;
};

/** The room's active lessons, newest first. */
export async function lessonsFor(
  db: Database,
  { roomId, sessionId, rehearsal, limit }: Taker & { readonly limit: number },
): Promise<LessonRow[]> {
  const rows = await db
    .select({
      lessonId: roomLessons.lessonId,
      sessionId: roomLessons.sessionId,
      title: shows.title,
      text: roomLessons.text,
      rule: roomLessons.rule,
    })
    .from(roomLessons)
    .leftJoin(shows, eq(shows.id, roomLessons.sessionId))
    .where(
      and(
        eq(roomLessons.roomId, roomId),
        ne(roomLessons.sessionId, sessionId),
        isNull(roomLessons.retiredAt),
        ...(rehearsal ? [] : [eq(roomLessons.rehearsal, false)]),
      ),
    )
    .orderBy(desc(roomLessons.writtenAt), roomLessons.lessonId)
    .limit(limit);
  return rows.map((row) => ({ ...row, title: row.title ?? "" }));
}
