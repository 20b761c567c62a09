import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { screenLinks } from "../schema/people.ts";

export type ScreenLinkRow = Omit<typeof screenLinks.$inferSelect, "hash" | "revokedAt">;
/** `number`: the link's running number among all that its show ever had, from 1, so that it stays when others are revoked. */
export type NumberedLink = Pick<ScreenLinkRow, "id" | "name" | "createdAt" | "lastSeenAt"> & {
  readonly number: number;
};

/** Those that hold. */
export async function listScreenLinks(db: Database, ofSession: string): Promise<NumberedLink[]> {
  const numbered = numberedLinks(db, ofSession);
  const { id, name, createdAt, lastSeenAt, number } = numbered;
  return db
    .with(numbered)
    .select({ id, name, createdAt, lastSeenAt, number })
    .from(numbered)
    .where(isNull(numbered.revokedAt))
    .orderBy(asc(number));
}

type LinkKey = { readonly sessionId: string; readonly id: string };

export async function screenNumber(db: Database, { sessionId, id }: LinkKey): Promise<number | undefined> {
  const numbered = numberedLinks(db, sessionId);
  const [row] = await db.with(numbered).select({ number: numbered.number }).from(numbered).where(eq(numbered.id, id));
  return row?.number;
}

export async function insertScreenLink(
  db: Database,
  row: Omit<ScreenLinkRow, "lastSeenAt"> & { readonly hash: string },
): Promise<void> {
  await db.insert(screenLinks).values(row);
}

/** False when there is no such link. */
export async function renameScreenLink(db: Database, key: LinkKey, name: string): Promise<boolean> {
  const rows = await db.update(screenLinks).set({ name }).where(holding(key)).returning({ id: screenLinks.id });
  return rows.length > 0;
}

/** False when there is no such link. */
export async function revokeScreenLink(
  db: Database,
  { sessionId, id, now }: { sessionId: string; id: string; now: number },
): Promise<boolean> {
  const rows = await db
    .update(screenLinks)
    .set({ revokedAt: now })
    .where(holding({ sessionId, id }))
    .returning({ id: screenLinks.id });
  return rows.length > 0;
}

export async function noteScreenSeen(db: Database, id: string, now: number): Promise<void> {
  await db.update(screenLinks).set({ lastSeenAt: now }).where(eq(screenLinks.id, id));
}

function holding({ sessionId, id }: LinkKey) {
  return and(eq(screenLinks.id, id), eq(screenLinks.sessionId, sessionId), isNull(screenLinks.revokedAt));
}

function numberedLinks(db: Database, ofSession: string) {
  const { id, sessionId, name, createdAt, lastSeenAt, revokedAt } = screenLinks;
  const number = sql<number>`(row_number() over (order by ${createdAt}, ${id}))::int`.as("number");
  return db
    .$with("numbered")
    .as(
      db
        .select({ id, name, createdAt, lastSeenAt, revokedAt, number })
        .from(screenLinks)
        .where(eq(sessionId, ofSession)),
    );
}
