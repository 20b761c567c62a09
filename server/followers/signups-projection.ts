import { eq, sql } from "drizzle-orm";
import { arrayText } from "#db/array-text.ts";
import { reportSignupCounts } from "#db/schema/warmup-counts.ts";
import { reportSignups } from "#db/schema/warmup-reports.ts";
import type { StoredEvent } from "#domain/event.ts";
import type { ShowState } from "#domain/engine.ts";
import { invite } from "#domain/ops/invite.ts";
import { person } from "#domain/ops/person.ts";
import { signup } from "#domain/ops/signup.ts";
import { sliceOf } from "#domain/slice-of.ts";
import { bookOf as inviteBookOf, broughtOf, inviterOf, standingOf, type InviteState } from "#domain/warmup/invites.ts";
import {
  bookOf,
  CANCELLED,
  flagsOf,
  GREETED,
  LEFT,
  MERGED,
  numberOf,
  remindersOf,
  WATCHED,
  type SignupState,
} from "#domain/warmup/signups.ts";
import { inChunks, type Projection, type Transaction } from "./projection.ts";
import { COUNTED, COUNTED_OF_S, countFresh, moveCounts } from "./signup-counts.ts";

/**
 * Sign-ups with their counts, and who brought whom. When something happened is told by its event, how it stands now by the state. Numbers of sign-ups never
 * change, the person of one may.
 */
export const signupsProjection: Projection = {
  name: "signups",
  async write(tx, { sessionId, state, events }) {
    const recorded = events.flatMap((event) => (event.type === "signup.recorded.v1" ? [newRow(event)] : []));
    await inChunks(recorded, (chunk) => insertRows(tx, sessionId, chunk), INSERTED_MAX);
    const changed = changesIn(events, state, new Map(recorded.map((row) => [row.n, row.state_at])));
    await inChunks(changed, (chunk) => updateRows(tx, sessionId, chunk));
  },
  async clear(tx, sessionId) {
    await tx.delete(reportSignups).where(eq(reportSignups.sessionId, sessionId));
    await tx.delete(reportSignupCounts).where(eq(reportSignupCounts.sessionId, sessionId));
  },
};

/** A parameter a column, however many: what a statement costs of itself is shared by more. */
const INSERTED_MAX = 5_000;

const Recorded = signup.events["signup.recorded.v1"];
type NewRow = ReturnType<typeof newRow>;

function newRow({ at, data }: StoredEvent) {
  const { n, personId, via, sourceCode, remindBy, invite: brought } = Recorded.parse(data);
  return {
    n,
    person_id: personId,
    state_at: at,
    via: via ?? null,
    source_code: sourceCode ?? null,
    remind_by: arrayText(remindBy),
    inviter_n: brought?.inviterN ?? null,
    standing: brought?.standing ?? null,
    why: brought?.why ?? null,
    suspicions: brought && brought.suspicions.length > 0 ? JSON.stringify(brought.suspicions) : null,
    depth: brought?.depth ?? null,
  };
}

/** One parameter a column: thousands a second sign up, and to bind each value of each row, or to read rows as JSON, takes longer than to store them. */
async function insertRows(tx: Transaction, sessionId: string, rows: readonly NewRow[]): Promise<void> {
  const column = (name: keyof NewRow) => sql`${arrayText(rows.map((row) => row[name]))}::text`;
  await tx.execute(sql`
    with fresh as (insert into report_signups (session_id, n, person_id, signed_up_at, state, state_at, via, source_code, remind_by,
      inviter_n, standing, why, suspicions, depth)
    select ${sessionId}::text, r.n, r.person_id, r.state_at, 'standing', r.state_at, r.via, r.source_code, r.remind_by::text[],
      r.inviter_n, r.standing, r.why, r.suspicions::jsonb, r.depth
    from unnest(${column("n")}::int[], ${column("person_id")}::text[], ${column("state_at")}::bigint[], ${column("via")}::text[],
      ${column("source_code")}::text[], ${column("remind_by")}::text[], ${column("inviter_n")}::int[], ${column("standing")}::text[],
      ${column("why")}::text[], ${column("suspicions")}::text[], ${column("depth")}::int[])
      as r(n, person_id, state_at, via, source_code, remind_by, inviter_n, standing, why, suspicions, depth)
    on conflict do nothing returning ${COUNTED})
    ${countFresh(sessionId)}`);
}

/** What the stretch changed of a sign-up; a time is null where it stays as it was. */
type Changed = {
  readonly n: number;
  readonly person_id: string;
  readonly state: string;
  state_at: number | null;
  readonly remind_by: readonly string[];
  readonly watched: boolean;
  watched_at: number | null;
  readonly greeted: boolean;
  greeted_at: number | null;
  greeted_by: string | null;
  readonly inviter_n: number | null;
  readonly standing: string | null;
  /** Found out later. */
  suspicions: readonly object[] | null;
  /** Of a decision that was taken back; `word`: the event that is the last word again. */
  undecided: boolean;
  word: number | null;
  decided_at: number | null;
  decided_by: string | null;
  note: string | null;
};

