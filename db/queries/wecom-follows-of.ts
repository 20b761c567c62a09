import { and, eq, isNull, lt, notInArray } from "drizzle-orm";
import type { Database } from "../client.ts";
import { wecomFollows } from "../schema/wecom-people.ts";

type Pair = { readonly contactId: string; readonly memberId: string };

/** WeCom showed everybody who has this customer, and these are they: whoever else had them has them no more. */
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

/** Somebody came and was gone again before they could be read: a code's figures count them all the same. */
export async function noteGoneFollow(
  db: Database,
  pair: Pair,
  came: { readonly at: number; readonly state: string | null; readonly codeId: string | null; readonly now: number },
): Promise<void> {
  const { at, state, codeId, now } = came;
  await db
    .insert(wecomFollows)
    .values({ ...pair, since: at, state, codeId, removedAt: now })
    .onConflictDoNothing({ target: [wecomFollows.contactId, wecomFollows.memberId] });
}

export async function markHalf(db: Database, pair: Pair): Promise<void> {
  await db
    .update(wecomFollows)
    .set({ half: true })
    .where(and(eq(wecomFollows.contactId, pair.contactId), eq(wecomFollows.memberId, pair.memberId)));
}

/** They were said to be handed on, and stay. */
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
