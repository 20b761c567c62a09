import type { FastifyRequest } from "fastify";
import { sha256Hex } from "../../auth/ids.ts";
import { addressGroup } from "../../lib/address-group.ts";
import { RateWindow } from "../../lib/rate-window.ts";
import { denied, HttpError } from "../failures.ts";

/**
 * What the link of a 员工转发 opens at all, in one list: whatever else is ever added to the API stays closed to it. Which list, and whose, the routes look at.
 */
const OPEN: ReadonlySet<string> = new Set([
  "GET /api/v1/forward",
  "GET /api/v1/forward/members/:memberId",
  "POST /api/v1/forward/members/:memberId/ticks",
]);

const WINDOW_MS = 60_000;
/** A whole team asks by one link every few seconds, mostly from one address. */
const BY_LINK = 6_000;
const BY_ADDRESS = 2_000;

const BEARER = /^Bearer (k[fm]\.[!-~]{1,1000})$/i;

/** The token of such a link, where the request carries one. */
export function forwardTokenOf({ authorization }: { readonly authorization?: string | undefined }): string | undefined {
  return BEARER.exec(authorization ?? "")?.[1];
}

/** Throws for what such a link may not ask for, or not so often. */
export function createForwardGuard(): (request: FastifyRequest) => void {
  const byLink = new RateWindow({ limit: BY_LINK, windowMs: WINDOW_MS });
  const byAddress = new RateWindow({ limit: BY_ADDRESS, windowMs: WINDOW_MS });
  return (request) => {
    const token = forwardTokenOf(request.headers);
    if (token === undefined) return;
    const now = performance.now();
    const retryAfterMs = byAddress.take(addressGroup(request.ip), now) || byLink.take(sha256Hex(token), now);
    if (retryAfterMs > 0) throw new HttpError(429, "http.tooMany", { retryAfterMs });
    if (!OPEN.has(`${request.method} ${request.routeOptions.url ?? ""}`)) throw denied();
  };
}
