import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { World } from "../state/world.ts";
import { qrPng } from "./qr-code.ts";
import { openAs, type PageAnswer, signInPage, signInPaths } from "./sign-in-page.ts";

const types: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
};

/** Everything that is neither the API nor the control API: phones, codes, pictures, sign-in. Unknown: an empty 404. */
export async function answerPage(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", `http://${request.headers.host ?? "127.0.0.1"}`);
  const { pathname } = url;
  if (pathname === "/") return sendAsset(response, "index.html");
  const [, asset] = /^\/assets\/([\w-]+\.(?:css|js))$/.exec(pathname) ?? [];
  if (asset !== undefined) return sendAsset(response, asset);
  if (signInPaths.has(pathname)) return sendPage(response, signInPage(world, url, request.headers.cookie ?? ""));
  if (pathname === "/open") return sendPage(response, openAs(world, url));
  const [, kind, configId] = /^\/(qr|scan)\/((?:join|contact)\/[0-9a-f]{32})$/.exec(pathname) ?? [];
  if (configId !== undefined && isKnown(world, configId)) {
    if (kind === "scan") return sendPage(response, { status: 302, location: `/?scan=${encodeURIComponent(configId)}` });
    return sendBytes(response, "image/png", qrPng(`${url.origin}/scan/${configId}`));
  }
  const [, mediaId] = /^\/media\/(\w+)$/.exec(pathname) ?? [];
  const picture = mediaId === undefined ? undefined : world.pictures.get(mediaId);
  if (picture) return sendBytes(response, picture.type, picture.bytes);
  response.writeHead(404).end();
}

function isKnown(world: World, code: string): boolean {
  const [kind, configId = ""] = code.split("/");
  return [...world.corps.values()].some((corp) => (kind === "join" ? corp.joinWays : corp.contactWays).has(configId));
}

async function sendAsset(response: ServerResponse, name: string): Promise<void> {
  const type = types[name.split(".").at(-1) ?? ""] ?? "text/plain";
  let bytes: Buffer;
  try {
    bytes = await readFile(new URL(`assets/${name}`, import.meta.url));
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (!isMissing) throw error;
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    "content-type": type,
    "cache-control": "no-store",
    "content-security-policy": "default-src 'self'; img-src 'self' data:; style-src 'self'",
  });
  response.end(bytes);
}

function sendBytes(response: ServerResponse, type: string, bytes: Buffer): void {
  response.writeHead(200, { "content-type": type, "content-length": bytes.length }).end(bytes);
}

function sendPage(response: ServerResponse, { status, html, location, cookie }: PageAnswer): void {
  response.writeHead(status, {
    ...(html === undefined ? {} : { "content-type": types["html"] }),
    ...(location === undefined ? {} : { location }),
    ...(cookie === undefined ? {} : { "set-cookie": cookie }),
    "cache-control": "no-store",
  });
  response.end(html);
}
