import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../client.ts";

const Rows = z.array(
  z.object({ person_id: z.string(), in_show: z.boolean(), in_room: z.boolean(), in_company: z.boolean() }),
);

export type Known = { readonly inShow: boolean; readonly inRoom: boolean; readonly inCompany: boolean };

/**
 * Whom of these people a show knows from before: `inShow`, who ordered in it; `inRoom`, who signed up or ordered in another show of its room; `inCompany`, in any
 * other show, or who was a customer in WeCom before the show was made. Rehearsals and true shows know nothing of each other. The tables follow the logs
 * by about a second. Who is not known at all is missing.
 */
export async function knownBefore(
  db: Database,
  sessionId: string,
  personIds: readonly string[],
): Promise<Map<string, Known>> {
  if (personIds.length === 0) return new Map();
  const found = await db.execute(sql`
    with show as (select id, room_id, rehearsal, created_at from shows where id = ${sessionId}),
    people as (select unnest(${sql.param([...personIds])}::text[]) as person_id),
    seen as (
      select p.person_id, s.session_id from people p join report_signups s on s.person_id = p.person_id
      union
      select p.person_id, o.session_id from people p join report_orders o on o.person_id = p.person_id),
    shows_of as (
      select e.person_id, h.id, h.room_id from seen e join shows h on h.id = e.session_id, show
      where h.rehearsal = show.rehearsal),
    contacts as (
      select p.person_id from people p
        join identity_keys k on k.kind = 'person' and k.scope = '' and k.value = p.person_id
        join identity_keys x on x.identity_id = k.identity_id and x.kind = 'externalUserid'
        join wecom_contacts c on c.corp_id = x.scope and c.external_userid = x.value, show
      where not show.rehearsal and c.first_at < show.created_at)
    select p.person_id,
      exists (select from people q join report_orders o on o.person_id = q.person_id
        where q.person_id = p.person_id and o.session_id = ${sessionId}) as in_show,
      exists (select from shows_of e, show where e.person_id = p.person_id and e.id <> show.id and e.room_id = show.room_id) as in_room,
      exists (select from shows_of e, show where e.person_id = p.person_id and e.id <> show.id)
        or exists (select from contacts c where c.person_id = p.person_id) as in_company
    from people p
    where exists (select from seen e where e.person_id = p.person_id) or exists (select from contacts c where c.person_id = p.person_id)`);
  return new Map(
    Rows.parse([...found]).map((row) => [
      row.person_id,
      { inShow: row.in_show, inRoom: row.in_room, inCompany: row.in_company },
    ]),
  );
}
