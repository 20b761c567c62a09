import { asc, eq } from "drizzle-orm";
import type { Database } from "../client.ts";
import { wechatApps } from "../schema/warmup-wechat.ts";

export type WechatAppRow = typeof wechatApps.$inferSelect;
export type WechatAppChange = Partial<
  Pick<WechatAppRow, "name" | "secretSealed" | "secretAt" | "roomIds" | "verifyFile" | "reservePath">
>;

export async function listWechatApps(db: Database): Promise<WechatAppRow[]> {
  return db.select().from(wechatApps).orderBy(asc(wechatApps.createdAt), asc(wechatApps.id));
}

/** False when an app with that id is stored already. */
export async function insertWechatApp(db: Database, row: WechatAppRow): Promise<boolean> {
  const made = await db.insert(wechatApps).values(row).onConflictDoNothing().returning({ id: wechatApps.id });
  return made.length > 0;
}

export async function changeWechatApp(db: Database, id: string, change: WechatAppChange): Promise<void> {
  if (Object.keys(change).length > 0) await db.update(wechatApps).set(change).where(eq(wechatApps.id, id));
}

export async function deleteWechatApp(db: Database, id: string): Promise<void> {
  await db.delete(wechatApps).where(eq(wechatApps.id, id));
}
