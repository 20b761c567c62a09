import type { Database } from "#db/client.ts";
import { signupRules } from "#db/queries/signup-rules.ts";
import type { ShowState } from "#domain/engine.ts";
import { sliceOf } from "#domain/slice-of.ts";
import type { SignupState } from "#domain/warmup/signups.ts";
import { NotOwnerError } from "../live/directory.ts";
import type { Directory } from "../live/directory-contract.ts";

/** Which codes of inviters are a show's own, and how long a first touch holds: at most two seconds old, on any node. */
export type SignupRulesOf = (sessionId: string) => Promise<Rules>;
type Rules = { readonly salt: string | null; readonly touchWindowMs: number };

const FRESH_MS = 2_000;
const SHOWS_MAX = 500;
const NONE: Rules = { salt: null, touchWindowMs: 0 };

export const signupsOf = (state: ShowState): SignupState => sliceOf(state, "signup");

export function createSignupRules({
  db,
  directory,
}: {
  readonly db: Database;
  readonly directory: Pick<Directory, "read">;
}): SignupRulesOf {
  const held = new Map<string, { readonly until: number; readonly rules: Promise<Rules> }>();
  const ask = async (sessionId: string): Promise<Rules> => {
    try {
      return await directory.read(sessionId, (state) => {
        const { salt, rules } = signupsOf(state);
        return { salt, touchWindowMs: rules.touchWindowMs };
      });
    } catch (error) {
      if (!(error instanceof NotOwnerError)) throw error;
      return (await signupRules(db, sessionId)) ?? NONE;
    }
  };
  return (sessionId) => {
    const now = performance.now();
    const known = held.get(sessionId);
    if (known && known.until > now) return known.rules;
    if (held.size >= SHOWS_MAX) held.clear();
    const rules = ask(sessionId);
    held.set(sessionId, { until: now + FRESH_MS, rules });
    rules.catch(() => held.delete(sessionId));
    return rules;
  };
}
