import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../client.ts";
import { codeJoins } from "../schema/warmup-touches.ts";

/**
 * Notes who came by the codes of sources since `from`, for every show that is not over, each from when the show was made. Who is noted already stays as they
 * are.
 */
export async function noteCodeJoins(db: Database, from: number): Promise<void> {
  await db.execute(sql`
    with codes as (
      select r.session_id, r.wecom_code_id as code_id, greatest(h.created_at, ${from}::bigint) as since
      from report_sources r join shows h on h.id = r.session_id and h.phase <> 'ended'
      where r.wecom_code_id is not null)
    insert into code_joins (session_id, code_id, key)
    select c.session_id, c.code_id, m.group_id || ' ' || m.who || ' ' || m.joined_at
    from codes c join wecom_group_members m on m.code_id = c.code_id and m.customer and m.joined_at >= c.since
    union
    select c.session_id, c.code_id, f.member_id || ' ' || f.contact_id || ' ' || f.since
    from codes c join wecom_follows f on f.code_id = c.code_id and f.since >= c.since
    on conflict do nothing`);
}

const Batches = z.array(
  z.object({ sessionId: z.string(), batch: z.string(), wecomCodeId: z.string(), count: z.coerce.number() }),
);
export type JoinBatch = {
  readonly sessionId: string;
  readonly batch: string;
  readonly joins: readonly { readonly wecomCodeId: string; readonly count: number }[];
};

/** Groups joins that no show was told of yet into one new batch for each show, and returns every batch that is still to be told, older ones included. */
export async function untoldJoins(db: Database, newBatch: string): Promise<JoinBatch[]> {
  await db.execute(
    sql`update code_joins set batch = ${newBatch} || ':' || session_id where not told and batch is null`,
  );
  const found = await db.execute(sql`
    select session_id as "sessionId", batch, code_id as "wecomCodeId", count(*) as count from code_joins
    where not told and batch is not null group by 1, 2, 3 order by 1, 2, 3`);
  const byBatch = Map.groupBy(Batches.parse([...found]), ({ batch }) => batch);
  return [...byBatch].map(([batch, rows]) => ({
    sessionId: rows[0]?.sessionId ?? "",
    batch,
    joins: rows.map(({ wecomCodeId, count }) => ({ wecomCodeId, count })),
  }));
}

export async function markJoinsTold(db: Database, batch: string): Promise<void> {
  await db.update(codeJoins).set({ told: true }).where(eq(codeJoins.batch, batch));
}
