import type { Instant } from "../units.ts";
import { emptyColumn, grown } from "./column.ts";
import { earlier, forgetLatest, latestOf, noteLatest } from "./latest.ts";
import { dropNumber, noNumbers, numberIn, setNumber, type Numbers } from "./numbers.ts";
import { emptyRanking, rankedFrom, setCount, type Ranking } from "./ranking.ts";

/** The invite leaderboard (邀请榜): who brought how many who count, by the chosen metric (LDB1–LDB8). */

/** Invited people who count; of them those who watched, claimed an own coupon, or paid. */
export const METRICS = ["valid", "watched", "claimed", "paid"] as const;
export type Metric = (typeof METRICS)[number];

export const TOP = 20;
export const OVERTAKES_KEPT = 5;
/** The board is told at most this often. */
export const NOTE_MS = 1000;

export type BoardRow = { readonly n: number; readonly personId: string; readonly count: number };
export type Overtake = {
  readonly at: Instant;
  readonly n: number;
  /** `null`: was not among the first twenty. */
  readonly from: number | null;
  readonly rank: number;
  readonly passed: readonly number[];
};

/** Claims and payments of who has not signed up yet. */
type Early = { claims: number; paid: number; claimedSeq: number; paidSeq: number };

/** Bits of `marks`. */
const COUNTS = 1;
const ON_BOARD = 2;
const GONE = 4;
const OUT = 8;

/** By number of the sign-up; what only ranks need. Changed in place. */
export type BoardBook = {
  people: number;
  readonly numbers: Numbers;
  /** Ids that stand for nobody any more. */
  readonly into: Map<string, string>;
  /** Who claimed once and paid nothing, as most do, stands there by the seq of that alone. */
  readonly early: Map<string, Early | number>;
  inviters: Uint32Array;
  marks: Uint32Array;
  /** When they did it first, as a seq of the log; 0: not (any more). */
  signed: Uint32Array;
  watched: Uint32Array;
  claimed: Uint32Array;
  paid: Uint32Array;
  claims: Uint32Array;
  orders: Uint32Array;
  /** Lists of whom somebody brought. */
  newest: Uint32Array;
  before: Uint32Array;
  /** By inviter, also of those who are off the board. */
  tallies: Uint32Array;
  reached: Uint32Array;
  ranking: Ranking;
  /** Since when the board has not been told. */
  dirtyAt: Instant | null;
};

export type BoardState = {
  readonly metric: Metric;
  /** What is done after this seq adds nothing while it stands. */
  readonly frozen: { readonly seq: number; readonly at: Instant; readonly by: string } | null;
  readonly published: boolean;
  /** As it was told last. */
  readonly told: {
    readonly metric: Metric;
    readonly at: Instant | null;
    readonly rows: readonly BoardRow[];
    readonly inviters: number;
    readonly total: number;
    /** How often. */
    readonly times: number;
  };
  readonly overtakes: readonly Overtake[];
  readonly book: BoardBook | null;
};

const COLUMNS = [
  "inviters",
  "marks",
  "signed",
  "watched",
  "claimed",
  "paid",
  "claims",
  "orders",
  "newest",
  "before",
  "tallies",
  "reached",
] as const;

export const emptyBoard = (): BoardState => ({
  metric: "valid",
  frozen: null,
  published: false,
  told: { metric: "valid", at: null, rows: [], inviters: 0, total: 0, times: 0 },
  overtakes: [],
  book: {
    people: 0,
    numbers: noNumbers(),
    into: new Map(),
    early: new Map(),
    inviters: emptyColumn(),
    marks: emptyColumn(),
    signed: emptyColumn(),
    watched: emptyColumn(),
    claimed: emptyColumn(),
    paid: emptyColumn(),
    claims: emptyColumn(),
    orders: emptyColumn(),
    newest: emptyColumn(),
    before: emptyColumn(),
    tallies: emptyColumn(),
    reached: emptyColumn(),
    ranking: emptyRanking(),
    dirtyAt: null,
  },
});

