import { randomBytes } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { connect } from "node:net";
import type { Duplex } from "node:stream";
import httpProxy from "@fastify/http-proxy";
import type { FastifyInstance } from "fastify";
import { fixedHeaders, framedByUs, type PageSecurity } from "./page-security.ts";

/**
 * Everything that is not ours to answer goes to Next. Paths of the API never do: an unknown one
 * is answered here, so that a program never gets a page where it expects JSON.
 */
const ownPaths = /^\/(?:api|hooks|internal|socket\.io|healthz|readyz|metrics)(?:[/?]|$)/;

export type ProxyOptions = {
  socketPath: string;
  isReady: () => boolean;
  security: PageSecurity;
  /** The scheme under which browsers see us, for links that Next builds. */
  publicUrl: string;
  /** Counts what was refused here, by its code. */
  refused: (code: string) => void;
};

export async function proxyToNext(app: FastifyInstance, options: ProxyOptions): Promise<void> {
  const { socketPath, isReady, security, publicUrl, refused } = options;
  await app.register(httpProxy, {
    upstream: `unix+http://${encodeURIComponent(socketPath)}`,
    // Two lines for every file of a page would push the first password, shown once, out of the terminal.
    logLevel: "warn",
    undici: { connections: 64, pipelining: 1 },
    preHandler: (request, reply, done) => {
      if (ownPaths.test(request.url)) {
        refused("http.notFound");
        reply.code(404).send({ status: "error", code: "http.notFound" });
      } else if (!isReady()) {
        reply.code(502).headers(startingHeaders).send(startingPage);
      } else {
        done();
      }
    },
    replyOptions: {
      rewriteRequestHeaders: (request, headers) => requestHeaders(request, headers, { security, publicUrl }),
      rewriteHeaders: (headers, request) => {
        const asked = request?.headers["x-kaibo-nonce"];
        const page = typeof asked === "string" ? { url: request?.url ?? "", nonce: asked } : null;
        return responseHeaders(headers, page, security);
      },
      onError: (reply) => void reply.code(502).headers(startingHeaders).send(startingPage),
    },
  });
}

/**
 * WebSockets: /socket.io belongs to the gateway, which has its own listener. In development
 * Next's hot reload is piped raw. Anything else is refused, and the connection closed.
 */
export function routeUpgrades(
  server: FastifyInstance["server"],
  { socketPath, dev, hasGateway }: { socketPath: string | null; dev: boolean; hasGateway: boolean },
): void {
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const url = request.url ?? "";
    // Exactly as the gateway tells its own: what neither takes would stay open for ever.
    if (hasGateway && url.startsWith("/socket.io/")) return;
    socket.on("error", () => socket.destroy());
    if (dev && socketPath && url.startsWith("/_next/")) pipeUpgrade(request, { socket, head }, socketPath);
    else socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  });
}

type Upgraded = { socket: Duplex; head: Buffer };

function pipeUpgrade(request: IncomingMessage, { socket, head }: Upgraded, path: string): void {
  const upstream = connect(path, () => {
    const lines = [`${request.method} ${request.url} HTTP/1.1`];
    for (let at = 0; at < request.rawHeaders.length; at += 2) {
      lines.push(`${request.rawHeaders[at]}: ${request.rawHeaders[at + 1]}`);
    }
    upstream.write(`${lines.join("\r\n")}\r\n\r\n`);
    if (head.length > 0) upstream.write(head);
    upstream.pipe(socket).pipe(upstream);
  });
  upstream.on("error", () => socket.destroy());
  socket.on("close", () => upstream.destroy());
}

const startingHeaders = {
  ...fixedHeaders,
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "retry-after": "2",
  "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
};

const startingPage = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta http-equiv="refresh" content="2">
<meta name="viewport" content="width=device-width"><title>开播</title>
<body style="font:16px/1.7 system-ui,sans-serif;background:#111;color:#ddd;display:grid;place-items:center;min-height:90vh">
<p>页面正在启动,2 秒后自动重试。场次数据不受影响。<br>The pages are starting; this retries in 2 s. Nothing was lost.</p></body></html>`;

/** Next marks its prerendered pages of `app/`; those of `pages/` are marked in next.config.js. */
const OWN_MARK = "x-kaibo-prerender";
const FROM_BUILD = ["x-nextjs-prerender", OWN_MARK];

type Context = { security: PageSecurity; publicUrl: string };

/**
 * The nonce of a request is made once, where its headers go to Next, and is remembered on the
 * incoming headers, which is all that the answering side gets to see again.
 */
function requestHeaders(
  { url = "", headers: incoming }: { readonly url?: string | undefined; readonly headers: IncomingHttpHeaders },
  outgoing: IncomingHttpHeaders,
  { security, publicUrl }: Context,
): IncomingHttpHeaders {
  const nonce = randomBytes(16).toString("base64");
  incoming["x-kaibo-nonce"] = nonce;
  const headers: IncomingHttpHeaders = {
    ...outgoing,
    host: incoming.host,
    "x-forwarded-host": incoming.host,
    "x-forwarded-proto": new URL(publicUrl).protocol.slice(0, -1),
    "content-security-policy": security.withNonce(nonce, url),
  };
  delete headers["x-middleware-subrequest"];
  return headers;
}

function responseHeaders(
  headers: IncomingHttpHeaders,
  page: { readonly url: string; readonly nonce: string } | null,
  security: PageSecurity,
): IncomingHttpHeaders {
  const isPage = String(headers["content-type"] ?? "").startsWith("text/html");
  const fromBuild = FROM_BUILD.some((name) => headers[name] !== undefined);
  const rest: IncomingHttpHeaders = { ...headers, ...fixedHeaders, ...(fromBuild ? framedByUs : {}) };
  // A page whose address is a key tells it to nobody.
  if (headers["referrer-policy"] === "no-referrer") rest["referrer-policy"] = "no-referrer";
  // Hop-by-hop: about the connection to Next, not about ours.
  for (const name of ["connection", "keep-alive", "x-powered-by", OWN_MARK]) delete rest[name];
  if (isPage) {
    rest["content-security-policy"] =
      fromBuild || page === null ? security.prerendered : security.withNonce(page.nonce, page.url);
  }
  return rest;
}
