import { z } from "zod";
import { answerToWord, WORD_PATH } from "../links/domain-word.ts";
import type { LinkDomains } from "../links/link-domains.ts";
import { createPreviewCards } from "../links/preview-card.ts";
import type { ShowCodes } from "../links/show-codes.ts";
import { pageOfLink, readShortLink } from "../links/short-link.ts";
import { UnknownSessionError } from "../live/directory-contract.ts";
import type { AppSecrets } from "../wechat/app-secrets.ts";
import type { ApiContext, ApiInstance } from "./context.ts";
import { notFound } from "./failures.ts";
import { aPage, aText, escapeHtml, sendPlainPage } from "./plain-page.ts";
import { failures } from "./shapes.ts";

export type ShortLinkRoutes = {
  readonly context: ApiContext;
  readonly showCodes: ShowCodes;
  readonly domains: LinkDomains;
  readonly apps: AppSecrets;
};

const tags = ["links"];

/** What browsers and WeChat's own machines fetch outside /api: short links, proof that a domain leads here, and the files by which WeChat checks one. */
export function serveShortLinks(app: ApiInstance, routes: ShortLinkRoutes): void {
  serveLink(app, routes);
  serveWord(app, routes);
  serveVerifyFile(app, routes);
}

/** A page rather than a redirect: what a chat reads of it is the card it shows. Whoever taps it is led on without a script. */
function serveLink(app: ApiInstance, { context, showCodes, domains }: ShortLinkRoutes): void {
  const cardOf = createPreviewCards(context.directory);
  app.get(
    "/s/:code",
    {
      schema: {
        tags,
        summary: "A short link: a card for chats, and on to the page",
        security: [],
        params: z.object({ code: z.string().max(160) }),
        response: {
          200: aPage("The card, and on to the page"),
          404: aPage("No show has this link"),
          503: failures[503],
        },
      },
    },
    async (request, reply) => {
      const link = readShortLink(request.params.code);
      const sessionId = link && (await showCodes.sessionOf(link.showCode));
      const card = sessionId === undefined ? null : await cardOf(sessionId).catch(noSuchShow);
      if (!link || sessionId === undefined || !card) {
        return sendPlainPage(reply.code(404).header("cache-control", "no-store"), {
          title: "链接无效",
          text: "这个链接没有对应的直播,可能抄错了一位。请向发链接的人再要一次。No show has this link.",
        });
      }
      const page = pageOfLink(sessionId, link);
      const origin = domains.origin();
      const picture = card.picture?.startsWith("/") ? `${origin}${card.picture}` : card.picture;
      const facts = { title: card.title, description: card.text, image: picture };
      const told = Object.entries(facts).flatMap(([name, value]) =>
        value ? [[name, escapeHtml(value)] as const] : [],
      );
      void reply.header("cache-control", "public, max-age=30").header("x-robots-tag", "noindex");
      return sendPlainPage(reply, {
        title: card.title,
        text: card.text,
        head: [
          `<meta http-equiv="refresh" content="0;url=${escapeHtml(page)}">`,
          `<meta name="description" content="${escapeHtml(card.text)}">`,
          `<meta property="og:type" content="website">`,
          ...told.map(([name, value]) => `<meta property="og:${name}" content="${value}">`),
          ...told.map(([name, value]) => `<meta itemprop="${name === "title" ? "name" : name}" content="${value}">`),
        ],
        link: { href: page, text: "进入页面 · Go on" },
      });
    },
  );
}

function noSuchShow(error: unknown): null {
  if (error instanceof UnknownSessionError) return null;
  throw error;
}

function serveWord(app: ApiInstance, { context }: ShortLinkRoutes): void {
  app.get(
    WORD_PATH,
    {
      schema: {
        tags,
        summary: "Proof that this domain leads to this house",
        security: [],
        querystring: z.object({ word: z.string().regex(/^[0-9A-Za-z]{16,64}$/) }),
        response: { 200: aText("The word"), ...failures },
      },
    },
    async (request, reply) =>
      reply
        .type("text/plain; charset=utf-8")
        .header("cache-control", "no-store")
        .serializer(String)
        .send(answerToWord(context.secret, request.query.word)),
  );
}

/** WeChat fetches it from a domain that is entered as ours; its text is the word in its name. */
function serveVerifyFile(app: ApiInstance, { apps }: ShortLinkRoutes): void {
  app.get(
    "/MP_verify_:word.txt",
    {
      schema: {
        tags,
        summary: "The file by which WeChat checks a domain",
        security: [],
        params: z.object({ word: z.string().regex(/^[0-9A-Za-z]{4,64}$/) }),
        response: { 200: aText("The word"), ...failures },
      },
    },
    async (request, reply) => {
      const { word } = request.params;
      const known = (await apps.list()).some(({ verifyFile }) => verifyFile === `MP_verify_${word}.txt`);
      if (!known) throw notFound("wechatApp");
      return reply.type("text/plain; charset=utf-8").serializer(String).send(word);
    },
  );
}
