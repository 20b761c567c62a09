import { eq } from "drizzle-orm";
import type { Database } from "../client.ts";
import { reportSignupRules } from "../schema/warmup-reports.ts";

/** What a show wants to know of who comes, as far as the follower has come; `null`: nobody has signed up yet. */
export async function signupRules(
  db: Database,
  sessionId: string,
): Promise<{ salt: string | null; touchWindowMs: number } | null> {
  const [row] = await db
    .select({ salt: reportSignupRules.salt, touchWindowMs: reportSignupRules.touchWindowMs })
    .from(reportSignupRules)
    .where(eq(reportSignupRules.sessionId, sessionId));
  return row ?? null;
}
