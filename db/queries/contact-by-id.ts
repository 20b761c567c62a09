import { eq } from "drizzle-orm";
import type { Database } from "../client.ts";
import { wecomContacts } from "../schema/wecom-people.ts";

/** Whether WeCom's customers hold this one. */
export async function contactById(db: Database, id: string): Promise<boolean> {
  const rows = await db.select({ id: wecomContacts.id }).from(wecomContacts).where(eq(wecomContacts.id, id));
  return rows.length > 0;
}
