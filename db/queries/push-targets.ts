import { and, asc, eq, inArray } from "drizzle-orm";
import type { Database } from "../client.ts";
import { pushTargets } from "../schema/wecom-pushes.ts";

export type PushTargetRow = typeof pushTargets.$inferSelect;

/** Whom these tasks of a show go to, and what became of each, as far as the follower has come. */
export async function targetsOfTasks(
  db: Database,
  sessionId: string,
  taskIds: readonly string[],
): Promise<PushTargetRow[]> {
  if (taskIds.length === 0) return [];
  return db
    .select()
    .from(pushTargets)
    .where(and(eq(pushTargets.sessionId, sessionId), inArray(pushTargets.taskId, [...taskIds])))
    .orderBy(asc(pushTargets.taskId), asc(pushTargets.targetId));
}
