import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { contactByExternal } from "#db/queries/wecom-contacts.ts";
import { Id } from "#domain/units.ts";
import { STAND_IN_CORP } from "#domain/wecom-stand-in.ts";
import { createCompletions, createWechatStates } from "../../auth/wechat-state.ts";
import { RateWindow } from "../../lib/rate-window.ts";
import { BusyError } from "../../live/directory-contract.ts";
import { servesRoom } from "../../wechat/app-secrets.ts";
import { demoApp, demoKey } from "../../wechat/demo-key.ts";
import { isWechatFailure, WechatError } from "../../wechat/wechat-error.ts";
import type { ApiInstance } from "../context.ts";
import { notFound, rejected } from "../failures.ts";
import { failures, IdParams, RejectedBody } from "../shapes.ts";
import { letIn, SignedInShape } from "./sign-in-answer.ts";
import { isRehearsal, placeOf, visitorIn, type SignInParts, type ViewerSignIn } from "./sign-in-parts.ts";
import { holdPace } from "./viewer-entry.ts";
import { serveBack, serveStart, START } from "./wechat-way-routes.ts";

/** Viewers by WeChat: pages by the 公众号, embedders by their mini program, rehearsals by a name. Nobody has to: an anonymous visitor stays one. */

const tags = ["viewers"];
/** Many phones stand behind one address of a carrier. */
const TRIES = { limit: 600, windowMs: 60_000 };
const response = { 200: SignedInShape, ...failures, 409: RejectedBody };
const Nonce = z.string().regex(/^[\w-]{22,128}$/);
const Code = z.string().min(1).max(512);

export function serveViewerSignIn(app: ApiInstance, deps: ViewerSignIn): void {
  const tries = new RateWindow(TRIES);
  const { secret } = deps.context;
  const parts = {
    ...deps,
    states: createWechatStates(secret),
    completions: createCompletions(secret),
    hold: (request: FastifyRequest) => holdPace(request, tries),
  };
  serveOffer(app, parts);
  serveStart(app, parts);
  serveBack(app, parts);
  serveCompletion(app, parts);
  serveMiniProgram(app, parts);
  serveDemo(app, parts);
}

function serveOffer(app: ApiInstance, { context, wechat }: SignInParts): void {
  app.get(
    "/api/v1/viewer/sessions/:id/sign-in",
    {
      schema: {
        tags,
        summary: "How viewers of this show can say who they are",
        security: [],
        params: IdParams,
        response: {
          200: z.object({
            wechat: z.object({ start: z.string() }).nullable(),
            demo: z.boolean(),
            miniPrograms: z.array(z.object({ appId: z.string() })),
          }),
          ...failures,
        },
      },
    },
    async (request, reply) => {
      const sessionId = request.params.id;
      const { roomId } = await placeOf(context, sessionId);
      const rehearsal = await isRehearsal(context, sessionId);
      const [official, mini] = await Promise.all([
        wechat.apps.appFor(roomId, "official"),
        wechat.apps.appFor(roomId, "miniProgram"),
      ]);
      void reply.header("cache-control", "public, max-age=10");
      return {
        // A rehearsal's people are made up: nobody true signs in among them.
        wechat: official && !rehearsal ? { start: new URL(START, context.publicUrl).href } : null,
        demo: rehearsal,
        miniPrograms: mini && !rehearsal ? [{ appId: mini.row.appId }] : [],
      };
    },
  );
}

function serveCompletion(app: ApiInstance, { context, wechat, completions, hold }: SignInParts): void {
  app.post(
    "/api/v1/viewer/sessions/:id/sign-in",
    {
      schema: {
        tags,
        summary: "Be who WeChat said",
        description: "With the visitor's token as bearer what the visitor had is the person's. May be sent again.",
        params: IdParams,
        body: z.object({ completion: z.string().max(4_000), nonce: Nonce }),
        response,
      },
    },
    async (request, reply) => {
      hold(request);
      const sessionId = request.params.id;
      await placeOf(context, sessionId);
      const { completion, nonce } = request.body;
      const user = completions.open(completion, { sessionId, nonce }, Date.now());
      if (!user) throw rejected("signIn.stale");
      const visitorId = visitorIn(request, context, sessionId);
      void reply.header("cache-control", "no-store");
      return letIn({ context, knownAs: wechat.knownAs }, sessionId, { ...user, visitorId });
    },
  );
}

