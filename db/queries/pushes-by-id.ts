import { and, eq, inArray, ne } from "drizzle-orm";
import type { Database } from "../client.ts";
import { shows } from "../schema/shows.ts";
import { REMOVED_PUSH, reportPushes } from "../schema/wecom-pushes.ts";

export type PushNamed = {
  readonly pushId: string;
  readonly sessionId: string;
  readonly roomId: string;
  readonly title: string;
  readonly kind: string;
  readonly showTitle: string;
};

/** Titles of pushes and the shows and rooms they belong to, by push id. */
export async function pushesById(db: Database, pushIds: readonly string[]): Promise<Map<string, PushNamed>> {
  if (pushIds.length === 0) return new Map();
  const { pushId, sessionId, roomId, title, kind, status } = reportPushes;
  const rows = await db
    .select({ pushId, sessionId, roomId, title, kind, showTitle: shows.title })
    .from(reportPushes)
    .innerJoin(shows, eq(shows.id, sessionId))
    .where(and(inArray(pushId, [...pushIds]), ne(status, REMOVED_PUSH)));
  return new Map(rows.map((row) => [row.pushId, row]));
}
