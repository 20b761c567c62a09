import Fastify, { type FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { Registry } from "prom-client";
import { z } from "zod";
import type { EventLogReader } from "#db/event-log-reader.ts";
import type { Database } from "#db/client.ts";
import { Principals } from "../auth/principals.ts";
import { createForwardTokens } from "../auth/forward-token.ts";
import { createSignIn } from "../auth/sign-in.ts";
import { createLocalTokens } from "../auth/local-token.ts";
import { createRehearsalTokens } from "../auth/rehearsal-token.ts";
import { createViewerTokens } from "../auth/viewer-token.ts";
import { createTakeOver } from "../room-notes/take-over.ts";
import { createWarmup } from "../warmup/warmup.ts";
import { createShowIndex } from "../followers/show-index.ts";
import { clientAddress, createProxyTrust, type ProxyTrust } from "../lib/client-address.ts";
import type { Logger } from "../lib/log.ts";
import type { Directory } from "../live/directory-contract.ts";
import type { Relay } from "../live/relay.ts";
import type { GroupsAndPeople } from "../wecom/groups-and-people.ts";
import type { LinkDomains } from "../links/link-domains.ts";
import type { Wechat } from "../wechat/wechat.ts";
import type { Wecom } from "../wecom/wecom.ts";
import type { ApiContext, ApiInstance, HistoriesPort, RehearsalsPort, ReplayPort } from "./context.ts";
import { answerFailure, failureOf, handleFailures, type Refused } from "./failures.ts";
import { createForwardGuard } from "./forward/forward-guard.ts";
import { serveForward } from "./forward/forward-routes.ts";
import { serveHealth } from "./health.ts";
import { serveIngest } from "./ingest/ingest-routes.ts";
import { acceptJsonOnly, BODY_BYTES_MAX } from "./json-body.ts";
import { describeApi, serveDescription } from "./openapi.ts";
import { createOriginCheck } from "./origin.ts";
import { createPersonal } from "./personal.ts";
import { serveScreens } from "./screen-routes.ts";
import { createShareGuard } from "./share-guard.ts";
import { serveShares } from "./share-routes.ts";
import { createShowPlaces } from "./show-places.ts";
import { createSignInGuard } from "./sign-in-guard.ts";
import { serveSignIn } from "./sign-in-routes.ts";
import { serveWecomSignIn } from "./sign-in/wecom-sign-in-routes.ts";
import { serveCommands } from "./staff/command-routes.ts";
import { serveCopies } from "./staff/copy-routes.ts";
import { serveExports } from "./staff/export-routes.ts";
import { serveImports } from "./staff/import-routes.ts";
import { serveLinks } from "./staff/link-routes.ts";
import { serveLog } from "./staff/log-routes.ts";
import { serveMappings } from "./staff/mapping-routes.ts";
import { serveMedia } from "./staff/media-routes.ts";
import { serveMe } from "./staff/me-routes.ts";
import { servePeople } from "./staff/people-routes.ts";
import { servePeopleOfWecom } from "./staff/people-wecom-routes.ts";
import { servePersons } from "./staff/person-routes.ts";
import { serveCalendar } from "./staff/calendar-routes.ts";
import { servePushes } from "./staff/push-routes.ts";
import { serveQuota } from "./staff/quota-routes.ts";
import { serveReads } from "./staff/read-routes.ts";
import { serveRehearsals } from "./staff/rehearsal-routes.ts";
import { serveReview } from "./staff/review-routes.ts";
import { serveRooms } from "./staff/room-routes.ts";
import { serveShows } from "./staff/show-routes.ts";
import { serveTokens } from "./staff/token-routes.ts";
import { serveTotals } from "./staff/totals-routes.ts";
import { serveTimeline } from "./staff/timeline-routes.ts";
import { serveFirstContacts } from "./staff/first-contact-routes.ts";
import { serveWarmupFigures } from "./staff/warmup-figure-routes.ts";
import { serveWarmupLists } from "./staff/warmup-routes.ts";
import { serveWecomAudience } from "./staff/wecom-audience-routes.ts";
import { serveWecomCodes } from "./staff/wecom-code-routes.ts";
import { serveWecomCorps } from "./staff/wecom-corp-routes.ts";
import { serveWecomGroups } from "./staff/wecom-group-routes.ts";
import { serveWecomIdentities } from "./staff/wecom-identity-routes.ts";
import { serveWecomMembers } from "./staff/wecom-member-routes.ts";
import { serveWecomParts } from "./staff/wecom-part-routes.ts";
import { serveViewerPictures } from "./viewer/picture-routes.ts";
import { serveJoinCode } from "./viewer/join-code-routes.ts";
import { createLinkOpens } from "./viewer/link-opens.ts";
import { serveViewers } from "./viewer/viewer-routes.ts";
import { serveWechat } from "./wechat-routes.ts";
import { validatorOf } from "./validators.ts";

export type ApiDeps = {
  readonly publicUrl: string;
  readonly secret: string;
  /** KAIBO_API_TOKEN. */
  readonly apiToken: string | null;
  readonly db: Database;
  readonly directory: Directory;
  readonly eventLog: EventLogReader;
  readonly log: Logger;
  readonly metrics: Registry;
  readonly refused: Refused;
  /** KAIBO_TRUSTED_PROXIES. */
  readonly trustedProxies: readonly string[];
  /** Rejects when the database does not answer. */
  readonly ping: () => Promise<unknown>;
  readonly replay: ReplayPort;
  readonly histories: HistoriesPort;
  readonly rehearsals: RehearsalsPort;
  readonly wecom: Wecom;
  readonly groupsAndPeople: GroupsAndPeople;
  readonly wechat: Wechat;
  readonly domains: LinkDomains;
  /** The way to other nodes; `null` where there are none, or no Redis. */
  readonly relay: Relay | null;
};

export type Api = {
  /** Not listening yet; pages may still be put behind it. */
  readonly app: FastifyInstance;
  readonly context: ApiContext;
  /** After the app was closed: what is still to be written. */
  readonly close: () => Promise<void>;
};

/** Builds the HTTP side from its parts. Registers everything that is ours; what else comes to the port is the caller's. */
export async function createApi(deps: ApiDeps): Promise<Api> {
  const isTrusted = createProxyTrust(deps.trustedProxies);
  const app = newApp(deps, isTrusted);
  handleFailures(app, deps);
  const context = createContext(deps, isTrusted);
  await app.register(async (scope) => {
    acceptJsonOnly(scope);
    answerInTime(scope);
    const guardShared = createShareGuard();
    const guardForward = createForwardGuard();
    scope.addHook("onRequest", (request, reply, done) => {
      // Lists and logs are what they say they are, also to a browser that is led to them.
      void reply.header("x-content-type-options", "nosniff");
      guardShared(request);
      guardForward(request);
      done();
    });
    const api: ApiInstance = scope.withTypeProvider<ZodTypeProvider>();
    const { authCookies } = await context.signIn.$context;
    await describeApi(api, authCookies.sessionToken.name);
    serveHealth(api, deps);
    const guard = createSignInGuard(deps.relay);
    scope.addHook("onClose", () => guard.close());
    serveSignIn(api, context, guard);
    serveWecomSignIn(api, { context, wecom: deps.wecom });
    serveMe(api, context);
    serveRooms(api, context);
    servePeople(api, context);
    servePeopleOfWecom(api, context);
    servePersons(api, context);
    serveTokens(api, context);
    serveShows(api, context);
    serveLinks(api, context);
    serveScreens(api, context);
    serveShares(api, context);
    serveCommands(api, context);
    serveReads(api, context);
    serveLog(api, context);
    serveTimeline(api, context);
    serveTotals(api, context);
    serveCopies(api, context);
    serveReview(api, context);
    serveExports(api, context);
    await serveImports(api, context, deps.log);
    serveMappings(api, context);
    serveRehearsals(api, context);
    await serveMedia(api, context, deps.secret);
    serveViewerPictures(api, context);
    serveJoinCode(api, { context, groupsAndPeople: deps.groupsAndPeople });
    serveWecomCorps(api, { context, wecom: deps.wecom });
    serveWecomParts(api, { context, wecom: deps.wecom });
    serveWecomGroups(api, context);
    serveWecomMembers(api, { context, groupsAndPeople: deps.groupsAndPeople });
    serveWecomCodes(api, { context, groupsAndPeople: deps.groupsAndPeople });
    serveWecomIdentities(api, context);
    serveWecomAudience(api, context);
    servePushes(api, context);
    serveQuota(api, { context, groupsAndPeople: deps.groupsAndPeople });
    serveCalendar(api, context);
    serveForward(api, { context, wecom: deps.wecom });
    serveWarmupLists(api, context);
    serveWarmupFigures(api, context);
    serveFirstContacts(api, { context, wecom: deps.wecom });
    const { directory, log } = deps;
    const opens = {
      push: createLinkOpens({ directory, log }),
      source: createLinkOpens({ directory, log, of: "source" }),
    };
    scope.addHook("onClose", () => Promise.all([opens.push.close(), opens.source.close(), context.warmup.close()]));
    serveViewers(api, context, opens);
    serveWechat(api, { context, wechat: deps.wechat, domains: deps.domains, log: deps.log });
    serveIngest(api, context);
    serveDescription(api);
  });
  return { app, context, close: () => context.showIndex.close() };
}

function newApp(told: Pick<ApiDeps, "log" | "refused">, trustProxy: ProxyTrust): FastifyInstance {
  const app = Fastify({
    // Failures are logged where they are answered. With a logger of its own Fastify listens to the end of every answer, which costs as much as finding a route.
    logger: false,
    bodyLimit: BODY_BYTES_MAX,
    // Nobody keeps a connection busy with a request that never ends; an upload of 20 MiB over a slow line does end.
    requestTimeout: 300_000,
    trustProxy,
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: "idle",
    // Bad addresses and headers fail before any route is found.
    frameworkErrors: (error, request, reply) => void answerFailure(error, { request, reply, told }),
    clientErrorHandler: (error, socket) => {
      if ("code" in error && error.code === "ECONNRESET") return;
      const { status, code, body } = failureOf({ statusCode: error.code === "HPE_HEADER_OVERFLOW" ? 431 : 400 });
      told.refused(code);
      const text = JSON.stringify(body);
      if (socket.writable) {
        socket.end(
          `HTTP/1.1 ${status} Bad Request\r\ncontent-type: application/json\r\ncontent-length: ${text.length}\r\nconnection: close\r\n\r\n${text}`,
        );
      }
    },
  });
  app.setValidatorCompiler<z.core.$ZodType>(validatorOf);
  // Answers are built by us and typed; schemas of answers are for the description only.
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
  return app;
}

/** Whoever asks is told something within this time, also when the database falls silent in the middle of a question. */
const ANSWER_MS = 10_000;
/** Files on their way in or out, and looks into a past that may have to be folded first, take as long as they are long. */
const LONG_MS = 600_000;
const Long = z.object({ tags: z.tuple([z.literal("imports")]) }).or(z.object({ produces: z.array(z.string()) }));

/** Claims and entries are answered in time by the show's writer itself, and a timer for each of thousands a second is not free. */
const WRITER_ANSWERS = /\/(?:claim|enter|signup)$/;
/** Given to thousands a second out of what is at hand; making it is bounded where it is made. */
const PUBLIC_VIEW = "/api/v1/viewer/sessions/:id";

function answerInTime(scope: FastifyInstance): void {
  scope.addHook("onRoute", (route) => {
    if (WRITER_ANSWERS.test(route.url) || route.url === PUBLIC_VIEW) return;
    route.handlerTimeout ??= Long.safeParse(route.schema).success ? LONG_MS : ANSWER_MS;
  });
}

function createContext(deps: ApiDeps, isTrusted: ProxyTrust): ApiContext {
  const { db, directory, secret, publicUrl, apiToken, log, domains } = deps;
  const signIn = createSignIn({ db, secret, publicUrl });
  const viewerTokens = createViewerTokens(secret);
  const rehearsalTokens = createRehearsalTokens(secret);
  const localTokens = createLocalTokens(secret);
  const forwardTokens = createForwardTokens(secret);
  const origins = createOriginCheck(publicUrl);
  return {
    db,
    directory,
    secret,
    publicUrl,
    linkOrigin: () => domains.origin(),
    signIn,
    viewerTokens,
    forwardTokens,
    principals: new Principals({
      db,
      signIn,
      viewerTokens,
      rehearsalTokens,
      localTokens,
      forwardTokens,
      apiToken,
    }),
    places: createShowPlaces(db, directory),
    personal: createPersonal(db),
    showIndex: createShowIndex({ db, directory, log }),
    takeOver: createTakeOver({ db, directory, log }),
    warmup: createWarmup({ db, directory, log }),
    eventLog: deps.eventLog,
    replay: deps.replay,
    histories: deps.histories,
    rehearsals: deps.rehearsals,
    ownOrigin: (request) => origins.own(request.headers),
    addressOf: (request) => clientAddress(request, isTrusted),
    refused: deps.refused,
  };
}