export function bookOf(own: BoardState): BoardBook {
  if (!own.book) throw new Error("ranks are asked of a state that was made for views only");
  return own.book;
}

export type Signed = {
  readonly n: number;
  readonly personId: string;
  readonly inviterN: number;
  readonly counts: boolean;
};

export function enterPerson(
  own: BoardState,
  { n, personId, inviterN, counts }: Signed,
  seq: number,
  at: Instant,
): void {
  const book = bookOf(own);
  if (n >= book.signed.length) for (const column of COLUMNS) book[column] = grown(book[column], n);
  book.people = Math.max(book.people, n);
  setNumber(book.numbers, personId, n);
  book.signed[n] = seq;
  const early = book.early.size > 0 ? earlyOf(book, personId) : undefined;
  if (early) {
    book.early.delete(personId);
    addDeeds(book, n, early);
  }
  if (inviterN === 0) return;
  book.inviters[n] = inviterN;
  book.before[n] = book.newest[inviterN] ?? 0;
  book.newest[inviterN] = n;
  if (counts) change(own, n, at, () => mark(book, n, COUNTS, true));
}

function addDeeds(book: BoardBook, n: number, more: Early): void {
  book.claims[n] = (book.claims[n] ?? 0) + more.claims;
  book.orders[n] = (book.orders[n] ?? 0) + more.paid;
  book.claimed[n] = earlier(book.claimed[n] ?? 0, more.claimedSeq);
  book.paid[n] = earlier(book.paid[n] ?? 0, more.paidSeq);
}

function mark(book: BoardBook, n: number, flag: number, on: boolean): void {
  const before = book.marks[n] ?? 0;
  book.marks[n] = on ? before | flag : before & ~flag;
}

const has = (book: BoardBook, n: number, flag: number): boolean => ((book.marks[n] ?? 0) & flag) !== 0;

const DONE = { valid: "signed", watched: "watched", claimed: "claimed", paid: "paid" } as const;

/** When somebody had done what the metric asks for, and signed up; 0: they have not. */
function doneAt(own: BoardState, book: BoardBook, n: number): number {
  const done = book[DONE[own.metric]][n] ?? 0;
  return done === 0 ? 0 : Math.max(done, book.signed[n] ?? 0);
}

function adds({ frozen }: BoardState, book: BoardBook, n: number, done: number): boolean {
  return done > 0 && (book.inviters[n] ?? 0) > 0 && has(book, n, COUNTS) && (frozen === null || done <= frozen.seq);
}

/** Changes what is known of somebody, and with it the tally of who brought them. */
export function change(own: BoardState, n: number, at: Instant, alter: () => void): void {
  const book = bookOf(own);
  const was = has(book, n, ON_BOARD) ? doneAt(own, book, n) : 0;
  alter();
  const done = doneAt(own, book, n);
  const is = adds(own, book, n, done) ? done : 0;
  if (was === is) return;
  const inviterN = book.inviters[n] ?? 0;
  mark(book, n, ON_BOARD, is > 0);
  const added = Number(is > 0) - Number(was > 0);
  book.tallies[inviterN] = (book.tallies[inviterN] ?? 0) + added;
  const reached = book.reached[inviterN] ?? 0;
  if (is > 0) noteLatest(book, inviterN, n, is);
  book.reached[inviterN] = was > 0 && was === reached ? reachedBy(own, book, inviterN) : Math.max(reached, is);
  place(book, inviterN, at);
}

/** When an inviter got to their tally: when the latest who counts did it. */
const reachedBy = (own: BoardState, book: BoardBook, inviterN: number): number =>
  latestOf(book, inviterN, {
    sinceOf: (n) => (book.inviters[n] === inviterN && has(book, n, ON_BOARD) ? doneAt(own, book, n) : 0),
    all: () => friendsOf(book, inviterN),
    counted: book.tallies[inviterN] ?? 0,
  });

function* friendsOf(book: BoardBook, inviterN: number): Generator<number> {
  for (let n = book.newest[inviterN] ?? 0; n !== 0; n = book.before[n] ?? 0) yield n;
}

