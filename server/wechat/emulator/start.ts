import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { z } from "zod";
import { Fault, Faults } from "../../wecom/emulator/faults.ts";
import { authorizePage } from "./authorize.ts";
import { answerCall, type Said } from "./calls.ts";
import { WechatState } from "./state.ts";

/**
 * Stands for https://api.weixin.qq.com and https://open.weixin.qq.com. Begins empty: seed it through `state`, or by its control API.
 */
export type WechatEmulator = {
  /** Without a trailing slash. */
  readonly url: string;
  readonly state: WechatState;
  readonly faults: Faults;
  /** Paths that were asked, in their order. */
  readonly asked: string[];
  close(): Promise<void>;
};

type Options = { readonly port?: number; readonly host?: string; readonly now?: () => number };
type Parts = { readonly state: WechatState; readonly faults: Faults; readonly asked: string[] };

const BODY_BYTES_MAX = 1_000_000;
const ASKED_MAX = 10_000;

export async function startWechatEmulator(options: Options = {}): Promise<WechatEmulator> {
  const { port = 0, host = "127.0.0.1", now = Date.now } = options;
  const parts = { state: new WechatState(now), faults: new Faults(), asked: [] as string[] };
  const server = createServer((request, response) => {
    answer(parts, request, response).catch((error: unknown) => {
      console.error(error);
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the stand-in listens on no port");
  return {
    ...parts,
    url: `http://${host}:${address.port}`,
    async close() {
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", `http://${request.headers.host ?? "127.0.0.1"}`);
  const body = await bodyOf(request);
  if (url.pathname === "/connect/oauth2/authorize") {
    const { status, html, location } = authorizePage(parts.state, url);
    response
      .writeHead(status, { "content-type": "text/html; charset=UTF-8", ...(location ? { location } : {}) })
      .end(html);
    return;
  }
  if (url.pathname.startsWith("/emulator/")) {
    control(parts, { url, body, request }, response);
    return;
  }
  const { asked, faults, state } = parts;
  if (asked.length < ASKED_MAX) asked.push(url.pathname);
  const fault = faults.take(url.pathname);
  if (fault?.kind === "errcode") return say(response, { errcode: fault.errcode, errmsg: "injected" });
  if (fault?.kind === "http500" || fault?.kind === "http502") {
    response.writeHead(fault.kind === "http500" ? 500 : 502).end();
    return;
  }
  if (fault?.kind === "cutBefore") {
    response.destroy();
    return;
  }
  const ip = (request.socket.remoteAddress ?? "").replace(/^::ffff:/, "");
  const said = answerCall(state, {
    path: url.pathname,
    method: request.method ?? "GET",
    query: url.searchParams,
    body,
    ip,
  });
  // From here on it is done, whatever becomes of the answer.
  if (fault?.kind === "slow") await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
  if (fault?.kind === "cutAfter") response.destroy();
  else if (fault?.kind === "malformed") response.end('{"openid":');
  else if (fault?.kind === "extraFields") say(response, { new_field: [1], ...said });
  else if (said === null) response.writeHead(404).end();
  else say(response, said);
}

/** As WeChat does: JSON that calls itself text. */
function say(response: ServerResponse, said: Said): void {
  response.writeHead(200, { "content-type": "text/plain" }).end(JSON.stringify(said));
}

const NewApp = z.object({
  kind: z.enum(["official", "miniProgram"]),
  appId: z.string().optional(),
  secret: z.string().optional(),
  bound: z.boolean().optional(),
  returnDomains: z.array(z.string()).optional(),
  ipList: z.array(z.string()).nullable().optional(),
  pages: z.array(z.string()).optional(),
  personal: z.boolean().optional(),
});
const NewUser = z.object({
  id: z.string().regex(/^[\w-]{1,40}$/),
  nickname: z.string().optional(),
  headimgurl: z.string().optional(),
  snapshot: z.boolean().optional(),
  limited: z.boolean().optional(),
});
const MiniCode = z.object({ appId: z.string(), userId: z.string() });

type Controlling = {
  readonly url: URL;
  readonly body: Readonly<Record<string, unknown>>;
  readonly request: IncomingMessage;
};

/** For browser tests and for trying out: what a phone or the console would do. */
function control({ state, faults }: Parts, { url, body, request }: Controlling, response: ServerResponse): void {
  const json = (status: number, value: unknown) =>
    void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
  // A page of somebody else must not drive the stand-in through the visitor's browser.
  if (request.headers.origin !== undefined && request.headers.origin !== url.origin) return json(403, {});
  switch (url.pathname) {
    case "/emulator/apps":
      return json(200, state.addApp(given(NewApp.parse(body))));
    case "/emulator/users":
      return json(200, state.addUser(given(NewUser.parse(body))));
    case "/emulator/mini-code":
      return json(200, { code: state.newCode({ ...MiniCode.parse(body), kind: "mini", scope: "" }) });
    case "/emulator/faults":
      return json(200, faults.add(Fault.parse(body)));
    case "/emulator/state":
      return json(200, { apps: [...state.apps.values()], users: [...state.users.values()] });
    default:
      return json(404, {});
  }
}

/** Without what was not said. */
function given<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > BODY_BYTES_MAX) throw new Error("too large");
    chunks.push(chunk);
  }
  if (size === 0) return {};
  const parsed: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  return z.record(z.string(), z.unknown()).parse(parsed);
}
