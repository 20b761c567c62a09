import { z } from "zod";
import { arrayText } from "../array-text.ts";
import type { Database } from "../client.ts";
import { askPrepared } from "../prepared.ts";

export type CameTouch = { readonly inviterCode: string; readonly at: number };
export type Coming = {
  readonly personId: string;
  /** The phone they hold. */
  readonly device: string | null;
  /** Whether it can be known of them who they are: else nobody was seen before. */
  readonly known: boolean;
};
export type Came = {
  readonly touch: CameTouch;
  /** May be known from somewhere else, or has ordered: what that means for a rule has yet to be seen. */
  readonly seen: boolean;
};

/**
 * Person by person (offset 0): a table that grew in the last minute has no statistics yet, and PostgreSQL would read all of it. A person's own first touch goes
 * before that of their phone, which is there for who signs in only after coming.
 */
const LOOK = `
  select p.n, coalesce(mine.inviter_code, phones.inviter_code) as code, coalesce(mine.at, phones.at) as at, p.known and (
      exists (select from report_signups s where s.person_id = p.id and s.session_id <> $1::text offset 0)
      or exists (select from report_orders o where o.person_id = p.id offset 0)
      or exists (select from identity_keys k where k.kind = 'person' and k.scope = '' and k.value = p.id offset 0)) as seen
  from unnest($2::text::text[], $3::text::text[], $4::text::boolean[]) with ordinality as p (id, device, known, n)
    left join lateral (
      select inviter_code, at from first_touches where session_id = $1::text and who = p.id offset 0) mine on true
    left join lateral (
      select inviter_code, at from first_touches where session_id = $1::text and who = p.device and mine.at is null offset 0) phones on true
  where mine.at is not null or phones.at is not null`;

const Rows = z.array(z.object({ n: z.string(), code: z.string(), at: z.string(), seen: z.boolean() }));

/**
 * One look for many who sign up at once: by whose links they came to a show, and of those who came by one, who may be known already. In their order; nothing of
 * who came by nobody's link.
 */
export async function cameBefore(
  db: Database,
  sessionId: string,
  people: readonly Coming[],
): Promise<(Came | undefined)[]> {
  const found = await askPrepared(db, LOOK, [
    sessionId,
    arrayText(people.map(({ personId }) => personId)),
    arrayText(people.map(({ device }) => device)),
    arrayText(people.map(({ known }) => (known ? "t" : "f"))),
  ]);
  const came = Array.from({ length: people.length }, (): Came | undefined => undefined);
  for (const { n, code, at, seen } of Rows.parse(found)) {
    came[Number(n) - 1] = { touch: { inviterCode: code, at: Number(at) }, seen };
  }
  return came;
}
