import { and, eq } from "drizzle-orm";
import type { Database } from "../client.ts";
import { contactGreetings } from "../schema/warmup-touches.ts";

type Greeting = typeof contactGreetings.$inferInsert;

export async function putGreeting(db: Database, greeting: Greeting): Promise<void> {
  await db.insert(contactGreetings).values(greeting).onConflictDoNothing();
}

/** False when there was no greeting to take back. */
export async function takeGreetingBack(
  db: Database,
  { sessionId, contactId }: Pick<Greeting, "sessionId" | "contactId">,
): Promise<boolean> {
  const gone = await db
    .delete(contactGreetings)
    .where(and(eq(contactGreetings.sessionId, sessionId), eq(contactGreetings.contactId, contactId)))
    .returning({ contactId: contactGreetings.contactId });
  return gone.length > 0;
}
