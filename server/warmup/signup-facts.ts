import type { Database } from "#db/client.ts";
import { knownBefore } from "#db/queries/newness.ts";
import { askTogether } from "../lib/ask-together.ts";
import type { FirstTouch, FirstTouches } from "./first-touches.ts";
import type { SignUpSeen, Suspicion, Suspicions } from "./suspicions.ts";

/**
 * What the rule of a sign-up must know from outside its show (design.md 1.4): by whose link the person came first, to whom they are new, what looks odd. It is
 * put into the command by the server alone, and stands in the event.
 */
export type SignupFacts = {
  readonly touch: FirstTouch | null;
  readonly newTo: NewTo;
  readonly suspicions: readonly Suspicion[];
};
export type NewTo = { readonly show: boolean; readonly room: boolean; readonly company: boolean };

export type SigningUp = Omit<SignUpSeen, "inviterCode">;
export type FindFacts = (who: SigningUp) => Promise<{ readonly facts: SignupFacts; readonly seen: SignUpSeen }>;

type Parts = { readonly db: Database; readonly touches: FirstTouches; readonly suspicions: Suspicions };

const NEW: NewTo = { show: true, room: true, company: true };
const AT_ONCE_MAX = 500;

export function createSignupFacts({ db, touches, suspicions }: Parts): FindFacts {
  const newTo = askTogether<{ readonly sessionId: string; readonly personId: string }, NewTo>(
    async (people) => {
      const found = new Map<string, NewTo>();
      for (const [sessionId, ofShow] of Map.groupBy(people, (one) => one.sessionId)) {
        const ids = ofShow.map(({ personId }) => personId);
        for (const [personId, known] of await knownBefore(db, sessionId, ids)) {
          const { inShow, inRoom, inCompany } = known;
          found.set(`${sessionId} ${personId}`, { show: !inShow, room: !inRoom, company: !inCompany });
        }
      }
      return people.map(({ sessionId, personId }) => found.get(`${sessionId} ${personId}`) ?? NEW);
    },
    { atOnceMax: AT_ONCE_MAX },
  );

  return async (who) => {
    const { sessionId, personId, device, known } = who;
    const [touch, news] = await Promise.all([
      touches.find({ sessionId, personId, deviceId: device?.id ?? null }),
      // Whom only a phone remembers was never seen under this id in another show.
      known ? newTo({ sessionId, personId }) : NEW,
    ]);
    const seen = { ...who, inviterCode: touch?.inviterCode ?? null };
    return { facts: { touch, newTo: news, suspicions: suspicions.look(seen) }, seen };
  };
}
