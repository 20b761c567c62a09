import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../client.ts";

const count = z.coerce.number();
const Row = z.object({
  /** Null: came by no source's link, or by one that is not planned. */
  sourceId: z.string().nullable(),
  signups: count,
  standing: count,
  /** Friends of theirs who count. */
  invited: count,
  watched: count,
  /** Of those who are known in WeCom. */
  joinedGroups: count,
  orders: count,
  netFen: count,
});
export type SourceFigures = z.infer<typeof Row>;

/** What became of a show's sign-ups, by the source whose link they came by, in a stretch of time. Orders are those of this show. */
export async function warmupBySource(
  db: Database,
  sessionId: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<SourceFigures[]> {
  const found = await db.execute(sql`
    with own as (
      select s.n, s.person_id, s.state, s.watched_at, r.source_id from report_signups s
        left join report_sources r on r.session_id = s.session_id and r.code = lower(s.source_code)
      where s.session_id = ${sessionId} and s.state <> 'merged' and s.signed_up_at >= ${from} and s.signed_up_at < ${to}),
    invited as (
      select inviter_n as n, count(*) as invited from report_signups
      where session_id = ${sessionId} and standing = 'counts' group by 1),
    bought as (
      select person_id, count(*) as orders, sum(paid_fen - refunded_fen) as net_fen from report_orders
      where session_id = ${sessionId} and paid_at is not null and person_id is not null group by 1),
    in_group as (
      select distinct k.value as person_id from own o
        join identity_keys k on k.kind = 'person' and k.scope = '' and k.value = o.person_id
        join identity_keys x on x.identity_id = k.identity_id and x.kind = 'externalUserid'
        join wecom_contacts c on c.corp_id = x.scope and c.external_userid = x.value
        join wecom_group_members m on m.who = c.id and m.left_at is null)
    select o.source_id as "sourceId", count(*) as signups, count(*) filter (where o.state = 'standing') as standing,
      coalesce(sum(i.invited), 0) as invited, count(o.watched_at) as watched, count(g.person_id) as "joinedGroups",
      coalesce(sum(b.orders), 0) as orders, coalesce(sum(b.net_fen), 0) as "netFen"
    from own o
      left join invited i on i.n = o.n
      left join bought b on b.person_id = o.person_id
      left join in_group g on g.person_id = o.person_id
    group by 1 order by 2 desc`);
  return z.array(Row).parse([...found]);
}
