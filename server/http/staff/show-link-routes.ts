import { z } from "zod";
import { BusyError } from "../../live/directory-contract.ts";
import { servesRoom } from "../../wechat/app-secrets.ts";
import { isWechatFailure, WechatError } from "../../wechat/wechat-error.ts";
import type { Wechat } from "../../wechat/wechat.ts";
import { rolesIn } from "../access.ts";
import { enterShow, requireSight, staffOf, type ApiContext, type ApiInstance } from "../context.ts";
import { denied, rejected } from "../failures.ts";
import { At, failures, IdParams, RejectedBody } from "../shapes.ts";
import { linksOf, LinksShape, type ViewerLinks } from "../viewer/link-routes.ts";
import { MiniPath } from "./wechat-app-shapes.ts";

/** Links of one show that the team hands out: its short one, and the one into the mini program that reserves. */

type Routes = ViewerLinks & { readonly context: ApiContext; readonly wechat: Wechat };

const tags = ["links"];
const PLANNERS: ReadonlySet<string> = new Set(["owner", "manager", "operator", "community"]);
const WAIT_MS = 20_000;

export function serveShowLinks(app: ApiInstance, routes: Routes): void {
  const { context, wechat } = routes;
  app.get(
    "/api/v1/sessions/:id/short-links",
    {
      schema: {
        tags,
        summary: "The short link of this show, on the domain that links use now",
        params: IdParams,
        response: { 200: LinksShape, ...failures },
      },
    },
    async (request) => {
      const entry = await enterShow(request, request.params.id, context);
      requireSight(entry, "control");
      return linksOf(routes, entry.place.sessionId);
    },
  );

  app.post(
    "/api/v1/sessions/:id/reserve-link",
    {
      handlerTimeout: WAIT_MS,
      schema: {
        tags,
        summary: "A link that opens the mini program where it reserves",
        description:
          "For at most 30 days; made anew before it ends wherever a landing page names the mini program without a link.",
        params: IdParams,
        body: z.object({ appId: z.string().max(40), path: MiniPath }),
        response: { 200: z.object({ url: z.string(), expiresAt: At }), ...failures, 409: RejectedBody },
      },
    },
    async (request) => {
      const asking = await staffOf(request, context);
      const { place } = await enterShow(request, request.params.id, context);
      if (!rolesIn(asking, place.roomId).some((role) => PLANNERS.has(role))) throw denied();
      const { appId, path: page } = request.body;
      const row = (await wechat.apps.list()).find((one) => one.appId === appId && servesRoom(one, place.roomId));
      if (row?.kind !== "miniProgram") throw rejected("reserveLink.noApp");
      const [path = "", query = ""] = page.split("?", 2);
      const made = await wechat.urlLinks.linkTo({ appId, path, query }).catch((error: unknown) => {
        throw answerTo(error);
      });
      if (!made) throw rejected("reserveLink.noSecret");
      return made;
    },
  );
}

/** What WeChat says of a page that it makes no link to. */
const REFUSALS: Readonly<Record<number, string>> = {
  40_165: "reserveLink.path",
  40_212: "reserveLink.query",
  85_079: "reserveLink.notPublished",
  43_104: "reserveLink.notAllowed",
  48_001: "reserveLink.notAllowed",
  40_164: "reserveLink.ip",
  45_009: "reserveLink.tooMany",
  85_400: "reserveLink.tooMany",
};

function answerTo(error: unknown): unknown {
  if (!isWechatFailure(error)) return error;
  if (!(error instanceof WechatError)) return new BusyError(error.retryAfterMs, error);
  const code = REFUSALS[error.errcode];
  if (code !== undefined) return rejected(code, { errcode: error.errcode, ip: error.ip });
  if (error.trouble === "busy") return new BusyError(1_000, error);
  return rejected("reserveLink.refused", { errcode: error.errcode });
}
