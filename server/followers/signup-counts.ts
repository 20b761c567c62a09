import { sql, type SQL } from "drizzle-orm";

/**
 * Counts of sign-ups, moved by the statement that changes the rows they count: what it took away of each row and what it put there. So they can't differ from the
 * rows, and a stretch that is written twice moves nothing the second time.
 */

/** What of a row is counted, or says where. */
const COLUMNS = "n signed_up_at via source_code state state_at watched_at greeted_at inviter_n standing".split(" ");
export const COUNTED = sql.raw(COLUMNS.join(", "));
/** Of the alias `s`. */
export const COUNTED_OF_S = sql.raw(COLUMNS.map((name) => `s.${name}`).join(", "));

const FIGURES = "signups standing invited held watched greeted waiting friends merged gone seen".split(" ");
const names = sql.raw(FIGURES.join(", "));
const sums = sql.raw(FIGURES.map((name) => `sum(${name}) as ${name}`).join(", "));
const moved = sql.raw(FIGURES.map((name) => `sum(${name}) <> 0`).join(" or "));
const added = sql.raw(FIGURES.map((name) => `${name} = c.${name} + excluded.${name}`).join(", "));

/**
 * The end of a statement whose CTE `face` holds rows of COUNTED with their `sign`: -1 as they were, 1 as they are. `fresh`: a CTE of rows that the same statement
 * inserts, which it can't see in the table yet.
 */
export const moveCounts = (sessionId: string, fresh?: SQL) => sql`
  , own as (
    select sign, n, signed_up_at, coalesce(via, '') as via, coalesce(lower(source_code), '') as source_code, state, state_at,
      watched_at, (greeted_at is not null)::int as greeted, inviter_n, coalesce(standing, '') as invite from face),
  inviters as (
    select o.sign, i.signed_up_at, coalesce(i.via, '') as via, coalesce(lower(i.source_code), '') as source_code
    from own o cross join lateral (
      select signed_up_at, via, source_code from report_signups where session_id = ${sessionId} and n = o.inviter_n
      ${fresh ? sql`union all select signed_up_at, via, source_code from ${fresh} where n = o.inviter_n` : sql``}) i
    where o.invite = 'counts' and o.state <> 'merged'),
  parts as (
    select signed_up_at as at, via, source_code, sign as signups, sign * (state = 'standing')::int as standing,
      sign * (invite = 'counts')::int as invited, sign * (invite = 'held')::int as held,
      sign * (watched_at is not null)::int as watched, sign * greeted as greeted,
      sign * (state = 'standing')::int * (1 - greeted) as waiting, 0 as friends, 0 as merged, 0 as gone, 0 as seen
    from own where state <> 'merged'
    union all
    select signed_up_at, via, source_code, 0, 0, 0, 0, 0, 0, 0, 0, sign, 0, 0 from own where state = 'merged'
    union all
    select state_at, via, source_code, 0, 0, 0, 0, 0, 0, 0, 0, 0, sign, 0 from own where state in ('cancelled', 'left')
    union all
    select watched_at, via, source_code, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, sign from own where watched_at is not null
    union all
    select signed_up_at, via, source_code, 0, 0, 0, 0, 0, 0, 0, sign, 0, 0, 0 from inviters)
  insert into report_signup_counts as c (session_id, minute, via, source_code, ${names})
  select ${sessionId}::text, at - at % 60000, via, source_code, ${sums} from parts group by 2, 3, 4 having ${moved} order by 2, 3, 4
  on conflict (session_id, minute, via, source_code) do update set ${added}`;
