import { eq } from "drizzle-orm";
import type { Database } from "../client.ts";
import { people } from "../schema/people.ts";

export async function isPersonDisabled(db: Database, personId: string): Promise<boolean> {
  const [row] = await db.select({ disabled: people.disabled }).from(people).where(eq(people.id, personId));
  return row?.disabled ?? true;
}
