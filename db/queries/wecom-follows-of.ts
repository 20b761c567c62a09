import { and, eq, isNull, lt, notInArray, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { wecomFollows } from "../schema/wecom-people.ts";

type Pair = { readonly contactId: string; readonly memberId: string };

/** Ends the follows of all members but these: WeCom showed everybody who has the customer. */
export async function endOtherFollows(
  db: Database,
  contactId: string,
  { memberIds, now }: { readonly memberIds: readonly string[]; readonly now: number },
): Promise<void> {
  await db
    .update(wecomFollows)
    .set({ removedAt: now, removedBy: null })
    .where(
      and(
        eq(wecomFollows.contactId, contactId),
        isNull(wecomFollows.removedAt),
        memberIds.length === 0 ? undefined : notInArray(wecomFollows.memberId, [...memberIds]),
      ),
    );
}

/**
 * WeCom told that one of the two removed the other. That is no news of those who have each other since a later second. Within one second the order
 * is that of the deliveries; one whose coming was not told yet came before, and is kept as gone so that the coming finds it.
 */
export async function endFollow(
  db: Database,
  pair: Pair,
  end: { readonly at: number; readonly by: "member" | "customer" | "transfer" },
): Promise<void> {
  const { at, by } = end;
  const { since, removedAt, removedBy } = wecomFollows;
  await db
    .insert(wecomFollows)
    .values({ ...pair, since: at, removedAt: at, removedBy: by })
    .onConflictDoUpdate({
      target: [wecomFollows.contactId, wecomFollows.memberId],
      set: { removedAt: at, removedBy: by },
      // Who was only found gone is now known to have been removed, and when.
      setWhere: sql`${since} <= ${at} and (${removedAt} is null or ${removedBy} is null or ${removedAt} < ${at})`,
    });
}

/** WeCom told that they came. Of the very second of the removal it is news only for those who had each other before: all others came, then were removed. */
export async function reopenFollow(db: Database, pair: Pair, at: number): Promise<void> {
  const { since, removedAt } = wecomFollows;
  await db
    .update(wecomFollows)
    .set({ removedAt: null, removedBy: null })
    .where(
      and(
        eq(wecomFollows.contactId, pair.contactId),
        eq(wecomFollows.memberId, pair.memberId),
        eq(wecomFollows.removedBy, "customer"),
        sql`(${removedAt} < ${at} or (${removedAt} = ${at} and ${since} < ${at}))`,
      ),
    );
}

/** They have each other since then at the latest: a removal before it that is told late is none of this coming's. */
export async function noteCame(db: Database, pair: Pair, at: number): Promise<void> {
  await db
    .update(wecomFollows)
    .set({ since: at })
    .where(
      and(
        eq(wecomFollows.contactId, pair.contactId),
        eq(wecomFollows.memberId, pair.memberId),
        isNull(wecomFollows.removedAt),
        lt(wecomFollows.since, at),
      ),
    );
}

/** Stores a customer who came and was removed again before WeCom could be read, so that the code's figures count them. */
export async function noteGoneFollow(
  db: Database,
  pair: Pair,
  came: { readonly at: number; readonly state: string | null; readonly codeId: string | null; readonly now: number },
): Promise<void> {
  const { at, state, codeId, now } = came;
  const kept = wecomFollows;
  await db
    .insert(wecomFollows)
    .values({ ...pair, since: at, state, codeId, removedAt: now })
    .onConflictDoUpdate({
      target: [wecomFollows.contactId, wecomFollows.memberId],
      set: {
        since: sql`least(${kept.since}, excluded.since)`,
        state: sql`coalesce(${kept.state}, excluded.state)`,
        codeId: sql`coalesce(${kept.codeId}, excluded.code_id)`,
        removedAt: sql`coalesce(${kept.removedAt}, excluded.removed_at)`,
      },
    });
}

export async function markHalf(db: Database, pair: Pair): Promise<void> {
  await db
    .update(wecomFollows)
    .set({ half: true })
    .where(and(eq(wecomFollows.contactId, pair.contactId), eq(wecomFollows.memberId, pair.memberId)));
}

/** Reopens a follow that had ended by a transfer which failed. */
export async function undoTransfer(db: Database, pair: Pair, at: number): Promise<void> {
  await db
    .update(wecomFollows)
    .set({ removedAt: null, removedBy: null })
    .where(
      and(
        eq(wecomFollows.contactId, pair.contactId),
        eq(wecomFollows.memberId, pair.memberId),
        eq(wecomFollows.removedBy, "transfer"),
        lt(wecomFollows.removedAt, at + 1),
      ),
    );
}
