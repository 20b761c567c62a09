import { and, desc, eq, isNull } from "drizzle-orm";
import type { Database } from "../client.ts";
import { screenLinks } from "../schema/people.ts";

export type ScreenLinkRow = Omit<typeof screenLinks.$inferSelect, "hash" | "revokedAt">;

export async function listScreenLinks(db: Database, ofSession: string): Promise<ScreenLinkRow[]> {
  const { id, sessionId, name, createdBy, createdAt } = screenLinks;
  return db
    .select({ id, sessionId, name, createdBy, createdAt })
    .from(screenLinks)
    .where(and(eq(sessionId, ofSession), isNull(screenLinks.revokedAt)))
    .orderBy(desc(createdAt));
}

export async function insertScreenLink(db: Database, row: ScreenLinkRow & { readonly hash: string }): Promise<void> {
  await db.insert(screenLinks).values(row);
}

/** False when there is no such link. */
export async function revokeScreenLink(
  db: Database,
  { sessionId, id, now }: { sessionId: string; id: string; now: number },
): Promise<boolean> {
  const rows = await db
    .update(screenLinks)
    .set({ revokedAt: now })
    .where(and(eq(screenLinks.id, id), eq(screenLinks.sessionId, sessionId), isNull(screenLinks.revokedAt)))
    .returning({ id: screenLinks.id });
  return rows.length > 0;
}
