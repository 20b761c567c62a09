import { and, asc, eq, gt } from "drizzle-orm";
import type { Database } from "../client.ts";
import { reportClaims } from "../schema/reports.ts";

export type ClaimRow = typeof reportClaims.$inferSelect;

const PAGE_ROWS = 5_000;

/** All claims of own coupons in a show, by their id, in pages. */
export async function* claimsOfShow(db: Database, sessionId: string): AsyncGenerator<ClaimRow[]> {
  let after = "";
  for (;;) {
    const page = await db
      .select()
      .from(reportClaims)
      .where(and(eq(reportClaims.sessionId, sessionId), gt(reportClaims.claimId, after)))
      .orderBy(asc(reportClaims.claimId))
      .limit(PAGE_ROWS);
    const last = page.at(-1);
    if (!last) return;
    yield page;
    after = last.claimId;
  }
}
