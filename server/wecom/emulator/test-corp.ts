import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { unseal } from "./callbacks/seal.ts";
import { type Emulator, startEmulator } from "./start.ts";
import type { Corp } from "./state/corp.ts";
import type { App } from "./state/corp-rows.ts";
import type { CorpSeed } from "./state/seed.ts";

/** For the tests of the stand-in: a corp, its app, and calls as a client would make them. The clock stands until it is moved. */

export const START = Date.UTC(2026, 10, 20, 4, 0, 0);

export type Answer = { readonly errcode: number; readonly errmsg: string; readonly [field: string]: unknown };

const Body = z.looseObject({ errcode: z.number(), errmsg: z.string() });

export type TestCorp = {
  readonly emulator: Emulator;
  readonly corp: Corp;
  readonly app: App;
  readonly token: () => Promise<string>;
  readonly get: (path: string, query?: Record<string, string>) => Promise<Answer>;
  readonly post: (path: string, body: object) => Promise<Answer>;
  readonly act: (
    method: "GET" | "POST" | "PATCH" | "DELETE",
    path: string,
    input?: Record<string, unknown>,
  ) => Promise<unknown>;
};

export async function startTestCorp(seed: z.input<typeof CorpSeed> = {}): Promise<TestCorp> {
  const emulator = await startEmulator({ clock: { now: () => START }, seed: 7 });
  const corp = emulator.control.seed({ staff: 3, groups: 6, customers: 30, customersPerGroup: 5, ...seed });
  const app = first(corp.apps.values());
  const call = callAs(emulator, corp, app);
  return { emulator, corp, app, ...call, act: (method, path, input) => emulator.control.ask(method, path, input) };
}

export function callAs(
  emulator: Emulator,
  { corpId }: Corp,
  { secret }: App,
): Pick<TestCorp, "token" | "get" | "post"> {
  const token = async () => {
    const query = new URLSearchParams({ corpid: corpId, corpsecret: secret });
    const answer = await read(await fetch(`${emulator.url}/cgi-bin/gettoken?${query}`));
    return String(answer["access_token"]);
  };
  const address = async (path: string, query: Record<string, string>) =>
    `${emulator.url}/cgi-bin/${path}?${new URLSearchParams({ access_token: await token(), ...query })}`;
  return {
    token,
    get: async (path, query = {}) => read(await fetch(await address(path, query))),
    post: async (path, body) =>
      read(await fetch(await address(path, {}), { method: "POST", body: JSON.stringify(body) })),
  };
}

export async function read(response: Response): Promise<Answer> {
  return Body.parse(await response.json());
}

export function first<Row>(rows: Iterable<Row>): Row {
  for (const row of rows) return row;
  throw new Error("there is none");
}

export type Received = {
  readonly xml: string;
  readonly envelope: string;
  readonly receiveId: string;
  readonly url: URL;
};

/** A receiver of callbacks that opens what it gets. `status` may change between events. */
export async function startReceiver(
  app: App,
): Promise<{ received: Received[]; url: string; status: number; close: () => Promise<void> }> {
  const receiver = { received: [] as Received[], url: "", status: 200, close };
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const url = new URL(request.url ?? "/", "http://127.0.0.1");
      if (request.method === "GET") {
        response.end(unseal(url.searchParams.get("echostr") ?? "", app).message);
        return;
      }
      const envelope = Buffer.concat(chunks).toString("utf8");
      const sealed = /<Encrypt>(?:<!\[CDATA\[)?([^\]<]+)/.exec(envelope)?.[1] ?? "";
      const { message, receiveId } = unseal(sealed, app);
      receiver.received.push({ xml: message, envelope, receiveId, url });
      response.writeHead(receiver.status).end();
    });
  });
  function close(): Promise<void> {
    server.closeAllConnections();
    return new Promise((resolve) => void server.close(() => resolve()));
  }
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === "string") throw new Error("the receiver listens on no port");
  receiver.url = `http://127.0.0.1:${address.port}/hooks`;
  app.callbackUrl = receiver.url;
  return receiver;
}

export async function eventually(holds: () => boolean): Promise<void> {
  const startedAt = performance.now();
  while (!holds()) {
    if (performance.now() - startedAt > 20_000) throw new Error("it did not come true in 20 s");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
