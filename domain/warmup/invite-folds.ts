import type { Instant } from "../units.ts";
import type { MergedSignups } from "./signup-folds.ts";
import type { Brought } from "./signups.ts";
import {
  DEPTHS,
  inviterOf,
  makeRoom,
  setStanding,
  setVerdict,
  standingOf,
  type Change,
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
  if (standing === "held") {
    const row: HeldRow = { n, personId, inviterN, inviterId, at, why, suspicions };
    (own.held as Map<number, HeldRow>).set(n, row);
    setWaiting(own, n, true);
  }
  if (own.book) enter(own.book, n, invite);
  const counts = { ...own.counts, [standing]: own.counts[standing] + 1 };
  const byDepth = own.byDepth.with(Math.min(depth, DEPTHS) - 1, (own.byDepth[Math.min(depth, DEPTHS) - 1] ?? 0) + 1);
  return { ...own, counts, byDepth };
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
  for (const { n, from, to } of changes) {
    counts[from] -= 1;
    counts[to] += 1;
    if (from === "held" || to === "held") setWaiting(own, n, to === "held");
    if (!own.book) continue;
    if (decided) setVerdict(own.book, n, to, to !== "held");
    setStanding(own.book, n, to);
  }
  return { ...own, counts };
}

function setWaiting(own: InviteState, n: number, waits: boolean): void {
  const waiting = own.waiting as number[];
  let low = 0;
  let high = waiting.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((waiting[middle] ?? 0) < n) low = middle + 1;
    else high = middle;
  }
  const isThere = waiting[low] === n;
  if (waits && !isThere) waiting.splice(low, 0, n);
  if (!waits && isThere) waiting.splice(low, 1);
}

type Suspected = { readonly found: readonly Omit<HeldRow, "why">[] };

/** What counted is held from now on, for what was found out later; `invite.settled.v1` follows and counts it so. */
export function foldSuspected(own: InviteState, { found }: Suspected): InviteState {
  for (const row of found) {
    (own.held as Map<number, HeldRow>).set(row.n, { ...row, why: "suspicious" });
    if (own.book) setVerdict(own.book, row.n, "held", false);
  }
  return own;
}

/** Whom the later sign-up brought are the earlier one's friends from now on. */
export function foldMergedInviters(own: InviteState, { keep, gone }: MergedSignups): InviteState {
  if (own.book) moveBrought(own.book, keep.n, gone.n);
  const theirs = own.disqualified.get(String(gone.n));
  if (!theirs) return own;
  const disqualified = new Map(own.disqualified);
  disqualified.delete(String(gone.n));
  const mine = disqualified.get(String(keep.n));
  const row = mine && mine.reinstatedAt === null ? mine : theirs;
  disqualified.set(String(keep.n), { ...row, n: keep.n, personId: keep.personId });
  return { ...own, disqualified };
}

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

export function foldDisqualified(own: InviteState, row: DisqualifiedRow): InviteState {
  return { ...own, disqualified: new Map(own.disqualified).set(String(row.n), row) };
}

export function withDisqualified(
  own: InviteState,
  n: number,
  change: (row: DisqualifiedRow) => DisqualifiedRow,
): InviteState {
  const row = own.disqualified.get(String(n));
  return row ? foldDisqualified(own, change(row)) : own;
}

export function foldRenamed(
  own: InviteState,
  { from, into }: { readonly from: string; readonly into: string },
): InviteState {
  const named = [...own.disqualified.values()].filter(({ personId }) => personId === from);
  return named.reduce((state, row) => foldDisqualified(state, { ...row, personId: into }), own);
}
