import { eq } from "drizzle-orm";
import type { Database } from "../client.ts";
import { reportPushes } from "../schema/wecom-pushes.ts";

/** Shows that owe something for a push, as far as the follower has come: one that is open is asked itself. */
export async function sessionsWithActivePushes(db: Database): Promise<string[]> {
  const rows = await db
    .selectDistinct({ sessionId: reportPushes.sessionId })
    .from(reportPushes)
    .where(eq(reportPushes.active, true));
  return rows.map(({ sessionId }) => sessionId);
}