function serveMiniProgram(app: ApiInstance, { context, wechat, hold }: SignInParts): void {
  app.post(
    "/api/v1/viewer/mini-program",
    {
      schema: {
        tags,
        summary: "For embedders: whom the code of wx.login is of",
        description: "The session key of WeChat's answer is thrown away.",
        body: z.object({ sessionId: Id, appId: z.string().regex(/^[A-Za-z0-9]{1,40}$/), code: Code }),
        response,
      },
    },
    async (request, reply) => {
      hold(request);
      const { sessionId, appId, code } = request.body;
      const { roomId } = await placeOf(context, sessionId);
      const app = (await isRehearsal(context, sessionId)) ? null : await wechat.apps.appById(appId);
      if (app?.row.kind !== "miniProgram" || !servesRoom(app.row, roomId)) throw notFound("wechatApp");
      const user = await app.client.userOfMiniCode(code).catch((error: unknown) => {
        throw answerTo(error);
      });
      const visitorId = visitorIn(request, context, sessionId);
      const { nickname: name, ...keys } = user;
      void reply.header("cache-control", "no-store");
      return letIn({ context, knownAs: wechat.knownAs }, sessionId, { appId, name, ...keys, visitorId });
    },
  );
}

/** A code that may have been used is no reason to send the same again: whoever is told to come back brings a new one. */
function answerTo(error: unknown): unknown {
  if (!isWechatFailure(error)) return error;
  if (!(error instanceof WechatError)) return new BusyError(error.retryAfterMs, error);
  switch (error.trouble) {
    case "code":
      return rejected("signIn.code");
    case "limited":
      return rejected("signIn.limited");
    case "busy":
      return new BusyError(1_000, error);
    case "setup":
    case "token":
    case "refused":
      return rejected("signIn.setup", { errcode: error.errcode });
  }
}

function serveDemo(app: ApiInstance, { context, wechat, hold }: SignInParts): void {
  app.post(
    "/api/v1/viewer/sessions/:id/demo-sign-in",
    {
      schema: {
        tags,
        summary: "In rehearsals: sign in as anybody, by a name",
        description:
          "The same name is the same person, on any phone; so is the same customer of 示例企业, in any rehearsal.",
        params: IdParams,
        body: z.object({
          name: z.string().trim().min(1).max(20),
          customer: Id.optional().describe(
            "external_userid in 示例企业 of whose phone it is; 404 where its people were not read yet",
          ),
        }),
        response,
      },
    },
    async (request, reply) => {
      hold(request);
      const sessionId = request.params.id;
      await placeOf(context, sessionId);
      if (!(await isRehearsal(context, sessionId))) throw notFound("signIn");
      const { name, customer } = request.body;
      const appId = demoApp(sessionId);
      const unionid = customer === undefined ? null : await unionidInStandIn(context, customer);
      const visitorId = visitorIn(request, context, sessionId);
      const keys = { openid: demoKey(sessionId, customer ?? name), unionid, pictureUrl: null };
      void reply.header("cache-control", "no-store");
      return letIn({ context, knownAs: wechat.knownAs }, sessionId, { appId, name, ...keys, visitorId });
    },
  );
}

/** As a true shop's WeChat tells it with whoever signs in. Looked up in the one company that is made up, so that nobody true can be meant. */
async function unionidInStandIn({ db }: SignInParts["context"], customer: string): Promise<string> {
  const contact = await contactByExternal(db, STAND_IN_CORP, customer);
  if (contact?.unionid == null) throw notFound("person");
  return contact.unionid;
}
