import { and, asc, eq, lt, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { wecomTags } from "../schema/wecom-people.ts";

export type TagRow = Pick<typeof wecomTags.$inferSelect, "tagId" | "name" | "groupName">;

/** Replaces the corp's tags by the list just read: tags that are not in it are deleted. */
export async function saveTags(db: Database, corpId: string, tags: readonly TagRow[], now: number): Promise<void> {
  for (let from = 0; from < tags.length; from += 1_000) {
    const rows = tags
      .slice(from, from + 1_000)
      .map((tag, at) => ({ ...tag, corpId, position: from + at, readAt: now }));
    await db
      .insert(wecomTags)
      .values(rows)
      .onConflictDoUpdate({
        target: [wecomTags.corpId, wecomTags.tagId],
        set: {
          name: sql`excluded.name`,
          groupName: sql`excluded.group_name`,
          position: sql`excluded.position`,
          readAt: now,
        },
      });
  }
  await db.delete(wecomTags).where(and(eq(wecomTags.corpId, corpId), lt(wecomTags.readAt, now)));
}

/** The corp's tags in WeCom's order. */
export async function tagsOfCorp(db: Database, corpId: string): Promise<TagRow[]> {
  return db
    .select({ tagId: wecomTags.tagId, name: wecomTags.name, groupName: wecomTags.groupName })
    .from(wecomTags)
    .where(eq(wecomTags.corpId, corpId))
    .orderBy(asc(wecomTags.position));
}
