import { eq } from "drizzle-orm";
import type { Database } from "../client.ts";
import { showCodes } from "../schema/warmup-wechat.ts";

export async function sessionOfShowCode(db: Database, code: string): Promise<string | undefined> {
  const [row] = await db.select({ sessionId: showCodes.sessionId }).from(showCodes).where(eq(showCodes.code, code));
  return row?.sessionId;
}

export async function codeOfSession(db: Database, sessionId: string): Promise<string | undefined> {
  const [row] = await db.select({ code: showCodes.code }).from(showCodes).where(eq(showCodes.sessionId, sessionId));
  return row?.code;
}

/** False when another show has that code, or this show got one meanwhile. */
export async function insertShowCode(db: Database, row: typeof showCodes.$inferInsert): Promise<boolean> {
  const made = await db.insert(showCodes).values(row).onConflictDoNothing().returning({ code: showCodes.code });
  return made.length > 0;
}
