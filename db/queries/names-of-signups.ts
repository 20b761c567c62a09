import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../client.ts";

const Rows = z.array(z.object({ n: z.number(), name: z.string().nullable() }));

/** Unmasked names by sign-up number; people without a name are missing. */
export async function namesOfSignups(
  db: Database,
  sessionId: string,
  ns: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  if (ns.length === 0) return new Map();
  const found = await db.execute(sql`
    select s.n, p.name from report_signups s join persons p on p.id = s.person_id
    where s.session_id = ${sessionId} and s.n in ${[...ns]}`);
  return new Map(Rows.parse([...found]).flatMap(({ n, name }) => (name === null ? [] : [[n, name] as const])));
}
