import type { FastifyRequest } from "fastify";
import { z } from "zod";
import type { ViewerPrincipal } from "../../auth/principal.ts";
import { addressGroup } from "../../lib/address-group.ts";
import type { RateWindow } from "../../lib/rate-window.ts";
import { enterShow, entryOf, type ApiContext, type Entry } from "../context.ts";
import { denied, HttpError } from "../failures.ts";

/** Of a link (`?s=`), as the team named it. */
export const SourceCode = z.string().regex(/^[A-Za-z0-9_-]{1,32}$/);

export type ViewerEntry = Entry & { readonly principal: ViewerPrincipal };

/** A viewer of a show that was asked for before: nothing has to be waited for. `undefined`: somebody, or a show, that is to be looked up. */
export function knownViewer(request: FastifyRequest, sessionId: string, context: ApiContext): ViewerEntry | undefined {
  const place = context.places.known(sessionId);
  const principal = place && context.principals.viewer(request.headers);
  return principal && entryOf(principal, place);
}

export async function enterAsViewer(
  request: FastifyRequest,
  sessionId: string,
  context: ApiContext,
): Promise<ViewerEntry> {
  const known = knownViewer(request, sessionId, context);
  if (known) return known;
  const { principal, place } = await enterShow(request, sessionId, context);
  if (principal.kind !== "viewer") throw denied();
  return entryOf(principal, place);
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
