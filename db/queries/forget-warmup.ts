import { eq, inArray } from "drizzle-orm";
import type { Database } from "../client.ts";
import { contactGreetings, firstTouches } from "../schema/warmup-touches.ts";

/** Forgets by whose links these people and phones came, in every show. Within the transaction that forgets the rest. */
export async function forgetTouches(tx: Database, whos: readonly string[]): Promise<void> {
  if (whos.length > 0) await tx.delete(firstTouches).where(inArray(firstTouches.who, [...whos]));
}

/** Forgets that a customer was greeted for a show. Within the transaction that forgets the rest. */
export async function forgetGreetings(tx: Database, contactId: string): Promise<void> {
  await tx.delete(contactGreetings).where(eq(contactGreetings.contactId, contactId));
}
