import { and, asc, eq, gte, inArray, isNull, lt, ne, or, sql, type SQL } from "drizzle-orm";
import type { Database } from "../client.ts";
import { shows } from "../schema/shows.ts";
import { REMOVED_PUSH, reportPushes } from "../schema/wecom-pushes.ts";

export type CalendarPush = typeof reportPushes.$inferSelect & {
  readonly showTitle: string;
  readonly plannedStartAt: number;
};

export type CalendarFilter = {
  /** null: every room. */
  readonly roomIds: readonly string[] | null;
  readonly from: number;
  readonly to: number;
  readonly rehearsal?: boolean | undefined;
  readonly limit: number;
};

/**
 * Pushes of the time span, the earliest first: by when they were handed over, which a hand may do before their time; what was not, by the time it has,
 * else (after an event, by hand) by its show's planned start.
 */
export async function pushCalendar(db: Database, filter: CalendarFilter): Promise<CalendarPush[]> {
  const { roomIds, from, to, rehearsal, limit } = filter;
  if (roomIds?.length === 0) return [];
  const { sendAt, handedOverAt } = reportPushes;
  const within = (column: Parameters<typeof gte>[0]) => and(gte(column, from), lt(column, to));
  const times: (SQL | undefined)[] = [
    within(handedOverAt),
    and(isNull(handedOverAt), within(sendAt)),
    and(isNull(handedOverAt), isNull(sendAt), within(shows.plannedStartAt)),
  ];
  const at = sql`coalesce(${handedOverAt}, ${sendAt}, ${shows.plannedStartAt})`;
  const rows = await db
    .select({ push: reportPushes, showTitle: shows.title, plannedStartAt: shows.plannedStartAt })
    .from(reportPushes)
    .innerJoin(shows, eq(shows.id, reportPushes.sessionId))
    .where(
      and(
        roomIds === null ? undefined : inArray(reportPushes.roomId, [...roomIds]),
        ne(reportPushes.status, REMOVED_PUSH),
        rehearsal === undefined ? undefined : eq(reportPushes.rehearsal, rehearsal),
        or(...times),
      ),
    )
    .orderBy(asc(at), asc(reportPushes.sessionId), asc(reportPushes.pushId))
    .limit(limit);
  return rows.map(({ push, showTitle, plannedStartAt }) => ({ ...push, showTitle, plannedStartAt }));
}
