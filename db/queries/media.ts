import { eq } from "drizzle-orm";
import type { Database } from "../client.ts";
import { media } from "../schema/media.ts";

export type MediaRow = typeof media.$inferSelect;

export async function readMedia(db: Database, key: string): Promise<MediaRow | undefined> {
  const [row] = await db.select().from(media).where(eq(media.key, key));
  return row;
}

/** Stores a picture; storing the same picture of the same room again changes nothing. */
export async function keepMedia(db: Database, row: typeof media.$inferInsert): Promise<void> {
  await db.insert(media).values(row).onConflictDoNothing();
}
