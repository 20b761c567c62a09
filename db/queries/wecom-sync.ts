import { and, asc, eq, inArray, lt } from "drizzle-orm";
import type { Database } from "../client.ts";
import { wecomSync } from "../schema/wecom-people.ts";

export type SyncRow = typeof wecomSync.$inferSelect;
type Change = Partial<Pick<SyncRow, "state" | "cursor" | "done" | "total" | "movedAt" | "endedAt" | "failure">>;

export async function syncOfCorp(db: Database, corpId: string): Promise<SyncRow[]> {
  return db.select().from(wecomSync).where(eq(wecomSync.corpId, corpId)).orderBy(asc(wecomSync.part));
}

/** Asks for a new pass over these parts, each from its beginning. */
export async function wantSync(
  db: Database,
  corpId: string,
  { parts, now }: { readonly parts: readonly string[]; readonly now: number },
): Promise<void> {
  const fresh = {
    state: "waiting",
    cursor: null,
    done: 0,
    total: null,
    startedAt: now,
    movedAt: now,
    endedAt: null,
    failure: null,
  };
  for (const part of parts) {
    await db
      .insert(wecomSync)
      .values({ corpId, part, ...fresh })
      .onConflictDoUpdate({ target: [wecomSync.corpId, wecomSync.part], set: fresh });
  }
}

/** Lets parts that stopped after a failure continue from their stored cursor. */
export async function resumeSync(db: Database, corpId: string, now: number): Promise<void> {
  await db
    .update(wecomSync)
    .set({ state: "waiting", failure: null, movedAt: now })
    .where(and(eq(wecomSync.corpId, corpId), eq(wecomSync.state, "failed")));
}

/** Takes or renews the lease on a corp's sync; false when another process holds it. */
export async function holdSync(
  db: Database,
  corpId: string,
  { worker, now, until }: { readonly worker: string; readonly now: number; readonly until: number },
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const rows = await tx
      .select({ worker: wecomSync.worker, leaseUntil: wecomSync.leaseUntil })
      .from(wecomSync)
      .where(eq(wecomSync.corpId, corpId))
      .orderBy(asc(wecomSync.part))
      .for("update");
    if (rows.some((row) => row.worker !== worker && row.leaseUntil > now)) return false;
    await tx.update(wecomSync).set({ worker, leaseUntil: until }).where(eq(wecomSync.corpId, corpId));
    return rows.length > 0;
  });
}

export async function releaseSync(db: Database, corpId: string, worker: string): Promise<void> {
  await db
    .update(wecomSync)
    .set({ leaseUntil: 0 })
    .where(and(eq(wecomSync.corpId, corpId), eq(wecomSync.worker, worker)));
}

/** Stores a part's progress; false when a new pass was begun meanwhile or another process holds the lease. */
export async function moveSync(
  db: Database,
  row: Pick<SyncRow, "corpId" | "part" | "startedAt">,
  change: Change & { readonly worker: string },
): Promise<boolean> {
  const { worker, ...set } = change;
  const rows = await db
    .update(wecomSync)
    .set(set)
    .where(
      and(
        eq(wecomSync.corpId, row.corpId),
        eq(wecomSync.part, row.part),
        eq(wecomSync.startedAt, row.startedAt),
        eq(wecomSync.worker, worker),
      ),
    )
    .returning({ part: wecomSync.part });
  return rows.length > 0;
}

/** Corps with a part that waits or was cut off, and whose lease nobody holds. */
export async function corpsToSync(db: Database, now: number): Promise<string[]> {
  const rows = await db
    .selectDistinct({ corpId: wecomSync.corpId })
    .from(wecomSync)
    .where(and(inArray(wecomSync.state, ["waiting", "running"]), lt(wecomSync.leaseUntil, now)));
  return rows.map(({ corpId }) => corpId);
}

/** Corps whose last complete pass succeeded before this instant (ms UTC): they are due for the daily one. */
export async function corpsReadBefore(db: Database, before: number): Promise<string[]> {
  const rows = await db
    .selectDistinct({ corpId: wecomSync.corpId })
    .from(wecomSync)
    .where(and(eq(wecomSync.part, "groups"), eq(wecomSync.state, "done"), lt(wecomSync.startedAt, before)));
  return rows.map(({ corpId }) => corpId);
}
