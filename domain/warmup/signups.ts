import { z } from "zod";
import { Id, Instant, text, type Instant as At } from "../units.ts";
import { emptyColumn, grown } from "./column.ts";
import { noNumbers, numberIn, setNumber, type Numbers } from "./numbers.ts";
import type { PersonState } from "./people.ts";
import { resolved } from "./people.ts";

/** What a show knows of who signed up (预约登记). Persons stand by the number of their sign-up in every column; numbers begin at 1. */

export const NEW_TO = ["show", "room", "company"] as const;
const DAY_MS = 24 * 3_600_000;

export const SignupRules = z.object({
  /** Whom an invite must bring: somebody new to this show, to the room, or to the company. */
  newTo: z.enum(NEW_TO),
  /** How long after the first touch of a link a sign-up counts for whose link it was. */
  touchWindowMs: z
    .int()
    .min(60_000)
    .max(90 * DAY_MS),
  /** Leaving the group within this time of the sign-up takes the invite back; 0: leaving does not matter. */
  leaveWithinMs: z
    .int()
    .min(0)
    .max(90 * DAY_MS),
  /** How many are to sign up; `null`: no target. */
  target: z.int().min(0).max(1_000_000_000).nullable(),
});
export type SignupRules = z.infer<typeof SignupRules>;

export const FIRST_RULES: SignupRules = {
  newTo: "show",
  touchWindowMs: 7 * DAY_MS,
  leaveWithinMs: DAY_MS,
  target: null,
};

/** Channels that "we remind you" may name, because they work. */
export const REMINDERS = ["subscription", "group", "contact"] as const;
export const Reminders = z.array(z.enum(REMINDERS)).max(REMINDERS.length);
export type Reminder = (typeof REMINDERS)[number];

export const SUSPICIONS = ["addressVelocity", "deviceVelocity", "emptyBurst", "ring"] as const;
export const Suspicion = z.object({
  kind: z.enum(SUSPICIONS),
  /** Counts alone; addresses and devices never reach a log. */
  evidence: z.record(z.string().regex(/^[a-z][A-Za-z0-9]{0,31}$/), z.number()),
});
export type Suspicion = z.infer<typeof Suspicion>;

/** What the server found out for a sign-up; a sender's own words never get here. `null`: it could not be found out. */
export const SignupFacts = z.object({
  /** The first link of an inviter that the person came by. */
  touch: z.object({ inviterCode: text(24, 1), at: Instant }).nullable(),
  newTo: z.object({ show: z.boolean().nullable(), room: z.boolean().nullable(), company: z.boolean().nullable() }),
  suspicions: z.array(Suspicion).max(8),
});
export type SignupFacts = z.infer<typeof SignupFacts>;

/** Why an invite does not count, or is held although nothing is suspicious (`newUnknown`). */
export const INVITE_WHYS = ["self", "late", "notNew", "newUnknown", "suspicious"] as const;

/** Who brought a person, and whether that counts: as it was found at the sign-up. */
export const Brought = z.object({
  inviterN: z.int().min(1),
  inviterId: Id,
  standing: z.enum(["counts", "held", "not"]),
  why: z.enum(INVITE_WHYS).nullable(),
  touchedAt: Instant,
  suspicions: z.array(Suspicion),
  /** Links of the chain: 1 was brought by somebody whom nobody brought. */
  depth: z.int().min(1),
});
export type Brought = z.infer<typeof Brought>;

/** Bits of `flags`; depth of the chain stands above them. */
export const SIGNED = 1;
export const CANCELLED = 2;
export const LEFT = 4;
export const MERGED = 8;
export const GREETED = 16;
export const WATCHED = 32;
const REMINDER_BITS: Readonly<Record<Reminder, number>> = { subscription: 64, group: 128, contact: 256 };
const DEPTH_SHIFT = 16;
export const DEPTH_MAX = 65_535;

