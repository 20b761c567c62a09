import { and, desc, eq, ilike, inArray, lt, or, type SQL } from "drizzle-orm";
import type { Database } from "../client.ts";
import { shows } from "../schema/shows.ts";
import type { ShowRow } from "./show-row.ts";

export type ShowFilter = {
  /** null: every room. */
  readonly roomIds: readonly string[] | null;
  readonly phase?: string | undefined;
  readonly rehearsal?: boolean | undefined;
  /** Part of the title. */
  readonly q?: string | undefined;
  /** Continue after this one. */
  readonly after?: { readonly plannedStartAt: number; readonly id: string } | undefined;
  readonly limit: number;
};

/** Newest planned start first. */
export async function listShows(db: Database, filter: ShowFilter): Promise<ShowRow[]> {
  const { roomIds, phase, rehearsal, q, after, limit } = filter;
  if (roomIds?.length === 0) return [];
  const conditions: (SQL | undefined)[] = [
    roomIds === null ? undefined : inArray(shows.roomId, [...roomIds]),
    phase === undefined ? undefined : eq(shows.phase, phase),
    rehearsal === undefined ? undefined : eq(shows.rehearsal, rehearsal),
    q ? ilike(shows.title, `%${q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`) : undefined,
    after &&
      or(
        lt(shows.plannedStartAt, after.plannedStartAt),
        and(eq(shows.plannedStartAt, after.plannedStartAt), lt(shows.id, after.id)),
      ),
  ];
  return db
    .select()
    .from(shows)
    .where(and(...conditions))
    .orderBy(desc(shows.plannedStartAt), desc(shows.id))
    .limit(limit);
}
