import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../client.ts";
import type { InGroups } from "./warmup-in-groups.ts";

const count = z.coerce.number();
const Row = z.object({
  /** Null: came by no source's link, or by one that is not planned. */
  sourceId: z.string().nullable(),
  signups: count,
  standing: count,
  /** Friends of theirs who count. */
  invited: count,
  watched: count,
  orders: count,
  netFen: count,
});
export type SourceFigures = z.infer<typeof Row> & {
  /** Of those who are known in WeCom. */
  readonly joinedGroups: number;
};

type Asked = { readonly from: number; readonly to: number; readonly inGroups: Pick<InGroups, "bySource"> };

/** What became of a show's sign-ups, by the source whose link they came by, in a stretch of whole minutes. Orders are those of this show. */
export async function warmupBySource(
  db: Database,
  sessionId: string,
  { from, to, inGroups }: Asked,
): Promise<SourceFigures[]> {
  const found = await db.execute(sql`
    with own as (
      select source_code, sum(signups) as signups, sum(standing) as standing, sum(friends) as friends, sum(watched) as watched
      from report_signup_counts where session_id = ${sessionId} and minute >= ${from} and minute < ${to} group by 1),
    buyers as (
      select person_id, count(*) as orders, sum(paid_fen - refunded_fen) as net_fen from report_orders
      where session_id = ${sessionId} and paid_at is not null and person_id is not null group by 1),
    bought as (
      select coalesce(lower(s.source_code), '') as source_code, sum(b.orders) as orders, sum(b.net_fen) as net_fen from buyers b
        join report_signups s on s.session_id = ${sessionId} and s.person_id = b.person_id
      where s.state <> 'merged' and s.signed_up_at >= ${from} and s.signed_up_at < ${to} group by 1)
    select r.source_id as "sourceId", sum(o.signups) as signups, sum(o.standing) as standing, sum(o.friends) as invited,
      sum(o.watched) as watched, coalesce(sum(b.orders), 0) as orders, coalesce(sum(b.net_fen), 0) as "netFen"
    from own o
      left join bought b using (source_code)
      left join report_sources r on r.session_id = ${sessionId} and r.code = o.source_code
    group by 1 having sum(o.signups) > 0 order by 2 desc`);
  return z
    .array(Row)
    .parse([...found])
    .map((row) => ({ ...row, joinedGroups: inGroups.bySource.get(row.sourceId) ?? 0 }));
}
