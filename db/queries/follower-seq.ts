import { and, eq } from "drizzle-orm";
import type { Database } from "../client.ts";
import { followerCheckpoints } from "../schema/reports.ts";

/** Up to which seq of a show a follower has written its tables; 0: nothing yet. */
export async function followerSeq(db: Database, follower: string, sessionId: string): Promise<number> {
  const [row] = await db
    .select({ seq: followerCheckpoints.seq })
    .from(followerCheckpoints)
    .where(and(eq(followerCheckpoints.follower, follower), eq(followerCheckpoints.sessionId, sessionId)));
  return row?.seq ?? 0;
}
