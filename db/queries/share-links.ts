import { and, desc, eq, gt, isNull, lt, or } from "drizzle-orm";
import type { Database } from "../client.ts";
import { people, shareLinks } from "../schema/people.ts";

export type ShareLinkRow = Omit<typeof shareLinks.$inferSelect, "hash" | "revokedAt" | "lastUsedAt">;
/** `createdByName`: null when that person was deleted. */
export type ListedShareLink = Pick<ShareLinkRow, "id" | "what" | "createdAt" | "expiresAt"> & {
  readonly lastUsedAt: number | null;
  readonly createdByName: string | null;
};

const USED_EVERY_MS = 60_000;

/** Links of a show that are neither revoked nor expired. */
export async function listShareLinks(db: Database, sessionId: string, now: number): Promise<ListedShareLink[]> {
  const { id, what, createdAt, expiresAt, lastUsedAt, revokedAt } = shareLinks;
  return db
    .select({ id, what, createdAt, expiresAt, lastUsedAt, createdByName: people.name })
    .from(shareLinks)
    .leftJoin(people, eq(people.id, shareLinks.createdBy))
    .where(and(eq(shareLinks.sessionId, sessionId), isNull(revokedAt), gt(expiresAt, now)))
    .orderBy(desc(createdAt), id);
}

export async function insertShareLink(db: Database, row: ShareLinkRow & { readonly hash: string }): Promise<void> {
  await db.insert(shareLinks).values(row);
}

/** False when there is no such link. */
export async function revokeShareLink(
  db: Database,
  { sessionId, id, now }: { sessionId: string; id: string; now: number },
): Promise<boolean> {
  const rows = await db
    .update(shareLinks)
    .set({ revokedAt: now })
    .where(and(eq(shareLinks.id, id), eq(shareLinks.sessionId, sessionId), isNull(shareLinks.revokedAt)))
    .returning({ id: shareLinks.id });
  return rows.length > 0;
}

/** A share link by the hash of its token, also when it is revoked or expired; `undefined` when there never was one. */
export async function shareLinkByHash(
  db: Database,
  hash: string,
): Promise<{ expiresAt: number; revokedAt: number | null } | undefined> {
  const { expiresAt, revokedAt } = shareLinks;
  const [row] = await db.select({ expiresAt, revokedAt }).from(shareLinks).where(eq(shareLinks.hash, hash));
  return row;
}

/** Notes a use, at most once a minute, and returns until when the link holds (ms UTC). */
export async function useShareLink(db: Database, id: string, now: number): Promise<number | undefined> {
  const stale = or(isNull(shareLinks.lastUsedAt), lt(shareLinks.lastUsedAt, now - USED_EVERY_MS));
  await db
    .update(shareLinks)
    .set({ lastUsedAt: now })
    .where(and(eq(shareLinks.id, id), stale));
  const [row] = await db.select({ expiresAt: shareLinks.expiresAt }).from(shareLinks).where(eq(shareLinks.id, id));
  return row?.expiresAt;
}
