import { StoreUnavailableError } from "#db/event-store-contract.ts";
import { DeadlineError } from "./lifecycle.ts";

/** Codes of postgres.js, of sockets and of PostgreSQL itself that say "not now": refused, cut, starting, stopping, too many, too slow. */
const awayCodes = new Set(
  `CONNECTION_CLOSED CONNECTION_ENDED CONNECTION_DESTROYED CONNECT_TIMEOUT ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT
  57P01 57P02 57P03 57014 53300 55P03 40001 40P01`.split(/\s+/),
);

/** Whether an error, or one of its causes, says that the database can't answer now and may be asked again. */
export function isDatabaseAway(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if (at instanceof StoreUnavailableError || at instanceof DeadlineError) return true;
    if ("code" in at && typeof at.code === "string" && awayCodes.has(at.code)) return true;
  }
  return false;
}