function place(book: BoardBook, inviterN: number, at: Instant): void {
  const isOff = has(book, inviterN, GONE | OUT);
  setCount(
    book.ranking,
    inviterN,
    isOff ? 0 : (book.tallies[inviterN] ?? 0),
    isOff ? 0 : (book.reached[inviterN] ?? 0),
  );
  book.dirtyAt ??= at;
}

export const setCounts = (own: BoardState, n: number, counts: boolean, at: Instant): void =>
  change(own, n, at, () => mark(bookOf(own), n, COUNTS, counts));

/** Whose sign-up does not stand, and who was disqualified, stand on no board; what they brought is kept. */
export function setOff(
  own: BoardState,
  n: number,
  off: { readonly gone?: boolean; readonly out?: boolean },
  at: Instant,
): void {
  const book = bookOf(own);
  if (off.gone !== undefined) mark(book, n, GONE, off.gone);
  if (off.out !== undefined) mark(book, n, OUT, off.out);
  if ((book.tallies[n] ?? 0) > 0) place(book, n, at);
}

const nowOf = (book: BoardBook, personId: string): string => {
  let id = personId;
  for (let next = book.into.get(id); next !== undefined; next = book.into.get(id)) id = next;
  return id;
};

export function watch(own: BoardState, n: number, seq: number, at: Instant): void {
  const book = bookOf(own);
  if ((book.watched[n] ?? 0) === 0) change(own, n, at, () => (book.watched[n] = seq));
}

type Deed = { readonly kind: "claims" | "orders"; readonly personId: string; readonly more: number };

/** A claim or a paid order more, or one fewer. */
export function deed(own: BoardState, { kind, personId, more }: Deed, seq: number, at: Instant): void {
  const book = bookOf(own);
  const id = book.into.size > 0 ? nowOf(book, personId) : personId;
  const n = numberIn(book.numbers, id);
  const first = kind === "claims" ? "claimed" : "paid";
  if (n === undefined) {
    deedBefore(book, id, { kind, more }, seq);
    return;
  }
  change(own, n, at, () => {
    const count = Math.max(0, (book[kind][n] ?? 0) + more);
    book[kind][n] = count;
    if (count === 0) book[first][n] = 0;
    else if ((book[first][n] ?? 0) === 0) book[first][n] = seq;
  });
}

function deedBefore(book: BoardBook, personId: string, { kind, more }: Omit<Deed, "personId">, seq: number): void {
  if (kind === "claims" && more === 1 && !book.early.has(personId)) {
    book.early.set(personId, seq);
    return;
  }
  const early = earlyOf(book, personId) ?? { claims: 0, paid: 0, claimedSeq: 0, paidSeq: 0 };
  if (kind === "claims") {
    early.claims = Math.max(0, early.claims + more);
    early.claimedSeq = early.claims === 0 ? 0 : early.claimedSeq || seq;
  } else {
    early.paid = Math.max(0, early.paid + more);
    early.paidSeq = early.paid === 0 ? 0 : early.paidSeq || seq;
  }
  book.early.set(personId, early);
}

function earlyOf({ early }: BoardBook, personId: string): Early | undefined {
  const known = early.get(personId);
  return typeof known === "number" ? { claims: 1, paid: 0, claimedSeq: known, paidSeq: 0 } : known;
}

/** Another id of a person. Where both signed up, `mergeNumbers` follows. */
export function mergeIds(own: BoardState, from: string, into: string, at: Instant): void {
  const book = bookOf(own);
  book.into.set(from, into);
  const n = numberIn(book.numbers, from);
  if (n !== undefined && numberIn(book.numbers, into) === undefined) {
    dropNumber(book.numbers, from);
    setNumber(book.numbers, into, n);
    // Names are joined by the ids of the rows that are told.
    if (own.told.rows.some((row) => row.n === n)) book.dirtyAt ??= at;
  }
  for (const id of [from, into]) {
    const early = earlyOf(book, id);
    const to = numberIn(book.numbers, into);
    if (!early || (to === undefined && id === into)) continue;
    book.early.delete(id);
    if (to !== undefined) change(own, to, at, () => addDeeds(book, to, early));
    else book.early.set(into, together(earlyOf(book, into), early));
  }
}

