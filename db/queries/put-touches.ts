import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../client.ts";

export type Touch = {
  readonly sessionId: string;
  readonly who: string;
  readonly inviterCode: string;
  readonly at: number;
};

const Touches = z.array(
  z
    .object({ session_id: z.string(), who: z.string(), inviter_code: z.string(), at: z.coerce.number() })
    .transform(({ session_id, who, inviter_code, at }): Touch => ({
      sessionId: session_id,
      who,
      inviterCode: inviter_code,
      at,
    })),
);

/** Keeps the first touch of each, unless it is older than `keptMs` before the new one; answers what is kept now. None may be named twice. */
export async function putTouches(db: Database, touches: readonly Touch[], keptMs: number): Promise<Touch[]> {
  if (touches.length === 0) return [];
  // In one order for all, so that two who write the same rows never wait for each other.
  const rows = touches.toSorted((a, b) => (`${a.sessionId} ${a.who}` < `${b.sessionId} ${b.who}` ? -1 : 1));
  const found = await db.execute(sql`
    insert into first_touches as t (session_id, who, inviter_code, at)
    select n."sessionId", n.who, n."inviterCode", n.at
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
      as n("sessionId" text, who text, "inviterCode" text, at bigint)
    on conflict (session_id, who) do update set
      inviter_code = case when t.at < excluded.at - ${keptMs}::bigint then excluded.inviter_code else t.inviter_code end,
      at = case when t.at < excluded.at - ${keptMs}::bigint then excluded.at else t.at end
    returning session_id, who, inviter_code, at`);
  return Touches.parse([...found]);
}
