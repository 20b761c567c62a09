import type { Database } from "../client.ts";
import { commentTexts } from "../schema/people.ts";

export type CommentText = typeof commentTexts.$inferInsert;

/** A text that is known stays as it was first sent. */
export async function putCommentTexts(db: Database, texts: readonly CommentText[]): Promise<void> {
  if (texts.length === 0) return;
  await db
    .insert(commentTexts)
    .values([...texts])
    .onConflictDoNothing();
}