/** What only `decide` and `me` need. Changed in place. */
export type SignupBook = {
  readonly numbers: Numbers;
  /** `persons[n - 1]`, `ats[n - 1]`. */
  readonly persons: string[];
  readonly ats: number[];
  flags: Uint32Array;
  /** Number of who brought them; 0: nobody. */
  inviters: Uint32Array;
  /** When those marked as `LEFT` did. */
  readonly leftAts: Map<number, At>;
  /** Sign-ups that were merged into another one. */
  readonly moved: Map<number, number>;
  /** And which ones a sign-up stands for beside its own. */
  readonly absorbed: Map<number, number[]>;
  /** Who signed up again last, when nobody signed up for the first time since; else 0. */
  resumed: number;
};

export type HourRow = { readonly at: At; readonly signups: number; readonly cancelled: number };

export type SignupState = {
  readonly rules: SignupRules;
  /** Hex; makes codes that can't be guessed. */
  readonly salt: string | null;
  /** Ever; those that stand; those that do not. */
  readonly total: number;
  readonly standing: number;
  readonly cancelled: number;
  readonly merged: number;
  readonly greeted: number;
  readonly watched: number;
  /** By hour since 1970. Rows are replaced, the map is changed in place. */
  readonly hours: ReadonlyMap<number, HourRow>;
  readonly book: SignupBook | null;
};

export const noSignups = (): SignupState => ({
  rules: FIRST_RULES,
  salt: null,
  total: 0,
  standing: 0,
  cancelled: 0,
  merged: 0,
  greeted: 0,
  watched: 0,
  hours: new Map(),
  book: {
    numbers: noNumbers(),
    persons: [],
    ats: [],
    flags: emptyColumn(),
    inviters: emptyColumn(),
    leftAts: new Map(),
    moved: new Map(),
    absorbed: new Map(),
    resumed: 0,
  },
});

export function bookOf(own: SignupState): SignupBook {
  if (!own.book) throw new Error("sign-ups are asked of a state that was made for views only");
  return own.book;
}

export const flagsOf = (book: SignupBook, n: number): number => book.flags[n] ?? 0;
export const depthOf = (book: SignupBook, n: number): number => flagsOf(book, n) >>> DEPTH_SHIFT;

export function setFlag(book: SignupBook, n: number, flag: number, on: boolean): void {
  const before = flagsOf(book, n);
  book.flags[n] = on ? before | flag : before & ~flag;
}

export function remindersOf(book: SignupBook, n: number): Reminder[] {
  return REMINDERS.filter((channel) => (flagsOf(book, n) & REMINDER_BITS[channel]) !== 0);
}

export function setReminders(book: SignupBook, n: number, channels: readonly Reminder[]): void {
  for (const channel of REMINDERS) setFlag(book, n, REMINDER_BITS[channel], channels.includes(channel));
}

/** The number of a person's sign-up, standing or not. */
export const numberOf = (own: SignupState, personId: string): number | undefined =>
  numberIn(bookOf(own).numbers, personId);

export const stands = (book: SignupBook, n: number): boolean => (flagsOf(book, n) & SIGNED) !== 0;

/** Whether a sign-up of the person stands: a condition of draws (LOT4). */
export function isSignedUp(own: SignupState, people: PersonState, personId: string): boolean {
  const n = numberOf(own, resolved(people, personId));
  return n !== undefined && stands(bookOf(own), n);
}

/** A number as it stands after merges. */
export const standingNumber = (book: SignupBook, n: number): number => book.moved.get(n) ?? n;

/** The person of a sign-up's number; for the edge, which joins names. */
export function personOfNumber(own: SignupState, n: number): string | undefined {
  const book = bookOf(own);
  return book.persons[standingNumber(book, n) - 1];
}

/** Sign-up and person as they stand after merges. */
export const standingOne = (own: SignupState, n: number) => ({
  n: standingNumber(bookOf(own), n),
  personId: personOfNumber(own, n) ?? "",
});

export function enterSignup(
  book: SignupBook,
  signup: { readonly n: number; readonly personId: string; readonly at: At; readonly invite: Brought | null },
): void {
  const { n, personId, at, invite } = signup;
  setNumber(book.numbers, personId, n);
  book.persons[n - 1] = personId;
  book.ats[n - 1] = at;
  book.flags = grown(book.flags, n);
  book.inviters = grown(book.inviters, n);
  book.flags[n] = SIGNED | ((invite?.depth ?? 0) << DEPTH_SHIFT);
  book.inviters[n] = invite?.inviterN ?? 0;
  book.resumed = 0;
}
