import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../client.ts";

export type CameTouch = { readonly inviterCode: string; readonly at: number };
export type Came = {
  /** First touches by who: people and phones. */
  readonly touches: ReadonlyMap<string, CameTouch>;
  /** People who are known from somewhere else, or have ordered: what that means for a rule has yet to be seen. */
  readonly seen: ReadonlySet<string>;
};

const Rows = z.array(z.object({ who: z.string(), code: z.string().nullable(), at: z.coerce.number().nullable() }));

/**
 * One look for many who sign up at once: by whose links these people and phones came to a show, and which of these people may be known already.
 * Person by person (offset 0): a table that grew in the last minute has no statistics yet, and PostgreSQL would read all of it.
 */
export async function cameBefore(
  db: Database,
  sessionId: string,
  { whos, personIds }: { readonly whos: readonly string[]; readonly personIds: readonly string[] },
): Promise<Came> {
  const [all, people] = [sql.param([...whos]), sql.param([...personIds])];
  const found = await db.execute(sql`
    select who, inviter_code as code, at from first_touches
    where session_id = ${sessionId} and who = any(${all}::text[])
    union all
    select p.id, null, null from unnest(${people}::text[]) as p(id) cross join lateral (
      select from report_signups s where s.person_id = p.id and s.session_id <> ${sessionId} offset 0) seen
    union all
    select p.id, null, null from unnest(${people}::text[]) as p(id) cross join lateral (
      select from report_orders o where o.person_id = p.id offset 0) seen
    union all
    select value, null, null from identity_keys where kind = 'person' and scope = '' and value = any(${people}::text[])`);
  const touches = new Map<string, CameTouch>();
  const seen = new Set<string>();
  for (const { who, code, at } of Rows.parse([...found])) {
    if (code === null) seen.add(who);
    else touches.set(who, { inviterCode: code, at: at ?? 0 });
  }
  return { touches, seen };
}
