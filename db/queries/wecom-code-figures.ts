import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../client.ts";

const Figures = z.array(
  z.object({
    codeId: z.string(),
    joins: z.number(),
    leaves: z.number(),
    /** Different customers. */
    customers: z.number(),
    /** Those of them who are known as viewers or buyers. */
    known: z.number(),
    orders: z.number(),
    netFen: z.coerce.number(),
  }),
);
export type CodeFigures = z.infer<typeof Figures>[number];

/**
 * What codes brought: who came by them and went, and what those of them who are known bought after they came, in true shows. Who is not known as a buyer
 * is counted as no order, so orders are at least that many.
 */
export async function codeFigures(db: Database, codeIds: readonly string[]): Promise<CodeFigures[]> {
  if (codeIds.length === 0) return [];
  const ids = [...codeIds];
  const rows = await db.execute(sql`
    with moves as (
      select code_id, who as contact_id, joined_at as came, left_at as went
      from wecom_group_members where code_id in ${ids} and customer
      union all
      select code_id, contact_id, since, removed_at from wecom_follows where code_id in ${ids}),
    customers as (
      select m.code_id, m.contact_id, min(m.came) as came, max(p.value) as person_id
      from moves m
        left join wecom_contacts c on c.id = m.contact_id
        left join identity_keys k on k.kind = 'externalUserid' and k.scope = c.corp_id and k.value = c.external_userid
        left join identity_keys p on p.identity_id = k.identity_id and p.kind = 'person'
      group by 1, 2),
    bought as (
      select c.code_id, count(*)::int as orders, sum(o.paid_fen - o.refunded_fen) as net_fen
      from customers c
        join report_orders o on o.person_id = c.person_id and o.paid_at >= c.came
        join shows s on s.id = o.session_id and not s.rehearsal
      group by 1)
    select m.code_id as "codeId", m.joins, m.leaves, c.customers, c.known,
      coalesce(b.orders, 0) as orders, coalesce(b.net_fen, 0)::bigint as "netFen"
    from (select code_id, count(*)::int as joins, count(went)::int as leaves from moves group by 1) m
      join (select code_id, count(*)::int as customers, count(person_id)::int as known from customers group by 1) c using (code_id)
      left join bought b using (code_id)`);
  return Figures.parse([...rows]);
}
