import type { Database } from "#db/client.ts";
import { hasCode } from "#db/error-code.ts";
import { keepSignupContacts } from "#db/queries/keep-signup-contacts.ts";

/** As many as take some tenths of a second. */
const MARKS_A_TIME = 2_000;
const LOCK_NOT_AVAILABLE = "55P03";

/**
 * Puts right whom WeCom knows of those who signed up, as far as anything of them was marked to have changed; true: `forMs` is over, and more is marked. Where
 * another process is at it, or a show is being written for long, the marks stay for the next time.
 */
export async function keepContacts(db: Database, forMs = Infinity): Promise<boolean> {
  const until = performance.now() + forMs;
  try {
    while ((await keepSignupContacts(db, MARKS_A_TIME)) === MARKS_A_TIME) {
      if (performance.now() >= until) return true;
    }
  } catch (error) {
    if (!hasCode(error, LOCK_NOT_AVAILABLE)) throw error;
  }
  return false;
}
