import { inPlace } from "../in-place.ts";
import { instant, type Instant } from "../units.ts";
import { dropNumber, numberIn, setNumber } from "./numbers.ts";
import {
  CANCELLED,
  enterSignup,
  flagsOf,
  GREETED,
  LEFT,
  MERGED,
  remindersOf,
  setFlag,
  setReminders,
  SIGNED,
  WATCHED,
  type Brought,
  type Reminder,
  type SignupBook,
  type SignupState,
} from "./signups.ts";

/** Folds of sign-ups. They work without the book too, and count the same (SUP11). */

type One = { readonly n: number; readonly personId: string };
type Meta = { readonly at: Instant };

const HOUR_MS = 3_600_000;

function withHour(own: SignupState, at: Instant, more: { readonly signups: number; readonly cancelled: number }): void {
  const hour = Math.floor(at / HOUR_MS);
  const before = own.hours.get(hour) ?? { at: instant(hour * HOUR_MS), signups: 0, cancelled: 0 };
  // Sign-ups come by the thousand a second.
  inPlace(own.hours).set(hour, {
    at: before.at,
    signups: before.signups + more.signups,
    cancelled: before.cancelled + more.cancelled,
  });
}

type Recorded = One & { readonly remindBy: readonly Reminder[]; readonly invite: Brought | null };

export function foldRecorded(own: SignupState, { n, personId, remindBy, invite }: Recorded, { at }: Meta): SignupState {
  withHour(own, at, { signups: 1, cancelled: 0 });
  if (own.book) {
    enterSignup(own.book, { n, personId, at, invite });
    if (remindBy.length > 0) setReminders(own.book, n, remindBy);
  }
  return { ...own, total: n, standing: own.standing + 1 };
}

type Resumed = { readonly n: number; readonly remindBy: readonly Reminder[] };

export function foldResumed(own: SignupState, { n, remindBy }: Resumed, { at }: Meta): SignupState {
  withHour(own, at, { signups: 1, cancelled: 0 });
  if (own.book) {
    setFlag(own.book, n, SIGNED, true);
    setFlag(own.book, n, CANCELLED, false);
    setReminders(own.book, n, remindBy);
    own.book.resumed = n;
  }
  return { ...own, standing: own.standing + 1, cancelled: own.cancelled - 1 };
}

export function foldCancelled(own: SignupState, { n }: { readonly n: number }, { at }: Meta): SignupState {
  withHour(own, at, { signups: 0, cancelled: 1 });
  if (own.book) {
    setFlag(own.book, n, SIGNED, false);
    setFlag(own.book, n, CANCELLED, true);
  }
  return { ...own, standing: own.standing - 1, cancelled: own.cancelled + 1 };
}

type Gone = { readonly n: number; readonly at: Instant };

export function foldLeft(own: SignupState, people: readonly Gone[], left: boolean): SignupState {
  if (own.book) for (const { n, at } of people) setLeft(own.book, n, left ? at : null);
  return own;
}

function setLeft(book: SignupBook, n: number, at: Instant | null): void {
  setFlag(book, n, LEFT, at !== null);
  if (at === null) book.leftAts.delete(n);
  else book.leftAts.set(n, at);
}

export function foldWatched(own: SignupState, { people }: { readonly people: readonly One[] }): SignupState {
  if (own.book) for (const { n } of people) setFlag(own.book, n, WATCHED, true);
  return { ...own, watched: own.watched + people.length };
}

export function foldReminders(
  own: SignupState,
  { n, to }: { readonly n: number; readonly to: readonly Reminder[] },
): SignupState {
  if (own.book) setReminders(own.book, n, to);
  return own;
}

export function foldGreeted(own: SignupState, n: number, greeted: boolean): SignupState {
  if (own.book) setFlag(own.book, n, GREETED, greeted);
  return { ...own, greeted: own.greeted + (greeted ? 1 : -1) };
}

/** Another id of who signed up stands for them now. Where both signed up, `signup.merged.v1` follows. */
export function foldMoved(
  own: SignupState,
  { from, into }: { readonly from: string; readonly into: string },
): SignupState {
  const n = own.book && numberIn(own.book.numbers, from);
  if (!own.book || n == null || numberIn(own.book.numbers, into) !== undefined) return own;
  rename(own.book, n, { from, into });
  return own;
}

function rename(
  { numbers, persons }: SignupBook,
  n: number,
  { from, into }: { readonly from: string; readonly into: string },
): void {
  dropNumber(numbers, from);
  setNumber(numbers, into, n);
  persons[n - 1] = into;
}

export type MergedSignups = {
  readonly keep: One;
  readonly gone: One;
  readonly resumes: boolean;
  readonly leftAt?: Instant | undefined;
  readonly lost: { readonly standing: number; readonly greeted: number; readonly watched: number };
};

export function foldMergedSignups(own: SignupState, merged: MergedSignups): SignupState {
  const { lost } = merged;
  if (own.book) moveSignup(own.book, merged);
  return {
    ...own,
    merged: own.merged + 1,
    standing: own.standing - lost.standing,
    cancelled: own.cancelled - (1 - lost.standing),
    greeted: own.greeted - lost.greeted,
    watched: own.watched - lost.watched,
  };
}

function moveSignup(book: SignupBook, { keep, gone, resumes, leftAt }: MergedSignups): void {
  dropNumber(book.numbers, gone.personId);
  dropNumber(book.numbers, book.persons[keep.n - 1] ?? "");
  setNumber(book.numbers, keep.personId, keep.n);
  book.persons[keep.n - 1] = keep.personId;
  book.persons[gone.n - 1] = keep.personId;
  const theirs = [gone.n, ...(book.absorbed.get(gone.n) ?? [])];
  for (const n of theirs) book.moved.set(n, keep.n);
  book.absorbed.delete(gone.n);
  book.absorbed.set(keep.n, [...(book.absorbed.get(keep.n) ?? []), ...theirs]);
  if (resumes) {
    setFlag(book, keep.n, SIGNED, true);
    setFlag(book, keep.n, CANCELLED, false);
  }
  for (const flag of [GREETED, WATCHED]) if ((flagsOf(book, gone.n) & flag) !== 0) setFlag(book, keep.n, flag, true);
  const more = remindersOf(book, gone.n);
  if (more.length > 0) setReminders(book, keep.n, [...remindersOf(book, keep.n), ...more]);
  setLeft(book, gone.n, null);
  if (leftAt !== undefined) setLeft(book, keep.n, leftAt);
  setFlag(book, gone.n, SIGNED | CANCELLED, false);
  setFlag(book, gone.n, MERGED, true);
}
