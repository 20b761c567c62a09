import type { Principal } from "../auth/principal.ts";
import { RateWindow } from "../lib/rate-window.ts";
import { HttpError } from "./failures.ts";

/** A page asks for one stretch of the past at a time, so one link serves a few readers at once. */
const AT_ONCE = 2;
const AGAIN_MS = 1_000;
/** A piece is a minute at least, or ten of them: far more than dragging through a show takes. */
const RATE = { limit: 600, windowMs: 60_000 };

/**
 * Folding the past keeps a core busy, and a link may be in anybody's hands: what one link may ask for at a time, and in a minute. A piece of work
 * holds its turn until it is done, also where whoever asked has hung up.
 */
export function createShareTurns(): <T>(principal: Principal, work: () => Promise<T>) => Promise<T> {
  const running = new Map<string, number>();
  const rate = new RateWindow(RATE);
  return async (principal, work) => {
    if (principal.kind !== "share") return work();
    const { shareId } = principal;
    const others = running.get(shareId) ?? 0;
    if (others >= AT_ONCE) throw new HttpError(429, "http.tooMany", { retryAfterMs: AGAIN_MS });
    const retryAfterMs = rate.take(shareId, performance.now());
    if (retryAfterMs > 0) throw new HttpError(429, "http.tooMany", { retryAfterMs });
    running.set(shareId, others + 1);
    try {
      return await work();
    } finally {
      const left = (running.get(shareId) ?? 1) - 1;
      if (left > 0) running.set(shareId, left);
      else running.delete(shareId);
    }
  };
}
