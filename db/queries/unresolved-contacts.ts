import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../client.ts";

const Counts = z.array(
  z.object({ all: z.number(), noUnionid: z.number(), noPerson: z.number(), resolved: z.number() }),
);
export type IdentityCounts = z.infer<typeof Counts>[number];

/** Customers who are there now (with a member, or in a group), by what is known of who they are. */
export async function identityCounts(db: Database, corpIds: readonly string[]): Promise<IdentityCounts> {
  const none = { all: 0, noUnionid: 0, noPerson: 0, resolved: 0 };
  if (corpIds.length === 0) return none;
  const rows = await db.execute(sql`
    select count(*)::int as all,
      count(*) filter (where person is null and unionid is null)::int as "noUnionid",
      count(*) filter (where person is null and unionid is not null)::int as "noPerson",
      count(person)::int as resolved
    from (${contactsWithPerson(corpIds)}) c`);
  return Counts.parse([...rows])[0] ?? none;
}

const Unresolved = z.array(
  z.object({
    id: z.string(),
    corpId: z.string(),
    name: z.string().nullable(),
    reason: z.enum(["noUnionid", "noPerson"]),
    addWay: z.number().nullable(),
    channelsName: z.string().nullable(),
    firstSeenAt: z.coerce.number(),
  }),
);
export type UnresolvedContact = z.infer<typeof Unresolved>[number];

/** Who came last is first. Looked for in that order, one by one, until the page is full: of hundreds of thousands most pages see some dozens. */
export async function unresolvedContacts(
  db: Database,
  corpIds: readonly string[],
  page: { readonly after?: { readonly at: number; readonly id: string } | undefined; readonly limit: number },
): Promise<UnresolvedContact[]> {
  if (corpIds.length === 0) return [];
  const { after, limit } = page;
  const from = after ? sql`and (c.first_seen_at, c.id) < (${after.at}, ${after.id})` : sql``;
  const rows = await db.execute(sql`
    select id, corp_id as "corpId", name, case when unionid is null then 'noUnionid' else 'noPerson' end as reason,
      add_way as "addWay", channels_name as "channelsName", first_seen_at as "firstSeenAt"
    from wecom_contacts c
    where c.corp_id in ${[...corpIds]} and (
      select p.value from identity_keys k join identity_keys p on p.identity_id = k.identity_id and p.kind = 'person'
      where k.kind = 'externalUserid' and k.scope = c.corp_id and k.value = c.external_userid) is null
      and ${isThere} ${from}
    order by first_seen_at desc, id desc limit ${limit}`);
  return Unresolved.parse([...rows]);
}

function contactsWithPerson(corpIds: readonly string[]) {
  return sql`
    select c.*, p.value as person
    from wecom_contacts c
      left join identity_keys k on k.kind = 'externalUserid' and k.scope = c.corp_id and k.value = c.external_userid
      left join identity_keys p on p.identity_id = k.identity_id and p.kind = 'person'
    where c.corp_id in ${[...corpIds]} and ${isThere}`;
}

/** With a member, or in a group, now. */
const isThere = sql`(
  exists (select from wecom_follows f where f.contact_id = c.id and f.removed_at is null)
  or exists (select from wecom_group_members m where m.who = c.id and m.left_at is null))`;
