import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../client.ts";

const count = z.coerce.number();
const Step = z.object({
  at: count,
  signups: count,
  cancelled: count,
  /** Brought by somebody, as they signed up: those that count by now, and those that wait for a decision. */
  invited: count,
  held: count,
  watched: count,
});
export type WarmupStep = z.infer<typeof Step>;

export type Span = { readonly from: number; readonly to: number; readonly stepMs: number };

/** Sign-ups of a show by time, steps without anything left out. Times in ms; steps begin at whole ones since 1970. */
export async function warmupSeries(db: Database, sessionId: string, { from, to, stepMs }: Span): Promise<WarmupStep[]> {
  const found = await db.execute(sql`
    with own as (select * from report_signups where session_id = ${sessionId}),
    happened as (
      select signed_up_at as at, 1 as signups, 0 as cancelled, (standing = 'counts')::int as invited,
        (standing = 'held')::int as held, 0 as watched from own
      union all
      select state_at, 0, 1, 0, 0, 0 from own where state in ('cancelled', 'left')
      union all
      select watched_at, 0, 0, 0, 0, 1 from own where watched_at is not null)
    select (at / ${stepMs}::bigint) * ${stepMs}::bigint as at, sum(signups) as signups, sum(cancelled) as cancelled,
      coalesce(sum(invited), 0) as invited, coalesce(sum(held), 0) as held, sum(watched) as watched
    from happened where at >= ${from} and at < ${to}
    group by 1 order by 1`);
  return z.array(Step).parse([...found]);
}
