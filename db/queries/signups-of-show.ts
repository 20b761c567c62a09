import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../client.ts";

export const SIGNUP_STATES = ["standing", "cancelled", "left", "merged"] as const;

const Row = z.object({
  n: z.number(),
  personId: z.string(),
  name: z.string().nullable(),
  at: z.coerce.number(),
  state: z.enum(SIGNUP_STATES),
  via: z.string().nullable(),
  sourceCode: z.string().nullable(),
  remindBy: z.array(z.string()),
  watchedAt: z.coerce.number().nullable(),
  greetedAt: z.coerce.number().nullable(),
  greetedBy: z.string().nullable(),
  inviterN: z.number().nullable(),
  inviterId: z.string().nullable(),
  inviterName: z.string().nullable(),
  standing: z.string().nullable(),
  why: z.string().nullable(),
  suspicions: z.array(z.object({ kind: z.string(), evidence: z.record(z.string(), z.number()) })).nullable(),
  decidedAt: z.coerce.number().nullable(),
  decidedBy: z.string().nullable(),
  note: z.string().nullable(),
});
export type SignupRow = z.infer<typeof Row>;

export type SignupFilter = {
  readonly state?: (typeof SIGNUP_STATES)[number] | undefined;
  readonly standing?: string | undefined;
  /** Whether something looks odd at them. */
  readonly odd?: boolean | undefined;
  readonly inviterId?: string | undefined;
  readonly sourceCode?: string | undefined;
};
export type SignupPage = {
  /** Numbers after this one (before it, when `newestFirst`); null: from the beginning. */
  readonly after: number | null;
  readonly limit: number;
  readonly newestFirst: boolean;
};

/** Sign-ups of a show by their number, as far as the follower has come, with names as they are known: to be masked. */
export async function signupsOfShow(
  db: Database,
  sessionId: string,
  filter: SignupFilter,
  { after, limit, newestFirst }: SignupPage,
): Promise<SignupRow[]> {
  const past = after === null ? sql`` : newestFirst ? sql`and s.n < ${after}` : sql`and s.n > ${after}`;
  const found = await db.execute(sql`
    select s.n, s.person_id as "personId", p.name, s.signed_up_at as at, s.state, s.via, s.source_code as "sourceCode",
      s.remind_by as "remindBy", s.watched_at as "watchedAt", s.greeted_at as "greetedAt", s.greeted_by as "greetedBy",
      s.inviter_n as "inviterN", i.person_id as "inviterId", ip.name as "inviterName", s.standing, s.why, s.suspicions,
      s.decided_at as "decidedAt", s.decided_by as "decidedBy", s.note
    from report_signups s
      left join persons p on p.id = s.person_id
      left join report_signups i on i.session_id = s.session_id and i.n = s.inviter_n
      left join persons ip on ip.id = i.person_id
    where ${matching(sessionId, filter)} ${past}
    order by s.n ${newestFirst ? sql`desc` : sql`asc`}
    limit ${limit}`);
  return z.array(Row).parse([...found]);
}

export async function countSignups(db: Database, sessionId: string, filter: SignupFilter): Promise<number> {
  const found = await db.execute(
    sql`select count(*)::int as count from report_signups s where ${matching(sessionId, filter)}`,
  );
  return z.array(z.object({ count: z.number() })).parse([...found])[0]?.count ?? 0;
}

function matching(sessionId: string, { state, standing, odd, inviterId, sourceCode }: SignupFilter): SQL {
  const parts = [sql`s.session_id = ${sessionId}`];
  if (state !== undefined) parts.push(sql`s.state = ${state}`);
  // Said in the statement, so that any plan of it may use the index of those that are held.
  if (standing === "held") parts.push(sql`s.standing = 'held'`);
  else if (standing !== undefined) parts.push(sql`s.standing = ${standing}`);
  if (odd !== undefined) parts.push(odd ? sql`s.suspicions is not null` : sql`s.suspicions is null`);
  if (sourceCode !== undefined) parts.push(sql`s.source_code = ${sourceCode}`);
  if (inviterId !== undefined) {
    parts.push(sql`s.inviter_n in (
      select b.n from report_signups b where b.session_id = ${sessionId} and b.person_id = ${inviterId})`);
  }
  return sql.join(parts, sql` and `);
}
