import { z } from "zod";
import { Id, Instant, type Instant as At } from "../units.ts";
import { emptyColumn, grown } from "./column.ts";
import {
  bookOf as signupBookOf,
  CANCELLED,
  flagsOf,
  LEFT,
  INVITE_WHYS,
  MERGED,
  Suspicion,
  SUSPICIONS,
  type SignupState,
} from "./signups.ts";

/** Whom everybody brought, and whether that counts (INV1–INV8). */

/** `takenBack`: cancelled, left within the rule's time, or merged into an earlier sign-up. `rejected`: a person decided so. */
export const STANDINGS = ["counts", "held", "rejected", "not", "takenBack"] as const;
export type Standing = (typeof STANDINGS)[number];

/** One invite that stands otherwise than before. */
export const Change = z.object({
  n: z.int().min(1),
  personId: Id,
  inviterN: z.int().min(1),
  from: z.enum(STANDINGS),
  to: z.enum(STANDINGS),
  /** Of what a person decided: seq of the decision before it; absent: what the rule made of the sign-up. */
  after: z.int().min(0).optional(),
});
export type Change = z.infer<typeof Change>;

/** As stored by what was taken back before evidence stood in tables and log alone. */
export const HeldRow = z.object({
  n: z.int().min(1),
  personId: Id,
  inviterN: z.int().min(1),
  inviterId: Id,
  /** Of the sign-up. */
  at: Instant,
  why: z.enum(INVITE_WHYS).nullable(),
  suspicions: z.array(Suspicion).readonly(),
});
export type HeldRow = Readonly<z.infer<typeof HeldRow>>;

/** What invites are held for: nobody can say whether the person is new, or something looks odd. */
export const HELD_KINDS = ["newUnknown", ...SUSPICIONS] as const;
export type HeldKind = (typeof HELD_KINDS)[number];

export type Appeal = { readonly at: At; readonly by: string; readonly note: string };

/** One time that somebody was taken off the board. */
export type Disqualification = {
  readonly reason: string;
  readonly at: At;
  readonly by: string;
  /** `null`: still off the board. */
  readonly reinstatedAt: At | null;
};

export type DisqualifiedRow = Disqualification & {
  readonly n: number;
  readonly personId: string;
  /** To whichever of them, in the order of time. */
  readonly appeals: readonly Appeal[];
  /** The times before, the first one first. */
  readonly earlier: readonly Disqualification[];
};

