import { sql } from "drizzle-orm";

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

const placeOf = (of: string, at: string) =>
  sql.raw(
    `${at} - ${at} % 60000 as minute, coalesce(${of}.via, '') as via, coalesce(lower(${of}.source_code), '') as source_code`,
  );

/**
 * The end of a statement whose CTE `fresh` holds rows of COUNTED that it inserts: all stand, and nobody was greeted or watched. They are summed before anything is
 * looked up, as thousands a second sign up; an inviter may be among them, where the statement can't see them in the table yet.
 */
export const countFresh = (sessionId: string) => sql`
  , friends as (select inviter_n, count(*) as friends from fresh where standing = 'counts' group by 1),
  inviters as (
    select n, signed_up_at, via, source_code from report_signups
    where session_id = ${sessionId} and n = any (array(select inviter_n from friends))
    union all
    select n, signed_up_at, via, source_code from fresh),
  parts as (
    select ${placeOf("f", "f.signed_up_at")}, count(*) as signups, count(*) filter (where standing = 'counts') as invited,
      count(*) filter (where standing = 'held') as held, 0 as friends
    from fresh f group by 1, 2, 3
    union all
    select ${placeOf("i", "i.signed_up_at")}, 0, 0, 0, sum(b.friends) from friends b join inviters i on i.n = b.inviter_n group by 1, 2, 3)
  insert into report_signup_counts as c (session_id, minute, via, source_code, signups, standing, waiting, invited, held, friends)
  select ${sessionId}::text, minute, via, source_code, sum(signups), sum(signups), sum(signups), sum(invited), sum(held), sum(friends)
  from parts group by 2, 3, 4 order by 2, 3, 4
  on conflict (session_id, minute, via, source_code) do update set signups = c.signups + excluded.signups,
    standing = c.standing + excluded.standing, waiting = c.waiting + excluded.waiting, invited = c.invited + excluded.invited,
    held = c.held + excluded.held, friends = c.friends + excluded.friends`;

/** The end of a statement whose CTE `face` holds rows of COUNTED with their `sign`: -1 as they were, 1 as they are. */
export const moveCounts = (sessionId: string) => sql`
  , own as (
    select sign, n, signed_up_at, coalesce(via, '') as via, coalesce(lower(source_code), '') as source_code, state, state_at,
      watched_at, (greeted_at is not null)::int as greeted, inviter_n, coalesce(standing, '') as invite from face),
  inviters as (
    select o.sign, i.signed_up_at, coalesce(i.via, '') as via, coalesce(lower(i.source_code), '') as source_code
    from own o cross join lateral (
      select signed_up_at, via, source_code from report_signups where session_id = ${sessionId} and n = o.inviter_n) i
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
