import type { FastifyRequest } from "fastify";
import { SHARE_TOKEN } from "../auth/principals.ts";
import { sha256Hex } from "../auth/ids.ts";
import { addressGroup } from "../lib/address-group.ts";
import { RateWindow } from "../lib/rate-window.ts";
import { denied, HttpError } from "./failures.ts";

/**
 * What a share link opens at all, in one list: whatever else is ever added to the API stays closed to it. Which show, and how much of it, the
 * routes look at. A link goes from hand to hand, so how often one is used is bounded, and so is how often one address tries.
 */
const OPEN: ReadonlySet<string> = new Set([
  "/api/v1/share",
  "/api/v1/sessions/:id/view",
  "/api/v1/sessions/:id/replay",
  "/api/v1/sessions/:id/timeline",
  "/api/v1/sessions/:id/history",
]);

const WINDOW_MS = 60_000;
/** A review that is dragged through asks several times a second, and several people may read at once. */
const BY_LINK = 1_800;
const BY_ADDRESS = 1_200;

const BEARER = new RegExp(`^Bearer (${SHARE_TOKEN}[!-~]{1,1000})$`, "i");

/** The token of a share link, where the request carries one. */
export function shareTokenOf({ authorization }: { readonly authorization?: string | undefined }): string | undefined {
  return BEARER.exec(authorization ?? "")?.[1];
}

/** Throws for what a share link may not ask for, or not so often. */
export function createShareGuard(): (request: FastifyRequest) => void {
  const byLink = new RateWindow({ limit: BY_LINK, windowMs: WINDOW_MS });
  const byAddress = new RateWindow({ limit: BY_ADDRESS, windowMs: WINDOW_MS });
  return (request) => {
    const token = shareTokenOf(request.headers);
    if (token === undefined) return;
    const now = performance.now();
    const retryAfterMs = byAddress.take(addressGroup(request.ip), now) || byLink.take(sha256Hex(token), now);
    if (retryAfterMs > 0) throw new HttpError(429, "http.tooMany", { retryAfterMs });
    const isRead = request.method === "GET" || request.method === "HEAD";
    if (!isRead || !OPEN.has(request.routeOptions.url ?? "")) throw denied();
  };
}
