import { sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { type Touch, Touches } from "./put-touches.ts";

/** The first touches of these people and phones, each in their show; who never came by a link is missing. */
export async function touchesOf(
  db: Database,
  wanted: readonly { readonly sessionId: string; readonly who: string }[],
): Promise<Touch[]> {
  if (wanted.length === 0) return [];
  const found = await db.execute(sql`
    select t.session_id, t.who, t.inviter_code, t.at
    from jsonb_to_recordset(${JSON.stringify(wanted)}::text::jsonb) as n("sessionId" text, who text)
      join first_touches t on t.session_id = n."sessionId" and t.who = n.who`);
  return Touches.parse([...found]);
}
