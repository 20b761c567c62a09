import { reject, type Ctx, type Rejection } from "../op.ts";
import type { Instant } from "../units.ts";
import { inviterCodeOf, readInviterCode } from "./inviter-code.ts";
import {
  bookOf,
  depthOf,
  DEPTH_MAX,
  standingNumber,
  type Brought,
  type SignupFacts,
  type SignupRules,
  type SignupState,
} from "./signups.ts";

/** Whether who brought somebody counts (SUP3–SUP7): from what the log knows and the server found out, all of which the event keeps. */
export function broughtBy(
  own: SignupState,
  personId: string,
  facts: SignupFacts | undefined,
  now: Instant,
): Brought | null {
  if (!facts?.touch) return null;
  const { touch, newTo, suspicions } = facts;
  const book = bookOf(own);
  const read = readInviterCode(own.salt, touch.inviterCode);
  if (read === undefined || read > own.total) return null;
  const inviterN = standingNumber(book, read);
  const inviterId = book.persons[inviterN - 1];
  if (inviterId === undefined) return null;
  const depth = Math.min(DEPTH_MAX, depthOf(book, inviterN) + 1);
  const touchedAt = touch.at < now ? touch.at : now;
  const verdict = judge(own.rules, {
    isSelf: inviterId === personId,
    touchedAt,
    now,
    newTo,
    isSuspicious: suspicions.length > 0,
  });
  return { inviterN, inviterId, ...verdict, touchedAt, suspicions, depth };
}

type Case = {
  readonly isSelf: boolean;
  readonly touchedAt: Instant;
  readonly now: Instant;
  readonly newTo: SignupFacts["newTo"];
  readonly isSuspicious: boolean;
};

function judge(
  rules: SignupRules,
  { isSelf, touchedAt, now, newTo, isSuspicious }: Case,
): Pick<Brought, "standing" | "why"> {
  if (isSelf) return { standing: "not", why: "self" };
  if (now - touchedAt > rules.touchWindowMs) return { standing: "not", why: "late" };
  const isNew = newTo[rules.newTo];
  if (isNew === false) return { standing: "not", why: "notNew" };
  if (isSuspicious) return { standing: "held", why: "suspicious" };
  return isNew === null ? { standing: "held", why: "newUnknown" } : { standing: "counts", why: null };
}

/** What the sender gets back, and who signed up already is told again. */
export function ownSignup(
  own: SignupState,
  n: number,
): { readonly n: number; readonly code: string; readonly at: number } {
  return { n, code: inviterCodeOf(own.salt ?? "", n), at: bookOf(own).ats[n - 1] ?? 0 };
}

/** The person a command is about: who sent it, or whom a program or a member names. */
export function subjectOf(sender: string | undefined, named: string | undefined, ctx: Ctx): string | Rejection {
  if (sender !== undefined) return sender;
  return named ?? reject("signup.notAPerson", { by: ctx.by });
}

/** Whether somebody left so soon after their sign-up that it takes the invite back. */
export const isInTime = (after: number, leaveWithinMs: number): boolean =>
  leaveWithinMs > 0 && after >= 0 && after <= leaveWithinMs;

/** The one person has left by the later sign-up, in time of the earlier one, too, which stands from now on. */
export function leftByOther(own: SignupState, keepN: number, goneN: number): Instant | undefined {
  const { ats, leftAts } = bookOf(own);
  const leftAt = leftAts.get(goneN);
  if (leftAt === undefined || leftAts.has(keepN)) return undefined;
  return isInTime(leftAt - (ats[keepN - 1] ?? 0), own.rules.leaveWithinMs) ? leftAt : undefined;
}
