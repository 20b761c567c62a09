import { z } from "zod";
import type { AnyEvent, Json } from "../op.ts";
import { Id, text, type Instant } from "../units.ts";
import { grown } from "./column.ts";
import {
  bookOf,
  Change,
  HELD_KINDS,
  HeldRow,
  isDecided,
  setVerdict,
  standingOf,
  VERDICTS,
  verdictOf,
  type InviteBook,
  type InviteState,
  type Verdict,
} from "./invites.ts";

/** One decision may take several events, and several commands: it is told, and taken back, as one (INV9, INV10). */

export const Filter = z
  .object({ kind: z.enum(HELD_KINDS).optional(), inviterId: Id.optional() })
  .refine(({ kind, inviterId }) => kind !== undefined || inviterId !== undefined);
export type Filter = z.infer<typeof Filter>;

export const Changes = z.object({ changes: z.array(Change) });
export const Decided = Changes.extend({
  as: z.enum(VERDICTS),
  note: text(300),
  /** Stored while rows of held invites were kept here: it let go of them, and what took it back brought them along. */
  drops: z.literal(true).optional(),
  /** The same in all events of one decision. */
  decision: Id.optional(),
  /** Of a filter: what it chose by, up to which sign-up, and how many of those it still fits. */
  filter: Filter.optional(),
  upToN: z.int().min(0).optional(),
  left: z.int().min(0).optional(),
});
export const TakenBack = Changes.extend({
  /** As `drops`. */
  held: z.array(HeldRow).optional(),
  /** The event that is taken back, and the decision it is of. */
  seq: z.int().min(1).optional(),
  decision: Id.optional(),
  /** Whose sign-up is gone: how they stand once it does again. */
  gone: z.array(Change).optional(),
  /** How many were decided anew since, and stay so. */
  kept: z.int().min(0).optional(),
  /** How many of the decision can still be taken back. */
  left: z.int().min(0).optional(),
});

/** As many as are kept, and told of: what is older stands on the tape. */
const KEPT_MAX = 50;
const TOLD_MAX = 5;

const decisionAt = (book: InviteBook, n: number): number => book.decisions[n] ?? 0;

/** Moves the last word on somebody from one event to another; 0: none. */
function turnOver(book: InviteBook, n: number, seq: number): void {
  book.decisions = grown(book.decisions, n);
  const before = book.pieces.get(decisionAt(book, n));
  const after = book.pieces.get(seq);
  if (before) before.stands -= 1;
  if (after) after.stands += 1;
  book.decisions[n] = seq;
}

type Deciding = Pick<z.infer<typeof Decided>, "changes" | "as" | "decision" | "filter">;
type Meta = { readonly seq: number; readonly at: Instant; readonly by: string };

export function foldDecision(own: InviteState, { changes, as, decision, filter }: Deciding, meta: Meta): InviteState {
  if (own.book) {
    if (decision !== undefined) own.book.pieces.set(meta.seq, { decision, as, stands: 0 });
    for (const { n } of changes) turnOver(own.book, n, meta.seq);
  }
  if (decision === undefined || filter === undefined) return own;
  const known = own.latest.find((row) => row.decision === decision);
  const { at, by } = meta;
  const fresh = { decision, as, kind: filter.kind ?? null, ofOne: filter.inviterId !== undefined, by, at };
  const row = known ?? { ...fresh, people: 0, takenBack: 0, kept: 0 };
  const others = own.latest.filter((other) => other !== known);
  return { ...own, latest: [{ ...row, people: row.people + changes.length }, ...others].slice(0, KEPT_MAX) };
}

/** What was taken back whole is no more to be told. */
export const latestRows = ({ latest }: InviteState) => latest.slice(0, TOLD_MAX).map((row) => ({ ...row }));

type Back = Omit<z.infer<typeof TakenBack>, "held">;

/** After the counts: what stood before is the last word again, of a person or of the rule. */
export function foldDecisionBack(own: InviteState, { changes, seq, gone = [], kept = 0, decision }: Back): InviteState {
  if (seq === undefined) return own;
  const { book } = own;
  if (book) {
    for (const { n, to, after } of [...changes, ...gone]) {
      setVerdict(book, n, to, after !== undefined);
      turnOver(book, n, after ?? 0);
    }
  }
  // What it leaves to later decisions stays, also once those are taken back.
  book?.pieces.delete(seq);
  const more = changes.length + gone.length;
  const latest = own.latest.map((row) =>
    row.decision === decision ? { ...row, takenBack: row.takenBack + more, kept: row.kept + kept } : row,
  );
  return { ...own, latest: latest.filter(({ people, takenBack }) => takenBack < people) };
}

/** What a sender learns of a decision, also when it is repeated. */
export function decidedBy(events: readonly AnyEvent[]): Json {
  const all = events.flatMap(({ type, data }) => (type === "invite.decided.v1" ? [Decided.parse(data)] : []));
  const { decision = null, upToN = null, left = 0 } = all.at(-1) ?? {};
  return { decided: all.reduce((sum, { changes }) => sum + changes.length, 0), left, decision, upToN };
}

export function takenBackBy(events: readonly AnyEvent[]): Json {
  const all = events.flatMap(({ type, data }) =>
    type === "invite.decisionTakenBack.v1" ? [TakenBack.parse(data)] : [],
  );
  const sum = (of: (data: z.infer<typeof TakenBack>) => number) => all.reduce((total, data) => total + of(data), 0);
  return {
    takenBack: sum(({ changes, gone }) => changes.length + (gone?.length ?? 0)),
    kept: sum(({ kept }) => kept ?? 0),
    left: all.at(-1)?.left ?? 0,
  };
}

/** `after`: the event that was the last word before. */
export const afterOf = (book: InviteBook, n: number): { after?: number } =>
  isDecided(book, n) ? { after: decisionAt(book, n) } : {};

/** Events of a decision that are somebody's last word, the newest first. */
export function piecesOf(own: InviteState, decision: string): readonly { seq: number; stands: number }[] {
  const found = [...bookOf(own).pieces].filter(([, piece]) => piece.decision === decision && piece.stands > 0);
  return found.map(([seq, { stands }]) => ({ seq, stands })).toReversed();
}

export const verdictOfDecision = (own: InviteState, decision: string): Verdict | undefined =>
  [...bookOf(own).pieces.values()].find((piece) => piece.decision === decision)?.as;

type Apart = { readonly stands: readonly Change[]; readonly gone: readonly Change[]; readonly kept: number };

/**
 * What an event decided, by how it can be taken back: who stands as it decided; whose sign-up is gone, so that only what it would stand as
 * is to be put right; and who was decided anew since, which stays.
 */
export function apart(own: InviteState, seq: number, changes: readonly Change[]): Apart {
  const book = bookOf(own);
  const last = changes.filter(({ n, to }) => decisionAt(book, n) === seq && verdictOf(book, n) === to);
  const stands = last.filter(({ n, to }) => standingOf(book, n) === to);
  const gone = last.filter(({ n }) => standingOf(book, n) === "takenBack");
  return { stands, gone, kept: changes.length - stands.length - gone.length };
}
