import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../client.ts";

const Row = z.object({
  n: z.number(),
  personId: z.string(),
  name: z.string().nullable(),
  count: z.number(),
  valid: z.number(),
  held: z.number(),
  watched: z.number(),
  claimed: z.number(),
  paid: z.number(),
});
export type InviterRow = z.infer<typeof Row>;

/**
 * A stretch of a show's board, as far as the follower has come: who stands on it, by its metric; of the same count whoever got there first. With what those whom
 * they brought, and who count, did since. Names are to be masked.
 */
export async function invitersPage(
  db: Database,
  sessionId: string,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<InviterRow[]> {
  const found = await db.execute(sql`
    with page as (
      select n, valid, held, count, reached from report_inviters
      where session_id = ${sessionId} and count > 0
      order by count desc, reached, n limit ${limit} offset ${offset}),
    brought as (
      select s.inviter_n, s.person_id, s.watched_at from report_signups s
      where s.session_id = ${sessionId} and s.inviter_n in (select n from page) and s.standing = 'counts'),
    did as (
      select b.inviter_n, count(b.watched_at)::int as watched,
        count(*) filter (where exists (select from report_claims c
          where c.session_id = ${sessionId} and c.person_id = b.person_id and c.state <> 'voided'))::int as claimed,
        count(*) filter (where exists (select from report_orders o
          where o.session_id = ${sessionId} and o.person_id = b.person_id and o.paid_at is not null))::int as paid
      from brought b group by 1)
    select g.n, s.person_id as "personId", p.name, g.count, g.valid, g.held, coalesce(d.watched, 0) as watched,
      coalesce(d.claimed, 0) as claimed, coalesce(d.paid, 0) as paid
    from page g
      join report_signups s on s.session_id = ${sessionId} and s.n = g.n
      left join persons p on p.id = s.person_id
      left join did d on d.inviter_n = g.n
    order by g.count desc, g.reached, g.n`);
  return z.array(Row).parse([...found]);
}

/** How many stand on the board, how many they brought by its metric, and that metric. */
export async function boardSize(
  db: Database,
  sessionId: string,
): Promise<{ readonly inviters: number; readonly total: number; readonly metric: string }> {
  const found = await db.execute(sql`
    select count(*) filter (where count > 0)::int as inviters, coalesce(sum(count), 0)::int as total,
      coalesce((select metric from report_signup_rules where session_id = ${sessionId}), 'valid') as metric
    from report_inviters where session_id = ${sessionId}`);
  const Size = z.object({ inviters: z.number(), total: z.number(), metric: z.string() });
  return z.array(Size).parse([...found])[0] ?? { inviters: 0, total: 0, metric: "valid" };
}