function together(a: Early | undefined, b: Early): Early {
  if (!a) return b;
  return {
    claims: a.claims + b.claims,
    paid: a.paid + b.paid,
    claimedSeq: earlier(a.claimedSeq, b.claimedSeq),
    paidSeq: earlier(a.paidSeq, b.paidSeq),
  };
}

type Numbered = { readonly n: number; readonly personId: string };

/** Two sign-ups of one person: the earlier has the friends and the deeds of both. */
export function mergeNumbers(own: BoardState, keep: Numbered, gone: Numbered, at: Instant): void {
  const book = bookOf(own);
  dropNumber(book.numbers, gone.personId);
  setNumber(book.numbers, keep.personId, keep.n);
  change(own, keep.n, at, () => {
    const { claims, orders, claimed, paid } = book;
    const theirs = {
      claims: claims[gone.n] ?? 0,
      paid: orders[gone.n] ?? 0,
      claimedSeq: claimed[gone.n] ?? 0,
      paidSeq: paid[gone.n] ?? 0,
    };
    addDeeds(book, keep.n, theirs);
    book.watched[keep.n] = earlier(book.watched[keep.n] ?? 0, book.watched[gone.n] ?? 0);
  });
  moveFriends(book, keep.n, gone.n);
  if (has(book, gone.n, OUT)) mark(book, keep.n, OUT, true);
  mark(book, gone.n, GONE, true);
  place(book, gone.n, at);
  place(book, keep.n, at);
}

function moveFriends(book: BoardBook, keepN: number, goneN: number): void {
  forgetLatest(book, [keepN, goneN]);
  let last = 0;
  for (let n = book.newest[goneN] ?? 0; n !== 0; n = book.before[n] ?? 0) {
    book.inviters[n] = keepN;
    last = n;
  }
  if (last === 0) return;
  book.before[last] = book.newest[keepN] ?? 0;
  book.newest[keepN] = book.newest[goneN] ?? 0;
  book.newest[goneN] = 0;
  book.tallies[keepN] = (book.tallies[keepN] ?? 0) + (book.tallies[goneN] ?? 0);
  book.reached[keepN] = Math.max(book.reached[keepN] ?? 0, book.reached[goneN] ?? 0);
  book.tallies[goneN] = 0;
  book.reached[goneN] = 0;
}

/** Counts everything anew: another metric, or no longer frozen. Of a million in some tens of milliseconds: it reads its columns, and asks nobody twice. */
export function recount(own: BoardState, at: Instant): void {
  const book = bookOf(own);
  const { marks, inviters, signed, tallies, reached, people } = book;
  const deeds = book[DONE[own.metric]];
  const until = own.frozen?.seq ?? Infinity;
  forgetLatest(book, "all");
  tallies.fill(0);
  reached.fill(0);
  for (let n = 1; n <= people; n += 1) {
    const known = marks[n] ?? 0;
    const inviterN = inviters[n] ?? 0;
    const deed = deeds[n] ?? 0;
    const done = deed === 0 ? 0 : Math.max(deed, signed[n] ?? 0);
    const isOn = done > 0 && inviterN > 0 && (known & COUNTS) !== 0 && done <= until;
    marks[n] = isOn ? known | ON_BOARD : known & ~ON_BOARD;
    if (!isOn) continue;
    tallies[inviterN] = (tallies[inviterN] ?? 0) + 1;
    if (done > (reached[inviterN] ?? 0)) reached[inviterN] = done;
  }
  const counts = tallies.slice();
  const since = reached.slice();
  for (let n = 1; n <= people; n += 1) {
    if (((marks[n] ?? 0) & (GONE | OUT)) === 0) continue;
    counts[n] = 0;
    since[n] = 0;
  }
  book.ranking = rankedFrom(counts, since);
  book.dirtyAt ??= at;
}
