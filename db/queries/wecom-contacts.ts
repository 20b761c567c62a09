import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { wecomContacts, wecomFollows } from "../schema/wecom-people.ts";
import type { Seen } from "./wecom-members.ts";

export type ContactRow = typeof wecomContacts.$inferSelect;
/** A contact as WeCom showed it; a null field was not shown and overwrites nothing. */
export type ContactSeen = {
  readonly externalUserid: string;
  readonly unionid: string | null;
  readonly name: string | null;
  readonly type: number | null;
};

/** Our contact ids by external_userid. New contacts are inserted; known ones take over the fields that were read, null fields change nothing. */
export async function contactsByExternal(
  db: Database,
  corpId: string,
  seen: readonly ContactSeen[],
  { now, newId }: Seen,
): Promise<Map<string, string>> {
  if (seen.length === 0) return new Map();
  const unique = [...new Map(seen.map((one) => [one.externalUserid, one])).values()];
  // Ordered, so that two readings of the same people don't wait for each other in a circle.
  const rows = unique
    .toSorted((a, b) => (a.externalUserid < b.externalUserid ? -1 : 1))
    .map((one) => ({ ...one, id: newId(), corpId, firstSeenAt: now }));
  const { unionid, name, type } = wecomContacts;
  await db
    .insert(wecomContacts)
    .values(rows)
    .onConflictDoUpdate({
      target: [wecomContacts.corpId, wecomContacts.externalUserid],
      set: {
        unionid: sql`coalesce(excluded.unionid, ${unionid})`,
        name: sql`coalesce(excluded.name, ${name})`,
        type: sql`coalesce(excluded.type, ${type})`,
      },
      // Most are as they were; a row that is not written costs nothing.
      setWhere: sql`(excluded.unionid is not null and excluded.unionid is distinct from ${unionid})
        or (excluded.name is not null and excluded.name is distinct from ${name})
        or (excluded.type is not null and excluded.type is distinct from ${type})`,
    });
  const found = await db
    .select({ id: wecomContacts.id, externalUserid: wecomContacts.externalUserid })
    .from(wecomContacts)
    .where(
      and(
        eq(wecomContacts.corpId, corpId),
        inArray(
          wecomContacts.externalUserid,
          unique.map(({ externalUserid }) => externalUserid),
        ),
      ),
    );
  return new Map(found.map(({ externalUserid, id }) => [externalUserid, id]));
}

/** By which code, and when, a contact came to the first member who had them. */
export type FirstCame = {
  readonly contactId: string;
  readonly since: number;
  readonly addWay: number | null;
  readonly channelsName: string | null;
  readonly channelsSource: number | null;
  readonly codeId: string | null;
};

/** Stores it unless an earlier arrival is stored already: a code of today can't explain who came last year. */
export async function keepFirstCame(db: Database, came: readonly FirstCame[], now: number): Promise<void> {
  if (came.length === 0) return;
  const rows = JSON.stringify(came.toSorted((a, b) => (a.contactId < b.contactId ? -1 : 1)));
  // Of the same coming a later reading may tell what the first one did not show yet.
  await db.execute(sql`
    update ${wecomContacts} c set
      read_at = ${now}::bigint,
      first_at = least(c.first_at, r.since),
      add_way = case when e.earlier then r."addWay" else coalesce(c.add_way, case when e.same then r."addWay" end) end,
      channels_name = case when e.earlier then r."channelsName" else coalesce(c.channels_name, case when e.same then r."channelsName" end) end,
      channels_source = case when e.earlier then r."channelsSource" else coalesce(c.channels_source, case when e.same then r."channelsSource" end) end,
      first_code_id = case when e.earlier then r."codeId" else coalesce(c.first_code_id, case when e.same then r."codeId" end) end
    from json_to_recordset(${rows}::json) as r(
      "contactId" text, since bigint, "addWay" int, "channelsName" text, "channelsSource" int, "codeId" text)
      join ${wecomContacts} o on o.id = r."contactId"
      cross join lateral (select o.first_at is null or r.since < o.first_at as earlier, r.since = o.first_at as same) e
    where c.id = r."contactId"`);
}

export type FollowSeen = {
  readonly contactId: string;
  readonly memberId: string;
  readonly since: number;
  readonly addWay: number | null;
  readonly state: string | null;
  readonly codeId: string | null;
  readonly tags: readonly string[];
};

/**
 * Who has whom as a contact, as just read; who was gone and is back is there again, since the new time. A member's list goes on showing whom the
 * customer removed, so a reading that shows nothing newer than that removal does not undo it.
 */
export async function saveFollows(db: Database, follows: readonly FollowSeen[], now: number): Promise<void> {
  if (follows.length === 0) return;
  const unique = new Map(follows.map((one) => [`${one.contactId} ${one.memberId}`, one]));
  const rows = [...unique]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { tags, ...one }]) => ({ ...one, tags: [...tags], half: false, readAt: now }));
  const { since, readAt, removedAt, removedBy } = wecomFollows;
  const stillGone = sql`${removedBy} = 'customer' and excluded.since <= ${removedAt}`;
  await db
    .insert(wecomFollows)
    .values(rows)
    .onConflictDoUpdate({
      target: [wecomFollows.contactId, wecomFollows.memberId],
      set: {
        // Who came back may be shown with the time of the first coming; what was told of it is later.
        since: sql`case when ${readAt} is null then excluded.since else greatest(${since}, excluded.since) end`,
        addWay: sql`excluded.add_way`,
        state: sql`coalesce(excluded.state, ${wecomFollows.state})`,
        codeId: sql`coalesce(excluded.code_id, ${wecomFollows.codeId})`,
        tags: sql`excluded.tags`,
        half: false,
        readAt: now,
        removedAt: sql`case when ${stillGone} then ${removedAt} end`,
        removedBy: sql`case when ${stillGone} then ${removedBy} end`,
      },
    });
}

/** Ends the follows of these members that a complete reading of their customers did not show. */
export async function endUnreadFollows(
  db: Database,
  { memberIds, readBefore, now }: { memberIds: readonly string[]; readBefore: number; now: number },
): Promise<void> {
  if (memberIds.length === 0) return;
  await db
    .update(wecomFollows)
    .set({ removedAt: now, removedBy: null })
    .where(
      and(
        inArray(wecomFollows.memberId, [...memberIds]),
        isNull(wecomFollows.removedAt),
        sql`coalesce(${wecomFollows.readAt}, 0) < ${readBefore}`,
      ),
    );
}

export async function contactByExternal(
  db: Database,
  corpId: string,
  externalUserid: string,
): Promise<ContactRow | undefined> {
  const [row] = await db
    .select()
    .from(wecomContacts)
    .where(and(eq(wecomContacts.corpId, corpId), eq(wecomContacts.externalUserid, externalUserid)));
  return row;
}

export async function contactById(db: Database, id: string): Promise<ContactRow | undefined> {
  const [row] = await db.select().from(wecomContacts).where(eq(wecomContacts.id, id));
  return row;
}
