import type { FastifyRequest } from "fastify";
import type { ViewerPrincipal } from "../../auth/principal.ts";
import { addressGroup } from "../../lib/address-group.ts";
import type { RateWindow } from "../../lib/rate-window.ts";
import { enterShow, entryOf, type ApiContext, type Entry } from "../context.ts";
import { denied, HttpError } from "../failures.ts";

export type ViewerEntry = Entry & { readonly principal: ViewerPrincipal };

/** Claims come by the thousand a second: in a known show nothing has to be waited for. */
export function enterAsViewer(
  request: FastifyRequest,
  sessionId: string,
  context: ApiContext,
): ViewerEntry | Promise<ViewerEntry> {
  const principal = context.principals.viewer(request.headers);
  const place = context.places.known(sessionId);
  if (principal && place) return entryOf(principal, place);
  return enterShow(request, sessionId, context).then((entry) => {
    if (entry.principal.kind !== "viewer") throw denied();
    return entryOf(entry.principal, entry.place);
  });
}

const loopback = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);

/** Whom a request is counted under; `null`: it comes from this machine. */
export function addressOf({ ip }: FastifyRequest): string | null {
  return loopback.has(ip) ? null : addressGroup(ip);
}

/** Throws when too many came from one address. */
export function holdPace(request: FastifyRequest, rate: RateWindow): void {
  const address = addressOf(request);
  const retryAfterMs = address === null ? 0 : rate.take(address, performance.now());
  if (retryAfterMs > 0) throw new HttpError(429, "http.tooMany", { retryAfterMs });
}
