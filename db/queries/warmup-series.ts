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

/** Sign-ups of a show by time, steps without anything left out. Times in ms, of whole minutes; steps begin at whole ones since 1970. */
export async function warmupSeries(db: Database, sessionId: string, { from, to, stepMs }: Span): Promise<WarmupStep[]> {
  const found = await db.execute(sql`
    select (minute / ${stepMs}::bigint) * ${stepMs}::bigint as at, sum(signups + merged) as signups, sum(gone) as cancelled,
      sum(invited) as invited, sum(held) as held, sum(seen) as watched
    from report_signup_counts where session_id = ${sessionId} and minute >= ${from} and minute < ${to}
    group by 1 having sum(signups + merged + gone + seen) > 0 order by 1`);
  return z.array(Step).parse([...found]);
}
