import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import pino from "pino";
import { jsonBody } from "#server/wecom/api-call.ts";
import { type PaceLimits } from "#server/wecom/pacing.ts";
import type { SharedPace } from "#server/wecom/shared-pace.ts";
import { noShelf, type TokenShelf } from "#server/wecom/token-shelf.ts";
import { createTransport } from "#server/wecom/transport.ts";
import { type WecomClock, WecomLine } from "#server/wecom/wecom-line.ts";

/** Answers as it is told, call by call, and keeps what was asked: for tests of the client alone. Rules of WeCom's it knows none. */
export type Asked = {
  readonly api: string;
  readonly query: URLSearchParams;
  readonly body: string;
  readonly method: string;
};
type Answer = object | ((response: ServerResponse, request: IncomingMessage) => void);

export type TinyWecom = {
  readonly url: string;
  readonly asked: Asked[];
  of(api: string): Asked[];
  /** One after the other; the last one stays. */
  on(api: string, ...answers: Answer[]): void;
  stop(): Promise<void>;
};

export const ok = { errcode: 0, errmsg: "ok" };
export const refuse = (errcode: number, errmsg = "no") => ({ errcode, errmsg });
/** Takes the request and goes away without a word. */
export const cut: Answer = (response) => void response.socket?.destroy();
export const silent: Answer = () => undefined;
export const status =
  (code: number): Answer =>
  (response) =>
    void response.writeHead(code).end();
export const half: Answer = (response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "500" });
  response.write('{"errcode":0,');
  setTimeout(() => response.socket?.destroy(), 20);
};

export async function startTinyWecom(): Promise<TinyWecom> {
  const asked: Asked[] = [];
  const scripts = new Map<string, Answer[]>();
  let tokens = 0;
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://tiny");
    const api = pathname.replace("/cgi-bin/", "");
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      asked.push({
        api,
        query: searchParams,
        body: Buffer.concat(chunks).toString("utf8"),
        method: request.method ?? "",
      });
      const script = scripts.get(api);
      const answer = script && script.length > 1 ? script.shift() : script?.[0];
      const fallback = api === "gettoken" ? { ...ok, access_token: `token-${(tokens += 1)}`, expires_in: 7_200 } : ok;
      if (typeof answer === "function") return answer(response, request);
      response
        .writeHead(200, { "content-type": "application/json" })
        .end(Buffer.from(jsonBody(answer ?? fallback).bytes));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    asked,
    of: (api) => asked.filter((one) => one.api === api),
    on: (api, ...answers) => void scripts.set(api, answers),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A clock whose sleeps take no time but move it on. */
export type SteppedClock = WecomClock & { readonly slept: number[]; step(ms: number): void };

export function steppedClock(start = 1_750_000_000_000): SteppedClock {
  let now = start;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    step: (ms) => void (now += ms),
    sleep: async (ms) => {
      slept.push(ms);
      now += ms;
      await new Promise((resolve) => setImmediate(resolve));
    },
    random: () => 0.5,
  };
}

export type Figure = { readonly api: string; readonly result: string };

export function testLine(
  url: string,
  options: {
    readonly clock?: WecomClock;
    readonly shelf?: TokenShelf;
    readonly limits?: PaceLimits;
    readonly sharedPace?: SharedPace;
  } = {},
): { readonly line: WecomLine<"real">; readonly figures: Figure[]; readonly logged: string[] } {
  const figures: Figure[] = [];
  const logged: string[] = [];
  const log = pino({ level: "trace" }, { write: (text: string) => void logged.push(text) });
  const line = new WecomLine({
    world: "real",
    transport: createTransport(url),
    shelf: options.shelf ?? noShelf,
    figures: { asked: ({ api, result }) => void figures.push({ api, result }) },
    log,
    clock: options.clock ?? steppedClock(),
    sharedPace: options.sharedPace,
    ...(options.limits ? { limits: options.limits } : {}),
  });
  return { line, figures, logged };
}
