import { and, eq } from "drizzle-orm";
import type { Database } from "../client.ts";
import { wechatUrlLinks } from "../schema/warmup-wechat.ts";

export type UrlLinkRow = typeof wechatUrlLinks.$inferSelect;

export async function urlLinkFor(db: Database, appId: string, target: string): Promise<UrlLinkRow | undefined> {
  const [row] = await db
    .select()
    .from(wechatUrlLinks)
    .where(and(eq(wechatUrlLinks.appId, appId), eq(wechatUrlLinks.target, target)));
  return row;
}

/** Stores a link, in place of the one for the same target that is about to expire. */
export async function keepUrlLink(db: Database, row: UrlLinkRow): Promise<void> {
  const { url, expiresAt, madeAt } = row;
  await db
    .insert(wechatUrlLinks)
    .values(row)
    .onConflictDoUpdate({
      target: [wechatUrlLinks.appId, wechatUrlLinks.target],
      set: { url, expiresAt, madeAt },
    });
}
