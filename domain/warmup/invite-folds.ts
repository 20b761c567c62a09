import type { Instant } from "../units.ts";
import { foldDecision, foldDecisionBack } from "./decisions.ts";
import { enterAll, leave } from "./sorted.ts";
import type { MergedSignups } from "./signup-folds.ts";
import type { Brought } from "./signups.ts";
import {
  DEPTHS,
  inviterOf,
  kindsOf,
  makeRoom,
  setStanding,
  setVerdict,
  standingOf,
  type Change,
  type Disqualification,
  type DisqualifiedRow,
  type HeldRow,
  type InviteBook,
  type InviteState,
} from "./invites.ts";

/** Folds of invites. They work without the book too, and count the same (INV7). */

type Recorded = { readonly n: number; readonly personId: string; readonly invite: Brought | null };

export function foldBrought(
  own: InviteState,
  { n, personId, invite }: Recorded,
  { at }: { readonly at: Instant },
): InviteState {
  if (own.book) makeRoom(own.book, n);
  if (!invite) return own;
  const { inviterN, inviterId, standing, why, suspicions, depth } = invite;
  if (own.book) enter(own.book, n, invite);
  const counts = { ...own.counts, [standing]: own.counts[standing] + 1 };
  const byDepth = own.byDepth.with(Math.min(depth, DEPTHS) - 1, (own.byDepth[Math.min(depth, DEPTHS) - 1] ?? 0) + 1);
  if (standing !== "held") return { ...own, counts, byDepth };
  hold(own, { n, personId, inviterN, inviterId, at, why, suspicions });
  return { ...waitingChanged(own, new Set(), new Set([n])), counts, byDepth };
}

/** Keeps what is shown of a held invite; whether it waits is another thing. */
function hold({ held, book }: InviteState, row: HeldRow): void {
  const suspicions = row.suspicions.length === 0 ? NONE : row.suspicions;
  (held as Map<number, HeldRow>).set(row.n, { ...row, suspicions });
  if (book && suspicions.length > 0) book.suspicions.set(row.n, suspicions);
}

const NONE: HeldRow["suspicions"] = [];

function enter(book: InviteBook, n: number, { inviterN, standing }: Brought): void {
  book.inviters[n] = inviterN;
  book.before[n] = book.newest[inviterN] ?? 0;
  book.newest[inviterN] = n;
  setVerdict(book, n, standing, false);
  setStanding(book, n, standing);
}

/** `decided`: by a person, so that it is a verdict too. */
export function foldChanges(own: InviteState, changes: readonly Change[], decided: boolean): InviteState {
  const counts = { ...own.counts };
  const gone = new Set<number>();
  const come = new Set<number>();
  for (const { n, from, to } of changes) {
    counts[from] -= 1;
    counts[to] += 1;
    if (to === "held") come.add(n);
    else if (from === "held") gone.add(n);
    if (!own.book) continue;
    if (decided) setVerdict(own.book, n, to, to !== "held");
    setStanding(own.book, n, to);
  }
  return { ...waitingChanged(own, gone, come), counts };
}

type Decided = Parameters<typeof foldDecision>[1] & { readonly drops?: true | undefined };

/** A decision lets go of what was shown of the invite: whoever takes it back brings that along. */
export function foldDecided(own: InviteState, decided: Decided, meta: Parameters<typeof foldDecision>[2]): InviteState {
  const counted = foldChanges(own, decided.changes, true);
  if (decided.drops) for (const { n } of decided.changes) (own.held as Map<number, HeldRow>).delete(n);
  return foldDecision(counted, decided, meta);
}

type TakenBack = Parameters<typeof foldDecisionBack>[1] & { readonly held?: readonly HeldRow[] | undefined };

export function foldDecisionTakenBack(own: InviteState, back: TakenBack): InviteState {
  for (const row of back.held ?? []) hold(own, row);
  return foldDecisionBack(foldChanges(own, back.changes, true), back);
}

type Lists = { readonly odd: number[]; readonly unknown: number[] };

/** Lists are changed in place, each once: an event may decide hundreds of a million. */
function waitingChanged(own: InviteState, gone: ReadonlySet<number>, come: ReadonlySet<number>): InviteState {
  if (gone.size + come.size === 0) return own;
  const heldFor = { ...own.heldFor };
  const entered: Lists = { odd: [], unknown: [] };
  const left: Lists = { odd: [], unknown: [] };
  for (const [ns, more] of [
    [gone, -1],
    [come, 1],
  ] as const) {
    for (const n of ns) {
      const row = own.held.get(n);
      if (!row) continue;
      const list = row.suspicions.length > 0 ? "odd" : "unknown";
      (more > 0 ? entered : left)[list].push(n);
      for (const kind of kindsOf(row)) heldFor[kind] += more;
    }
  }
  for (const list of ["odd", "unknown"] as const) {
    const waiting = own.waiting[list] as number[];
    leave(waiting, left[list]);
    enterAll(waiting, entered[list]);
  }
  return { ...own, heldFor };
}

