import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../client.ts";

const count = z.coerce.number();
const Row = z.object({
  codeId: z.string(),
  sourceId: z.string(),
  joins: count,
  left: count,
  /** Of those who are known as viewers. */
  signups: count,
  orders: count,
  netFen: count,
});

/** What the WeCom codes of a show's sources brought: who joined by them and left, and which of them signed up for the show and bought in it. */
export async function warmupByCode(db: Database, sessionId: string): Promise<z.infer<typeof Row>[]> {
  const found = await db.execute(sql`
    with codes as (
      select wecom_code_id as code_id, min(source_id) as source_id from report_sources
      where session_id = ${sessionId} and wecom_code_id is not null group by 1),
    moves as (
      select m.code_id, m.who as contact_id, m.left_at as went from wecom_group_members m
        join codes using (code_id) where m.customer
      union all
      select f.code_id, f.contact_id, f.removed_at from wecom_follows f join codes using (code_id)),
    people as (
      select distinct m.code_id, p.person_id from moves m join person_contacts p using (contact_id)),
    became as (
      select p.code_id, count(s.n) as signups, sum(b.orders) as orders, sum(b.net_fen) as net_fen from people p
        left join report_signups s on s.session_id = ${sessionId} and s.person_id = p.person_id and s.state = 'standing'
        left join (
          select person_id, count(*) as orders, sum(paid_fen - refunded_fen) as net_fen from report_orders
          where session_id = ${sessionId} and paid_at is not null group by 1) b on b.person_id = p.person_id
      group by 1)
    select c.code_id as "codeId", c.source_id as "sourceId", count(m.contact_id) as joins, count(m.went) as "left",
      coalesce(max(b.signups), 0) as signups, coalesce(max(b.orders), 0) as orders, coalesce(max(b.net_fen), 0) as "netFen"
    from codes c left join moves m using (code_id) left join became b using (code_id)
    group by 1, 2 order by 3 desc`);
  return z.array(Row).parse([...found]);
}
