import { and, count, eq, lt, lte, or } from "drizzle-orm";
import type { Database } from "../client.ts";
import { screenLinks } from "../schema/people.ts";

/** The running number of a link among all that its show ever had, so that it keeps it when others are revoked; from 1. */
export async function screenNumber(
  db: Database,
  { id, sessionId }: { readonly id: string; readonly sessionId: string },
): Promise<number | undefined> {
  const [own] = await db
    .select({ createdAt: screenLinks.createdAt })
    .from(screenLinks)
    .where(and(eq(screenLinks.id, id), eq(screenLinks.sessionId, sessionId)));
  if (!own) return undefined;
  const { createdAt } = screenLinks;
  const before = or(lt(createdAt, own.createdAt), and(eq(createdAt, own.createdAt), lte(screenLinks.id, id)));
  const [row] = await db
    .select({ number: count() })
    .from(screenLinks)
    .where(and(eq(screenLinks.sessionId, sessionId), before));
  return row?.number;
}
