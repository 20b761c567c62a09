import type { Database } from "#db/client.ts";
import { cameBefore } from "#db/queries/came-before.ts";
import { type Known, knownBefore } from "#db/queries/newness.ts";
import { askTogether } from "../lib/ask-together.ts";
import type { FirstTouch } from "./first-touches.ts";
import type { Looked, SignUpSeen, Suspicion, Suspicions } from "./suspicions.ts";

/**
 * What the rule of a sign-up must know from outside its show (design.md 1.4): by whose link the person came first, to whom they are new, what looks odd. It is
 * put into the command by the server alone, and stands in the event.
 */
export type SignupFacts = {
  readonly touch: FirstTouch | null;
  readonly newTo: NewTo;
  readonly suspicions: readonly Suspicion[];
};
/** Null: not to be found out, or not asked, as nobody brought them. */
export type NewTo = { readonly show: boolean | null; readonly room: boolean | null; readonly company: boolean | null };

export type SigningUp = Omit<SignUpSeen, "inviterCode">;
export type FindFacts = (who: SigningUp) => Promise<FoundOut>;
export type FoundOut = {
  readonly facts: SignupFacts;
  readonly seen: SignUpSeen;
  /** Whom the show is to be told of, once this sign-up stands. */
  readonly earlier: Looked["earlier"];
};

type Parts = { readonly db: Database; readonly suspicions: Suspicions };
type Found = { readonly touch: FirstTouch | null; readonly newTo: NewTo };

const NEW: NewTo = { show: true, room: true, company: true };
/** Only a phone remembers them, under an id of this show: it may be anybody, a regular before they sign in too. */
const NOBODY: NewTo = { show: true, room: null, company: null };
/** Whether they are new is asked for who brought them, and nobody did. */
const UNASKED: Found = { touch: null, newTo: { show: null, room: null, company: null } };
const AT_ONCE_MAX = 500;
/** A question about one costs nearly as much as one about a hundred. */
const APART_MS = 10;
/** As long as the show's writer takes to say that it can't. */
const ANSWER_MS_MAX = 2_000;

export function createSignupFacts({ db, suspicions }: Parts): FindFacts {
  // One question at a time: while it is under way, whoever else signs up gathers for the next.
  const find = askTogether<SigningUp, Found>(
    async (people) => {
      const found = new Map<SigningUp, Found>();
      for (const [sessionId, ofShow] of Map.groupBy(people, (one) => one.sessionId)) {
        await findInShow(db, sessionId, ofShow, found);
      }
      return people.map((one) => found.get(one) ?? UNASKED);
    },
    { atOnceMax: AT_ONCE_MAX, answerMsMax: ANSWER_MS_MAX, underWayMax: 1, apartMs: APART_MS },
  );
  return async (who) => {
    const { touch, newTo } = await find(who);
    const seen = { ...who, inviterCode: touch?.inviterCode ?? null };
    const { earlier, ...odd } = suspicions.look(seen);
    return { facts: { touch, newTo, suspicions: odd.suspicions }, seen, earlier };
  };
}

async function findInShow(
  db: Database,
  sessionId: string,
  people: readonly SigningUp[],
  into: Map<SigningUp, Found>,
): Promise<void> {
  const came = await cameBefore(
    db,
    sessionId,
    people.map(({ personId, device, known }) => ({ personId, device: device?.id ?? null, known })),
  );
  const seen = people.flatMap(({ personId }, at) => (came[at]?.seen === true ? [personId] : []));
  const known = seen.length === 0 ? new Map<string, Known>() : await knownBefore(db, sessionId, [...new Set(seen)]);
  for (const [at, one] of people.entries()) {
    const touch = came[at]?.touch;
    if (touch) into.set(one, { touch, newTo: one.known ? newToOf(known.get(one.personId)) : NOBODY });
  }
}

const newToOf = (known: Known | undefined): NewTo =>
  known ? { show: !known.inShow, room: !known.inRoom, company: !known.inCompany } : NEW;
