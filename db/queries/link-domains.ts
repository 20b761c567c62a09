import { and, asc, eq, inArray, lte, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { linkDomains } from "../schema/warmup-wechat.ts";

export type LinkDomainRow = typeof linkDomains.$inferSelect;
export type LinkDomainChange = Partial<Omit<LinkDomainRow, "id" | "origin" | "createdAt">>;

export async function listLinkDomains(db: Database): Promise<LinkDomainRow[]> {
  return db.select().from(linkDomains).orderBy(asc(linkDomains.position), asc(linkDomains.createdAt));
}

/** Appends a domain to the list; null when it is listed already. */
export async function insertLinkDomain(
  db: Database,
  { id, origin, now }: { readonly id: string; readonly origin: string; readonly now: number },
): Promise<LinkDomainRow | null> {
  const next = sql<number>`(select coalesce(max(position), -1) + 1 from link_domains)`;
  const [row] = await db
    .insert(linkDomains)
    .values({ id, origin, position: next, nextAt: now, createdAt: now })
    .onConflictDoNothing()
    .returning();
  return row ?? null;
}

export async function changeLinkDomain(
  db: Database,
  id: string,
  change: LinkDomainChange,
): Promise<LinkDomainRow | undefined> {
  const [row] = await db.update(linkDomains).set(change).where(eq(linkDomains.id, id)).returning();
  return row;
}

/** Moves one domain to a position in the list; the others keep their order. */
export async function moveLinkDomain(db: Database, id: string, position: number): Promise<void> {
  await db.transaction(async (tx) => {
    const rows = await tx
      .select({ id: linkDomains.id })
      .from(linkDomains)
      .orderBy(asc(linkDomains.position), asc(linkDomains.createdAt))
      .for("update");
    const others = rows.map((row) => row.id).filter((other) => other !== id);
    others.splice(position, 0, id);
    for (const [at, one] of others.entries()) {
      await tx.update(linkDomains).set({ position: at }).where(eq(linkDomains.id, one));
    }
  });
}

export async function deleteLinkDomain(db: Database, id: string): Promise<boolean> {
  const rows = await db.delete(linkDomains).where(eq(linkDomains.id, id)).returning({ id: linkDomains.id });
  return rows.length > 0;
}

/** Claims domains whose check is due until `until` (ms UTC), so that one node at a time checks each. */
export async function claimDueDomains(
  db: Database,
  { now, until, limit }: { readonly now: number; readonly until: number; readonly limit: number },
): Promise<LinkDomainRow[]> {
  return db.transaction(async (tx) => {
    const due = await tx
      .select({ id: linkDomains.id })
      .from(linkDomains)
      .where(lte(linkDomains.nextAt, now))
      .orderBy(asc(linkDomains.nextAt))
      .limit(limit)
      .for("update", { skipLocked: true });
    const ids = due.map(({ id }) => id);
    if (ids.length === 0) return [];
    return tx
      .update(linkDomains)
      .set({ nextAt: until })
      .where(and(inArray(linkDomains.id, ids), lte(linkDomains.nextAt, now)))
      .returning();
  });
}
