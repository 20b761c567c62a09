import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../client.ts";

const Rows = z.array(z.object({ seen: z.boolean() }));

/**
 * Whether a viewer or buyer commented, ordered, claimed or won in a show of these rooms. Whatever a person's name or key came with is one of these, so
 * who only looked has nothing to be forgotten. The tables follow the logs by about a second.
 */
export async function personSeenIn(db: Database, personId: string, roomIds: readonly string[]): Promise<boolean> {
  if (roomIds.length === 0) return false;
  // By show: each table is keyed by it, and a room has far fewer shows than people.
  const found = await db.execute(sql`
    select exists (
      select from shows s where s.room_id in ${[...roomIds]} and (
        exists (select from comment_texts t where t.session_id = s.id and t.person_id = ${personId})
        or exists (select from report_orders t where t.session_id = s.id and t.person_id = ${personId})
        or exists (select from report_claims t where t.session_id = s.id and t.person_id = ${personId})
        or exists (select from report_winners t where t.session_id = s.id and t.person_id = ${personId})
      )
    ) as seen`);
  return Rows.parse([...found]).some(({ seen }) => seen);
}
