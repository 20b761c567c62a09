import type { FastifyReply } from "fastify";
import { z } from "zod";

/** Pages of a few lines for phones, written by hand: no script, nothing loaded. */

export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** How a route describes that it answers with such a page. */
export const aPage = (description: string) => ({
  description,
  content: { "text/html": { schema: z.string() } },
});

/** How a route describes that it answers with words alone. */
export const aText = (description: string) => ({
  description,
  content: { "text/plain": { schema: z.string() } },
});

export type PlainPage = {
  readonly title: string;
  readonly text: string;
  /** Tags for the head, escaped already. */
  readonly head?: readonly string[];
  readonly link?: { readonly href: string; readonly text: string };
};

const STYLE =
  "body{margin:0;display:grid;place-items:center;min-height:100vh;font:16px/1.6 system-ui,sans-serif;color:#1f2329;background:#f5f6f7}main{padding:32px;max-width:420px;text-align:center}h1{font-size:18px}a{color:#1d4ed8}img{display:none}";

export function sendPlainPage(reply: FastifyReply, { title, text, head = [], link }: PlainPage): FastifyReply {
  const more = link ? `<p><a href="${escapeHtml(link.href)}">${escapeHtml(link.text)}</a></p>` : "";
  const html = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(title)}</title><link rel="icon" href="data:,">${head.join("")}<style>${STYLE}</style></head><body><main><h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>${more}</main></body></html>`;
  return reply
    .type("text/html; charset=utf-8")
    .header(
      "content-security-policy",
      "default-src 'none'; style-src 'unsafe-inline'; img-src https: data:; base-uri 'none'",
    )
    .serializer(String)
    .send(html);
}
