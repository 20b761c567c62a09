import type { Database } from "#db/client.ts";
import type { Logger } from "../lib/log.ts";
import type { Directory } from "../live/directory-contract.ts";
import { createFirstTouches, type FirstTouches } from "./first-touches.ts";
import { createSignupFacts, type FindFacts } from "./signup-facts.ts";
import { createSignupRules, type SignupRulesOf } from "./signup-rules.ts";
import { createSuspicions, SWEEP_MS, type Suspicions } from "./suspicions.ts";
import { createSuspectTelling, type TellSuspects } from "./tell-suspects.ts";
import { createWatched, type Watched } from "./watched.ts";

/** What this node remembers of who comes to the pages of shows, for the rules of sign-ups. */
export type Warmup = {
  readonly touches: FirstTouches;
  readonly suspicions: Suspicions;
  readonly findFacts: FindFacts;
  readonly tellSuspects: TellSuspects;
  readonly rulesOf: SignupRulesOf;
  readonly watched: Watched;
  close(): Promise<void>;
};

type Parts = { readonly db: Database; readonly directory: Directory; readonly log: Logger };

export function createWarmup({ db, directory, log }: Parts): Warmup {
  const touches = createFirstTouches(db);
  const suspicions = createSuspicions();
  const sweeps = setInterval(() => suspicions.sweep(Date.now()), SWEEP_MS).unref();
  const watched = createWatched({ directory, log });
  return {
    touches,
    suspicions,
    findFacts: createSignupFacts({ db, suspicions }),
    tellSuspects: createSuspectTelling({ directory, log }),
    rulesOf: createSignupRules({ db, directory }),
    watched,
    close: () => {
      clearInterval(sweeps);
      return watched.close();
    },
  };
}