async function updateRows(tx: Transaction, sessionId: string, rows: readonly Changed[]): Promise<void> {
  await tx.execute(sql`
    with u as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as u(n int, person_id text, state text, state_at bigint,
        remind_by text[], watched boolean, watched_at bigint, greeted boolean, greeted_at bigint, greeted_by text,
        inviter_n int, standing text, suspicions jsonb, undecided boolean, word bigint, decided_at bigint, decided_by text, note text)),
    before as (select ${COUNTED} from report_signups where session_id = ${sessionId} and n in (select n from u)),
    changed as (update report_signups s set
      person_id = u.person_id, state = u.state, state_at = coalesce(u.state_at, s.state_at), remind_by = u.remind_by,
      watched_at = case when u.watched then coalesce(s.watched_at, u.watched_at) end,
      greeted_at = case when u.greeted then case when u.greeted_by is null then coalesce(s.greeted_at, u.greeted_at)
        else u.greeted_at end end,
      greeted_by = case when u.greeted then coalesce(u.greeted_by, s.greeted_by) end,
      inviter_n = u.inviter_n, standing = u.standing, suspicions = coalesce(u.suspicions, s.suspicions),
      why = case when u.suspicions is null then s.why else 'suspicious' end,
      decided_at = case when u.undecided then e.at else coalesce(u.decided_at, s.decided_at) end,
      decided_by = case when u.undecided then e.by else coalesce(u.decided_by, s.decided_by) end,
      note = case when u.undecided then e.data->>'note' else coalesce(u.note, s.note) end
    from u left join session_events e on e.session_id = ${sessionId} and e.seq = u.word
    where s.session_id = ${sessionId} and s.n = u.n
    returning ${COUNTED_OF_S}),
    face as (select -1 as sign, * from before union all select 1, * from changed)
    ${moveCounts(sessionId)}`);
}

/** Every sign-up that the events say something of, beside the new ones, as it stands now. */
function changesIn(events: readonly StoredEvent[], state: ShowState, fresh: ReadonlyMap<number, number>): Changed[] {
  const signups = sliceOf(state, "signup");
  const invites = sliceOf(state, "invite");
  const changes = new Map<number, Changed>();
  const touch = (n: number): Changed => {
    const known = changes.get(n) ?? rowOf(signups, invites, n);
    changes.set(n, known);
    return known;
  };
  const brought = inviteBookOf(invites);
  for (const event of events) noteEvent(event, { signups, brought }, touch);
  // Who cancelled within the stretch in which they signed up has no row that says since when they stood.
  for (const [n, change] of changes) change.state_at ??= fresh.get(n) ?? null;
  return [...changes.values()];
}

function rowOf(signups: SignupState, invites: InviteState, n: number): Changed {
  const book = bookOf(signups);
  const flags = flagsOf(book, n);
  const brought = inviteBookOf(invites);
  const inviterN = inviterOf(brought, n);
  return {
    n,
    person_id: book.persons[n - 1] ?? "",
    state: flags & MERGED ? "merged" : flags & CANCELLED ? "cancelled" : flags & LEFT ? "left" : "standing",
    state_at: null,
    remind_by: remindersOf(book, n),
    watched: (flags & WATCHED) !== 0,
    watched_at: null,
    greeted: (flags & GREETED) !== 0,
    greeted_at: null,
    greeted_by: null,
    inviter_n: inviterN === 0 ? null : inviterN,
    standing: standingOf(brought, n),
    suspicions: null,
    undecided: false,
    word: null,
    decided_at: null,
    decided_by: null,
    note: null,
  };
}

const { events: said } = signup;
const { events: judged } = invite;

type Books = { readonly signups: SignupState; readonly brought: ReturnType<typeof inviteBookOf> };

function noteEvent(
  { type, at, by, data }: StoredEvent,
  { signups, brought }: Books,
  touch: (n: number) => Changed,
): void {
  switch (type) {
    case "signup.resumed.v1":
      touch(said[type].parse(data).n).state_at = at;
      return;
    case "signup.cancelled.v1":
      touch(said[type].parse(data).n).state_at = at;
      return;
    case "signup.left.v1":
    case "signup.returned.v1":
      for (const { n } of said[type].parse(data).people) touch(n).state_at = at;
      return;
    case "signup.watched.v1":
      for (const { n } of said[type].parse(data).people) touch(n).watched_at ??= at;
      return;
    case "signup.remindersSet.v1":
      touch(said[type].parse(data).n);
      return;
    case "signup.greeted.v1":
      Object.assign(touch(said[type].parse(data).n), { greeted_at: at, greeted_by: by });
      return;
    case "signup.greetTakenBack.v1":
      touch(said[type].parse(data).n);
      return;
    case "signup.merged.v1": {
      const { keep, gone, resumes, leftAt } = said[type].parse(data);
      const kept = touch(keep.n);
      if (resumes || leftAt !== undefined) kept.state_at = at;
      // Where only the later one had watched or been greeted, the earlier one has by now.
      kept.watched_at ??= at;
      kept.greeted_at ??= at;
      touch(gone.n).state_at = at;
      for (const n of broughtOf(brought, keep.n)) touch(n);
      return;
    }
    case "person.merged.v1": {
      const n = numberOf(signups, person.events[type].parse(data).into);
      if (n !== undefined) touch(n);
      return;
    }
    case "invite.settled.v1":
      for (const { n } of judged[type].parse(data).changes) touch(n);
      return;
    case "invite.suspected.v1":
      for (const { n, suspicions } of judged[type].parse(data).found) touch(n).suspicions = suspicions;
      return;
    case "invite.decided.v1": {
      const { changes, note } = judged[type].parse(data);
      for (const { n } of changes) {
        Object.assign(touch(n), { undecided: false, decided_at: at, decided_by: by, note });
      }
      return;
    }
    case "invite.decisionTakenBack.v1": {
      const { changes, gone = [] } = judged[type].parse(data);
      for (const { n, after } of [...changes, ...gone]) {
        Object.assign(touch(n), { undecided: true, word: after ?? null });
      }
      return;
    }
  }
}
