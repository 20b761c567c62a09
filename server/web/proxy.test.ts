import { createServer, type IncomingHttpHeaders, request, type Server } from "node:http";
import path from "node:path";
import Fastify from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "#tests/support/ports.ts";
import { tempDir } from "#tests/support/temp-dir.ts";
import type { PageSecurity } from "#server/web/page-security.ts";
import { proxyToNext, routeUpgrades } from "#server/web/proxy.ts";

const place = tempDir("proxy");
const socketPath = path.join(place.dir, "next.sock");
const security: PageSecurity = {
  withNonce: (nonce) => `script-src 'nonce-${nonce}'`,
  prerendered: "script-src 'sha256-build'",
};
let seen: IncomingHttpHeaders = {};
let ready = true;
const refusals: string[] = [];
let upstream: Server;
let port = 0;
const app = Fastify();

beforeAll(async () => {
  upstream = createServer((incoming, outgoing) => {
    seen = incoming.headers;
    outgoing.setHeader("content-type", "text/html; charset=utf-8");
    outgoing.setHeader("x-powered-by", "something");
    if (incoming.url === "/built") outgoing.setHeader("x-nextjs-prerender", "1");
    if (incoming.url === "/viewer") outgoing.setHeader("x-kaibo-prerender", "1");
    if (incoming.url === "/r/kh_1") outgoing.setHeader("referrer-policy", "no-referrer");
    outgoing.end("page");
  });
  upstream.on("upgrade", (_request, socket) => {
    socket.end("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\nhot");
  });
  await new Promise<void>((resolve) => upstream.listen(socketPath, resolve));
  port = await freePort();
  app.get("/api/known", () => "known");
  await proxyToNext(app, {
    socketPath,
    isReady: () => ready,
    security,
    publicUrl: "https://kaibo.example.com",
    refused: (code) => void refusals.push(code),
  });
  routeUpgrades(app.server, { socketPath, dev: true, hasGateway: false });
  await app.listen({ port, host: "127.0.0.1" });
});
afterAll(async () => {
  await app.close();
  upstream.close();
  place.remove();
});

const get = (url: string, headers: Record<string, string> = {}) => fetch(`http://127.0.0.1:${port}${url}`, { headers });

async function upgradeStatus(url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request({
      port,
      host: "127.0.0.1",
      path: url,
      headers: { connection: "Upgrade", upgrade: "websocket" },
    });
    asked.on("upgrade", (response, socket) => {
      socket.destroy();
      resolve(response.statusCode);
    });
    asked.on("response", (response) => resolve(response.statusCode));
    asked.on("error", reject);
    asked.end();
  });
}

describe("one port", () => {
  it("answers its own paths and never shows a program a page instead", async () => {
    expect(await (await get("/api/known")).text()).toBe("known");
    for (const url of ["/api/unknown", "/api", "/hooks/x", "/socket.io/x", "/metrics"]) {
      const answer = await get(url);
      expect([url, answer.status]).toEqual([url, 404]);
      expect(await answer.json()).toEqual({ status: "error", code: "http.notFound" });
    }
    expect(refusals).toEqual(Array.from({ length: 5 }, () => "http.notFound"));
  });

  it("gives Next and the browser the same fresh nonce, whatever the visitor sent", async () => {
    const forged = { "content-security-policy": "script-src *", "x-kaibo-nonce": "forged" };
    const first = await get("/shows", forged);
    const policy = first.headers.get("content-security-policy");
    expect(policy).toMatch(/^script-src 'nonce-[A-Za-z0-9+/=]{24}'$/);
    expect(seen["content-security-policy"]).toBe(policy);
    const second = await get("/shows");
    expect(second.headers.get("content-security-policy")).not.toBe(policy);
  });

  it("allows the scripts of a page from the build by their hashes", async () => {
    for (const url of ["/built", "/viewer"]) {
      const answer = await get(url);
      expect([url, answer.headers.get("content-security-policy")]).toEqual([url, security.prerendered]);
      expect(answer.headers.has("x-kaibo-prerender")).toBe(false);
    }
  });

  it("tells Next under which address it is seen, and the visitor nothing about Next", async () => {
    const answer = await get("/shows");
    expect(seen["x-forwarded-proto"]).toBe("https");
    expect(seen.host).toBe(`127.0.0.1:${port}`);
    expect(answer.headers.get("x-powered-by")).toBeNull();
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("lets a page whose address is a key keep it to itself", async () => {
    expect((await get("/shows")).headers.get("referrer-policy")).toBe("strict-origin-when-cross-origin");
    expect((await get("/r/kh_1")).headers.get("referrer-policy")).toBe("no-referrer");
  });

  it("shows a page that retries by itself while Next is starting", async () => {
    ready = false;
    const answer = await get("/shows");
    ready = true;
    expect(answer.status).toBe(502);
    expect(await answer.text()).toContain("页面正在启动");
  });

  it("pipes hot reload in development and refuses every other upgrade", async () => {
    expect(await upgradeStatus("/_next/hmr")).toBe(101);
    expect(await upgradeStatus("/anything")).toBe(404);
    // Nobody but the gateway would ever end these: looking like its address is not enough.
    expect(await upgradeStatus("/socket.iox/?EIO=4")).toBe(404);
    expect(await upgradeStatus("/socket.io/?EIO=4")).toBe(404);
  });
});
