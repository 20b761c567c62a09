import { eq } from "drizzle-orm";
import type { Database } from "../client.ts";
import { reportSignupRules } from "../schema/warmup-reports.ts";

/** A show's salt of inviter codes and its first-touch window, as of the follower's last write; `null`: no sign-up has been followed yet. */
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
