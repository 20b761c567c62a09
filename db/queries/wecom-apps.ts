import { asc, desc, eq } from "drizzle-orm";
import type { Database } from "../client.ts";
import { wecomCallbacks } from "../schema/wecom-callbacks.ts";
import { wecomApps } from "../schema/wecom-corps.ts";

export type AppRow = typeof wecomApps.$inferSelect;
export type AppChange = Partial<Pick<AppRow, "name" | "secretSealed" | "secretAt">> &
  Partial<Pick<AppRow, "callbackTokenSealed" | "aesKeySealed" | "callbackAt" | "callbackVerifiedAt">>;

export async function listApps(db: Database): Promise<AppRow[]> {
  return db.select().from(wecomApps).orderBy(asc(wecomApps.createdAt), asc(wecomApps.id));
}

/** False: the corp has an app of that agent id already. */
export async function insertApp(db: Database, row: AppRow): Promise<boolean> {
  const made = await db.insert(wecomApps).values(row).onConflictDoNothing().returning({ id: wecomApps.id });
  return made.length > 0;
}

export async function changeApp(db: Database, id: string, change: AppChange): Promise<void> {
  if (Object.keys(change).length > 0) await db.update(wecomApps).set(change).where(eq(wecomApps.id, id));
}

export async function deleteApp(db: Database, id: string): Promise<void> {
  await db.delete(wecomApps).where(eq(wecomApps.id, id));
}

export async function callbackVerified(db: Database, appKey: string, now: number): Promise<void> {
  await db.update(wecomApps).set({ callbackVerifiedAt: now }).where(eq(wecomApps.appKey, appKey));
}

/** When it was last called back; null: never, in the time that callbacks are kept for. */
export async function lastCallbackAt(db: Database, appKey: string): Promise<number | null> {
  const [row] = await db
    .select({ at: wecomCallbacks.receivedAt })
    .from(wecomCallbacks)
    .where(eq(wecomCallbacks.appKey, appKey))
    // The newest of all is nearly always one of this app's: read backwards, not counted over.
    .orderBy(desc(wecomCallbacks.receivedAt))
    .limit(1);
  return row?.at ?? null;
}
