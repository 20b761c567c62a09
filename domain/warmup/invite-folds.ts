import type { Instant } from "../units.ts";
import { foldDecision, foldDecisionBack } from "./decisions.ts";
import type { MergedSignups } from "./signup-folds.ts";
import type { Brought, Suspicion } from "./signups.ts";
import {
  DEPTHS,
  inviterOf,
  HELD_KINDS,
  isHeldFor,
  kindBits,
  makeRoom,
  setStanding,
  setVerdict,
  standingOf,
  type Change,
  type Disqualification,
  type DisqualifiedRow,
  type InviteBook,
  type InviteState,
} from "./invites.ts";

/** Folds of invites. They work without the book too, and count the same (INV7). */

type Recorded = { readonly n: number; readonly invite: Brought | null };

export function foldBrought(own: InviteState, { n, invite }: Recorded): InviteState {
  if (own.book) makeRoom(own.book, n);
  if (!invite) return own;
  const { standing, suspicions, depth } = invite;
  if (own.book) enter(own.book, n, invite);
  const counts = { ...own.counts, [standing]: own.counts[standing] + 1 };
  const byDepth = own.byDepth.with(Math.min(depth, DEPTHS) - 1, (own.byDepth[Math.min(depth, DEPTHS) - 1] ?? 0) + 1);
  if (standing !== "held") return { ...own, counts, byDepth };
  const held = keepKinds(own, n, kindBits(suspicions));
  return { ...held, heldFor: moved(held, [], [n]), counts, byDepth };
}

/** One byte a sign-up, as far as somebody was held. */
function keepKinds(own: InviteState, n: number, bits: number): InviteState {
  let { heldKinds } = own;
  if (n >= heldKinds.length) {
    heldKinds = new Uint8Array(2 ** Math.ceil(Math.log2(n + 1)));
    heldKinds.set(own.heldKinds);
  }
  heldKinds[n] = bits;
  return heldKinds === own.heldKinds ? own : { ...own, heldKinds };
}

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
  const gone: number[] = [];
  const come: number[] = [];
  for (const { n, from, to } of changes) {
    counts[from] -= 1;
    counts[to] += 1;
    if (to === "held" && from !== "held") come.push(n);
    else if (from === "held" && to !== "held") gone.push(n);
    if (!own.book) continue;
    if (decided) setVerdict(own.book, n, to, to !== "held");
    setStanding(own.book, n, to);
  }
  return { ...own, heldFor: gone.length + come.length === 0 ? own.heldFor : moved(own, gone, come), counts };
}

type Deciding = Parameters<typeof foldDecision>[1];
type Meta = Parameters<typeof foldDecision>[2];

export const foldDecided = (own: InviteState, decided: Deciding, meta: Meta): InviteState =>
  foldDecision(foldChanges(own, decided.changes, true), decided, meta);

export const foldDecisionTakenBack = (own: InviteState, back: Parameters<typeof foldDecisionBack>[1]): InviteState =>
  foldDecisionBack(foldChanges(own, back.changes, true), back);

/** How many are held for what, after some were let go and others came. */
function moved(own: InviteState, gone: readonly number[], come: readonly number[]): InviteState["heldFor"] {
  const heldFor = { ...own.heldFor };
  for (const kind of HELD_KINDS) {
    for (const n of gone) if (isHeldFor(own, n, kind)) heldFor[kind] -= 1;
    for (const n of come) if (isHeldFor(own, n, kind)) heldFor[kind] += 1;
  }
  return heldFor;
}

type Suspected = { readonly found: readonly { readonly n: number; readonly suspicions: readonly Suspicion[] }[] };

/** What counted is held from now on, for what was found out later; `invite.settled.v1` follows and counts it so. */
export function foldSuspected(own: InviteState, { found }: Suspected): InviteState {
  return found.reduce((state, { n, suspicions }) => {
    if (state.book) setVerdict(state.book, n, "held", false);
    return keepKinds(state, n, kindBits(suspicions));
  }, own);
}

/** Whom the later sign-up brought are the earlier one's friends from now on. */
export function foldMergedInviters(own: InviteState, { keep, gone }: MergedSignups): InviteState {
  if (own.book) moveBrought(own.book, keep.n, gone.n);
  const theirs = own.disqualified.get(String(gone.n));
  if (!theirs) return own;
  const disqualified = new Map(own.disqualified);
  disqualified.delete(String(gone.n));
  const mine = disqualified.get(String(keep.n));
  disqualified.set(String(keep.n), { ...together(mine, theirs), n: keep.n, personId: keep.personId });
  return { ...own, disqualified };
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
