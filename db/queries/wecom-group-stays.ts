import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { wecomGroupMembers } from "../schema/wecom-people.ts";

export type Stay = Omit<typeof wecomGroupMembers.$inferSelect, "leftAt">;

/** Who is in a group now, and since when (ms UTC). */
export async function openStays(db: Database, groupId: string): Promise<{ who: string; joinedAt: number }[]> {
  return db
    .select({ who: wecomGroupMembers.who, joinedAt: wecomGroupMembers.joinedAt })
    .from(wecomGroupMembers)
    .where(and(eq(wecomGroupMembers.groupId, groupId), isNull(wecomGroupMembers.leftAt)));
}

/** Ends the stays of these people, who have left the group. */
export async function closeStays(
  db: Database,
  { groupId, who, leftAt }: { readonly groupId: string; readonly who: readonly string[]; readonly leftAt: number },
): Promise<void> {
  if (who.length === 0) return;
  await db
    .update(wecomGroupMembers)
    .set({ leftAt })
    .where(
      and(
        eq(wecomGroupMembers.groupId, groupId),
        inArray(wecomGroupMembers.who, [...who]),
        isNull(wecomGroupMembers.leftAt),
      ),
    );
}

/** A stay that was closed and is told again with the same beginning never ended: the reading that missed it was late. */
export async function openNewStays(db: Database, stays: readonly Stay[]): Promise<void> {
  if (stays.length === 0) return;
  await db
    .insert(wecomGroupMembers)
    .values([...stays])
    .onConflictDoUpdate({
      target: [wecomGroupMembers.groupId, wecomGroupMembers.who, wecomGroupMembers.joinedAt],
      set: {
        leftAt: null,
        scene: sql`coalesce(excluded.scene, ${wecomGroupMembers.scene})`,
        invitorId: sql`coalesce(excluded.invitor_id, ${wecomGroupMembers.invitorId})`,
        state: sql`coalesce(excluded.state, ${wecomGroupMembers.state})`,
        codeId: sql`coalesce(excluded.code_id, ${wecomGroupMembers.codeId})`,
      },
    });
}

/** Ends all stays of a group that was dismissed. */
export async function closeAllStays(db: Database, groupId: string, leftAt: number): Promise<void> {
  await db
    .update(wecomGroupMembers)
    .set({ leftAt })
    .where(and(eq(wecomGroupMembers.groupId, groupId), isNull(wecomGroupMembers.leftAt)));
}
