import { z } from "zod";
import { lookOfPerson } from "#db/queries/wechat-persons.ts";
import type { Logger } from "../../lib/log.ts";
import { RateWindow } from "../../lib/rate-window.ts";
import type { LinkDomains } from "../../links/link-domains.ts";
import type { ShowCodes } from "../../links/show-codes.ts";
import type { UrlLinks } from "../../wechat/url-links.ts";
import { fetchPicture } from "../../wechat/picture.ts";
import { isWechatFailure } from "../../wechat/wechat-error.ts";
import type { ApiContext, ApiInstance } from "../context.ts";
import { HttpError } from "../failures.ts";
import { At, failures, IdParams } from "../shapes.ts";
import { isRehearsal, placeOf } from "./sign-in-parts.ts";
import { enterAsViewer } from "./viewer-entry.ts";

/** Links that a viewer's page shows: its own short one, the native reservation, and the picture for the poster. */

export type ViewerLinks = {
  readonly context: ApiContext;
  readonly showCodes: ShowCodes;
  readonly domains: LinkDomains;
  readonly urlLinks: UrlLinks;
  readonly log: Logger;
};

const tags = ["viewers"];
export const LinksShape = z.object({
  origin: z.string().describe("The domain that links use now"),
  code: z.string(),
  short: z.string().describe("`<origin>/s/<code>`; parts -i<inviter>, -s<source>, -p<push> may follow"),
});

export async function linksOf({ showCodes, domains }: Pick<ViewerLinks, "showCodes" | "domains">, sessionId: string) {
  const code = await showCodes.codeOf(sessionId);
  const origin = domains.origin();
  return { origin, code, short: `${origin}/s/${code}` };
}

export function serveViewerLinks(app: ApiInstance, routes: ViewerLinks): void {
  serveOwnLinks(app, routes);
  serveReserve(app, routes);
  servePicture(app, routes);
}

function serveOwnLinks(app: ApiInstance, routes: ViewerLinks): void {
  app.get(
    "/api/v1/viewer/sessions/:id/links",
    {
      schema: {
        tags,
        summary: "The short link of this show",
        security: [],
        params: IdParams,
        response: { 200: LinksShape, ...failures },
      },
    },
    async (request, reply) => {
      const { sessionId } = await placeOf(routes.context, request.params.id);
      void reply.header("cache-control", "public, max-age=10");
      return linksOf(routes, sessionId);
    },
  );
}

const Reserve = z.discriminatedUnion("by", [
  z.object({ by: z.literal("miniProgram"), url: z.string(), expiresAt: At.nullable() }),
  z.object({ by: z.literal("card") }),
  z.object({ by: z.null() }),
]);
const MiniReserve = z.object({
  by: z.literal("miniProgram"),
  appId: z.string(),
  path: z.string(),
  urlLink: z.string().nullable(),
});
type MiniReserve = z.infer<typeof MiniReserve>;
type Made = Exclude<z.infer<typeof Reserve>, { by: null }>;
const CARD = { by: "card" } as const;
const Published = z.object({
  settings: z.object({ reserve: z.discriminatedUnion("by", [MiniReserve, z.object({ by: z.literal("card") })]) }),
});

/** A hundred thousand phones ask for the same link, and what WeChat refuses it refuses to each of them. */
const HELD_MS = 30_000;
const HELD_MAX = 500;

function serveReserve(app: ApiInstance, { context, urlLinks, log }: ViewerLinks): void {
  const held = new Map<string, { readonly until: number; readonly answer: Promise<Made> }>();
  const make = async (sessionId: string, reserve: MiniReserve): Promise<Made> => {
    // A rehearsal asks WeChat for nothing.
    if (await isRehearsal(context, sessionId)) return CARD;
    const [path = "", query = ""] = reserve.path.split("?", 2);
    try {
      const made = await urlLinks.linkTo({ appId: reserve.appId, path, query });
      return made ? { by: "miniProgram", ...made } : CARD;
    } catch (error) {
      if (!isWechatFailure(error)) throw error;
      log.warn({ err: error }, "no link into the mini program; viewers are shown the card");
      return CARD;
    }
  };
  const madeFor = (sessionId: string, reserve: MiniReserve): Promise<Made> => {
    const key = JSON.stringify([sessionId, reserve.appId, reserve.path]);
    const now = performance.now();
    const known = held.get(key);
    if (known && known.until > now) return known.answer;
    if (held.size >= HELD_MAX) held.clear();
    const answer = make(sessionId, reserve);
    held.set(key, { until: now + HELD_MS, answer });
    answer.catch(() => held.delete(key));
    return answer;
  };
  app.get(
    "/api/v1/viewer/sessions/:id/reserve",
    {
      schema: {
        tags,
        summary: "Where one tap makes the native reservation",
        description:
          "By the published landing page: a typed link as it stands, else one that is made here; in a rehearsal none is.",
        security: [],
        params: IdParams,
        response: { 200: Reserve, ...failures },
      },
    },
    async (request, reply): Promise<z.infer<typeof Reserve>> => {
      const { sessionId } = await placeOf(context, request.params.id);
      void reply.header("cache-control", "public, max-age=30");
      const { landingPage } = (await context.directory.snapshot(sessionId, "viewer")).slices;
      const rows = landingPage?.kind === "keyed" ? landingPage.rows : [];
      const published = rows.map(([, row]) => Published.safeParse(row).data).find((row) => row !== undefined);
      if (!published) return { by: null };
      const { reserve } = published.settings;
      if (reserve.by === "card") return CARD;
      if (reserve.urlLink !== null) return { by: "miniProgram", url: reserve.urlLink, expiresAt: null };
      return madeFor(sessionId, reserve);
    },
  );
}

/** A poster is drawn now and then; each asks WeChat's picture servers. */
const PICTURES = { limit: 10, windowMs: 60_000 };

function servePicture(app: ApiInstance, { context }: ViewerLinks): void {
  const pace = new RateWindow(PICTURES);
  app.get(
    "/api/v1/viewer/sessions/:id/me/avatar",
    {
      schema: {
        tags,
        summary: "One's own picture in WeChat, for the poster that the phone draws",
        params: IdParams,
        response: { 200: z.unknown().meta({ type: "string", contentMediaType: "image/png, image/jpeg" }), ...failures },
      },
    },
    async (request, reply) => {
      const { principal } = await enterAsViewer(request, request.params.id, context);
      const retryAfterMs = pace.take(principal.personId, performance.now());
      if (retryAfterMs > 0) throw new HttpError(429, "http.tooMany", { retryAfterMs });
      const look = await lookOfPerson(context.db, principal.personId);
      const picture = look?.pictureUrl ? await fetchPicture(look.pictureUrl) : null;
      if (!picture) throw new HttpError(404, "avatar.none");
      return reply
        .type(picture.mime)
        .header("cache-control", "private, max-age=86400")
        .header("content-security-policy", "default-src 'none'")
        .send(picture.bytes);
    },
  );
}
