import { eq } from "drizzle-orm";
import type { Database } from "../client.ts";
import { reportPushes } from "../schema/wecom-pushes.ts";

/** Ids of shows whose pushes still need work, as of the follower's last write. */
export async function sessionsWithActivePushes(db: Database): Promise<string[]> {
  const rows = await db
    .selectDistinct({ sessionId: reportPushes.sessionId })
    .from(reportPushes)
    .where(eq(reportPushes.active, true));
  return rows.map(({ sessionId }) => sessionId);
}
