import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { EventLogReader } from "#db/event-log-reader.ts";
import type { Database } from "#db/client.ts";
import type { Audience, Grant } from "#domain/op.ts";
import type { Principals } from "../auth/principals.ts";
import type { Principal, StaffPrincipal } from "../auth/principal.ts";
import type { SignIn } from "../auth/sign-in.ts";
import type { ForwardTokens } from "../auth/forward-token.ts";
import type { ViewerTokens } from "../auth/viewer-token.ts";
import type { ShowIndex } from "../followers/show-index.ts";
import type { Directory } from "../live/directory-contract.ts";
import type { TakeOver } from "../room-notes/take-over.ts";
import type { Rehearsals } from "../rehearsal/rehearsals.ts";
import type { Replay } from "../replay/replay.ts";
import type { Histories } from "../review/history.ts";
import { denied, HttpError, notFound, type Refused } from "./failures.ts";
import { grantsIn, maySee, type ShowPlace } from "./access.ts";
import type { Personal } from "./personal.ts";
import type { ShowPlaces } from "./show-places.ts";
import type { Warmup } from "../warmup/warmup.ts";

/** What the routes work with. Made once, in api.ts. */
export type ApiContext = {
  readonly db: Database;
  readonly directory: Directory;
  readonly secret: string;
  readonly publicUrl: string;
  /** What links of viewers begin with now; those of staff begin with `publicUrl`. */
  readonly linkOrigin: () => string;
  readonly signIn: SignIn;
  readonly principals: Principals;
  readonly viewerTokens: ViewerTokens;
  readonly forwardTokens: ForwardTokens;
  readonly places: ShowPlaces;
  readonly personal: Personal;
  readonly showIndex: ShowIndex;
  readonly takeOver: TakeOver;
  readonly warmup: Warmup;
  readonly eventLog: EventLogReader;
  readonly replay: ReplayPort;
  readonly histories: HistoriesPort;
  readonly rehearsals: RehearsalsPort;
  readonly ownOrigin: (request: FastifyRequest) => boolean;
  /** For what does not pass through Fastify, which knows it as `request.ip`. */
  readonly addressOf: (request: IncomingMessage) => string;
  readonly refused: Refused;
};

export type ReplayPort = Pick<Replay, "viewAt" | "windowAt">;
export type HistoriesPort = Pick<Histories, "of">;
export type RehearsalsPort = Pick<Rehearsals, "begin">;

export type ApiInstance = FastifyInstance<Server, IncomingMessage, ServerResponse, FastifyBaseLogger, ZodTypeProvider>;

const unsafe = new Set(["POST", "PUT", "PATCH", "DELETE"]);

/** Who is asking; a write by cookie must come from a page of ours. */
export async function principalOf(request: FastifyRequest, context: ApiContext): Promise<Principal> {
  const { authorization, cookie } = request.headers;
  const principal = await context.principals.fromHeaders({ authorization, cookie });
  if (!principal) throw new HttpError(401, "auth.required");
  if (principal.kind === "staff" && unsafe.has(request.method) && !context.ownOrigin(request)) {
    throw new HttpError(403, "access.origin");
  }
  return principal;
}

export async function staffOf(request: FastifyRequest, context: ApiContext): Promise<StaffPrincipal> {
  const principal = await principalOf(request, context);
  if (principal.kind !== "staff") throw denied();
  return principal;
}

export type Entry = {
  readonly principal: Principal;
  readonly place: ShowPlace;
  readonly grants: readonly Grant[];
};

/** The door of a show: who comes, and as what. Whether a show exists is no secret: its id can be guessed by nobody. */
export async function enterShow(request: FastifyRequest, sessionId: string, context: ApiContext): Promise<Entry> {
  const principal = await principalOf(request, context);
  const place = await context.places.find(sessionId);
  if (!place) throw notFound("session");
  return entryOf(principal, place);
}

export function entryOf<P extends Principal>(principal: P, place: ShowPlace): Entry & { readonly principal: P } {
  const grants = grantsIn(principal, place);
  if (grants.length === 0) throw denied();
  return { principal, place, grants };
}

export function requireSight({ grants }: Entry, audience: Audience): void {
  if (!maySee(grants, audience)) throw denied();
}