export const VERDICTS = ["count", "reject"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** A decision of the latest, as it is told. */
export type DecisionRow = {
  readonly decision: string;
  readonly as: Verdict;
  readonly kind: HeldKind | null;
  /** Of what one person brought. */
  readonly ofOne: boolean;
  readonly by: string;
  readonly at: At;
  readonly people: number;
  readonly takenBack: number;
  /** Decided anew since, so that they were left as they stand. */
  readonly kept: number;
};

/** What is left of an event that decided: of whom it is the last word. */
export type Piece = { readonly decision: string; readonly as: Verdict; stands: number };

/** Changed in place. Lists of who was brought are linked by number, newest first. */
export type InviteBook = {
  /** What was judged or decided, as an index of `STANDINGS` + 1, and whether by a person; 0: nobody brought them. */
  verdicts: Uint32Array;
  /** What is counted now, likewise. */
  standings: Uint32Array;
  inviters: Uint32Array;
  /** By inviter: the newest they brought; by brought: the one before. */
  newest: Uint32Array;
  before: Uint32Array;
  /** By inviter. */
  valid: Uint32Array;
  held: Uint32Array;
  /** Seq of the event that is a person's last word on them; 0: none is. */
  decisions: Uint32Array;
  /** By seq. */
  readonly pieces: Map<number, Piece>;
};

export type InviteState = {
  readonly counts: Readonly<Record<Standing, number>>;
  /** How many came as the n-th link of a chain; the last entry holds all longer ones. */
  readonly byDepth: readonly number[];
  /** By number of who was brought: what they were ever held for, as bits of `HELD_KINDS`; what stood for it is in the log, and in the tables. Changed in place. */
  readonly heldKinds: Uint8Array;
  /** How many of them are held for what; for several things, in each. */
  readonly heldFor: Readonly<Record<HeldKind, number>>;
  /** By number of the inviter, as text. */
  readonly disqualified: ReadonlyMap<string, DisqualifiedRow>;
  /** Decisions on all that a filter chose, the latest first. */
  readonly latest: readonly DecisionRow[];
  readonly book: InviteBook | null;
};

export const DEPTHS = 8;

export const noInvites = (): InviteState => ({
  counts: { counts: 0, held: 0, rejected: 0, not: 0, takenBack: 0 },
  byDepth: Array.from({ length: DEPTHS }, () => 0),
  heldKinds: new Uint8Array(),
  heldFor: { newUnknown: 0, addressVelocity: 0, deviceVelocity: 0, emptyBurst: 0, ring: 0 },
  disqualified: new Map(),
  latest: [],
  book: {
    verdicts: emptyColumn(),
    standings: emptyColumn(),
    inviters: emptyColumn(),
    newest: emptyColumn(),
    before: emptyColumn(),
    valid: emptyColumn(),
    held: emptyColumn(),
    decisions: emptyColumn(),
    pieces: new Map(),
  },
});

export function bookOf(own: InviteState): InviteBook {
  if (!own.book) throw new Error("invites are asked of a state that was made for views only");
  return own.book;
}

/** Beside a verdict: a person decided so. */
const DECIDED = 16;
const code = (standing: Standing): number => STANDINGS.indexOf(standing) + 1;
const standingAt = (column: Uint32Array, n: number): Standing | null =>
  STANDINGS[((column[n] ?? 0) & ~DECIDED) - 1] ?? null;

/** `null`: nobody brought them. */
export const verdictOf = (book: InviteBook, n: number): Standing | null => standingAt(book.verdicts, n);
export const standingOf = (book: InviteBook, n: number): Standing | null => standingAt(book.standings, n);
export const inviterOf = (book: InviteBook, n: number): number => book.inviters[n] ?? 0;
/** Invites of an inviter that count now. */
export const validOf = (own: InviteState, n: number): number => bookOf(own).valid[n] ?? 0;
export const heldOf = (own: InviteState, n: number): number => bookOf(own).held[n] ?? 0;

/** How an invite should stand by what is known of the sign-up. */
export function wantedStanding(book: InviteBook, signups: SignupState, n: number): Standing | null {
  const verdict = verdictOf(book, n);
  const isGone = (flagsOf(signupBookOf(signups), n) & (CANCELLED | LEFT | MERGED)) !== 0;
  return isGone && verdict !== null && verdict !== "not" ? "takenBack" : verdict;
}

export function makeRoom(book: InviteBook, n: number): void {
  book.verdicts = grown(book.verdicts, n);
  book.standings = grown(book.standings, n);
  book.inviters = grown(book.inviters, n);
  book.newest = grown(book.newest, n);
  book.before = grown(book.before, n);
  book.valid = grown(book.valid, n);
  book.held = grown(book.held, n);
}

export function setVerdict(book: InviteBook, n: number, verdict: Standing, decided: boolean): void {
  book.verdicts[n] = code(verdict) | (decided ? DECIDED : 0);
}

export const isDecided = (book: InviteBook, n: number): boolean => ((book.verdicts[n] ?? 0) & DECIDED) !== 0;

/** Counts an invite as it stands from now on. */
export function setStanding(book: InviteBook, n: number, standing: Standing): void {
  const inviterN = inviterOf(book, n);
  const before = standingOf(book, n);
  if (before === "counts") book.valid[inviterN] = (book.valid[inviterN] ?? 0) - 1;
  if (before === "held") book.held[inviterN] = (book.held[inviterN] ?? 0) - 1;
  if (standing === "counts") book.valid[inviterN] = (book.valid[inviterN] ?? 0) + 1;
  if (standing === "held") book.held[inviterN] = (book.held[inviterN] ?? 0) + 1;
  book.standings[n] = code(standing);
}

/** What somebody is held for, as bits: one that nothing looks odd at, for that nobody knows whether they are new. */
export function kindBits(suspicions: readonly Pick<Suspicion, "kind">[]): number {
  if (suspicions.length === 0) return bitOf("newUnknown");
  return suspicions.reduce((bits, { kind }) => bits | bitOf(kind), 0);
}

const bitOf = (kind: HeldKind): number => 1 << HELD_KINDS.indexOf(kind);

export const isHeldFor = ({ heldKinds }: InviteState, n: number, kind: HeldKind): boolean =>
  ((heldKinds[n] ?? 0) & bitOf(kind)) !== 0;

/** Who waits, and for this; the smallest number first. */
export function waitingFor(own: InviteState, kind: HeldKind): readonly number[] {
  const book = bookOf(own);
  const found: number[] = [];
  for (let n = 1; n < own.heldKinds.length; n += 1) {
    if (isHeldFor(own, n, kind) && standingOf(book, n) === "held") found.push(n);
  }
  return found;
}

/** Whom an inviter brought, the newest first. */
export function* broughtOf(book: InviteBook, inviterN: number): Generator<number> {
  for (let n = book.newest[inviterN] ?? 0; n !== 0; n = book.before[n] ?? 0) yield n;
}
