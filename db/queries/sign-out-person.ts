import { eq } from "drizzle-orm";
import type { Database } from "../client.ts";
import { authSessions } from "../schema/accounts.ts";

/** Everywhere, at once. */
export async function signOutPerson(db: Database, personId: string): Promise<void> {
  await db.delete(authSessions).where(eq(authSessions.userId, personId));
}