type Suspected = { readonly found: readonly Omit<HeldRow, "why">[] };

/** What counted is held from now on, for what was found out later; `invite.settled.v1` follows and counts it so. */
export function foldSuspected(own: InviteState, { found }: Suspected): InviteState {
  for (const row of found) {
    hold(own, { ...row, why: "suspicious" });
    if (own.book) setVerdict(own.book, row.n, "held", false);
  }
  return own;
}

/** Whom the later sign-up brought are the earlier one's friends from now on. */
export function foldMergedInviters(own: InviteState, { keep, gone }: MergedSignups): InviteState {
  if (own.book) moveBrought(own.book, keep.n, gone.n);
  (own.moved as Map<number, number>).set(gone.n, keep.n);
  foldNamed(own, keep);
  const theirs = own.disqualified.get(String(gone.n));
  if (!theirs) return own;
  const disqualified = new Map(own.disqualified);
  disqualified.delete(String(gone.n));
  const mine = disqualified.get(String(keep.n));
  disqualified.set(String(keep.n), { ...together(mine, theirs), n: keep.n, personId: keep.personId });
  return { ...own, disqualified };
}

/** Merges do not look for the rows of a person among a million: rows are named as they are shown. */
export function foldNamed(own: InviteState, { n, personId }: { readonly n: number; readonly personId: string }) {
  (own.named as Map<number, string>).set(n, personId);
  return own;
}

/** Off the board where either is; whatever was said of both stays. */
function together(mine: DisqualifiedRow | undefined, theirs: DisqualifiedRow): DisqualifiedRow {
  if (!mine) return theirs;
  const [row, other] = mine.reinstatedAt === null ? [mine, theirs] : [theirs, mine];
  return {
    ...row,
    appeals: [...mine.appeals, ...theirs.appeals].toSorted(byTime),
    earlier: [...mine.earlier, ...theirs.earlier, caseOf(other)].toSorted(byTime),
  };
}

const byTime = (a: { readonly at: number }, b: { readonly at: number }): number => a.at - b.at;
const caseOf = ({ reason, at, by, reinstatedAt }: Disqualification): Disqualification => ({
  reason,
  at,
  by,
  reinstatedAt,
});

function moveBrought(book: InviteBook, keepN: number, goneN: number): void {
  let mine = book.newest[keepN] ?? 0;
  let theirs = book.newest[goneN] ?? 0;
  let last = 0;
  while (mine !== 0 || theirs !== 0) {
    const next = Math.max(mine, theirs);
    if (next === theirs) {
      theirs = book.before[theirs] ?? 0;
      moveOne(book, next, keepN);
    } else mine = book.before[mine] ?? 0;
    if (last === 0) book.newest[keepN] = next;
    else book.before[last] = next;
    last = next;
  }
  if (last !== 0) book.before[last] = 0;
  book.newest[goneN] = 0;
}

function moveOne(book: InviteBook, n: number, keepN: number): void {
  const standing = standingOf(book, n);
  const goneN = inviterOf(book, n);
  book.inviters[n] = keepN;
  for (const [column, counted] of [
    [book.valid, "counts"],
    [book.held, "held"],
  ] as const) {
    if (standing !== counted) continue;
    column[goneN] = (column[goneN] ?? 0) - 1;
    column[keepN] = (column[keepN] ?? 0) + 1;
  }
}

type Accused = Pick<DisqualifiedRow, "n" | "personId" | "reason">;

/** Once more, too: what was before stays with it. */
export function foldDisqualified(
  own: InviteState,
  { n, personId, reason }: Accused,
  { at, by }: { readonly at: Instant; readonly by: string },
): InviteState {
  const before = own.disqualified.get(String(n));
  const appeals = before?.appeals ?? [];
  const earlier = before ? [...before.earlier, caseOf(before)] : [];
  return withRow(own, { n, personId, reason, at, by, reinstatedAt: null, appeals, earlier });
}

const withRow = (own: InviteState, row: DisqualifiedRow): InviteState => ({
  ...own,
  disqualified: new Map(own.disqualified).set(String(row.n), row),
});

export function withDisqualified(
  own: InviteState,
  n: number,
  change: (row: DisqualifiedRow) => DisqualifiedRow,
): InviteState {
  const row = own.disqualified.get(String(n));
  return row ? withRow(own, change(row)) : own;
}

export function foldRenamed(
  own: InviteState,
  { from, into }: { readonly from: string; readonly into: string },
): InviteState {
  const named = [...own.disqualified.values()].filter(({ personId }) => personId === from);
  return named.reduce((state, row) => withRow(state, { ...row, personId: into }), own);
}
