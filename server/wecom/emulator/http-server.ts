import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { answerApi } from "./api/dispatch.ts";
import { type ApiRequest, jsonObject } from "./api/request.ts";
import type { CallLog } from "./call-log.ts";
import type { Control } from "./control/control.ts";
import type { Desk } from "./desk.ts";
import type { Fault, Faults } from "./faults.ts";
import { answerPage } from "./page/page.ts";

const BODY_BYTES_MAX = 25 * 1024 * 1024;
const pause = (ms: number) =>
  ms > 0 ? new Promise<void>((resolve) => void setTimeout(resolve, ms)) : Promise.resolve();

export type Parts = {
  readonly desk: Desk;
  readonly faults: Faults;
  readonly calls: CallLog;
  readonly control: Control;
};

type Exchange = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly body: Buffer;
};

export function createEmulatorServer(parts: Parts): Server {
  const server = createServer((request, response) => {
    answer(parts, request, response).catch((error: unknown) => {
      console.error(error);
      if (!response.headersSent) sendJson(response, 500, { error: "the stand-in failed, see its output" });
      else response.destroy();
    });
  });
  // Connections of a pool stay open between the calls of a slow test.
  server.keepAliveTimeout = 30_000;
  return server;
}

async function answer(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const host = request.headers.host ?? "127.0.0.1";
  const url = new URL(request.url ?? "/", `http://${host}`);
  const body = await bodyOf(request);
  if (body === null) {
    response.writeHead(413).end();
    return;
  }
  const exchange = { request, response, url, body };
  if (url.pathname.startsWith("/cgi-bin/")) await answerAsPlatform(parts, exchange);
  else if (url.pathname.startsWith("/emulator/")) await answerControl(parts, exchange);
  else await answerPage(parts.desk.world, request, response);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > BODY_BYTES_MAX) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function answerAsPlatform(parts: Parts, exchange: Exchange): Promise<void> {
  const { request, response, url, body } = exchange;
  const fault = parts.faults.take(url.pathname);
  if (fault?.kind === "stall") await pause(fault.delayMs);
  const asked: ApiRequest = {
    method: request.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    contentType: request.headers["content-type"] ?? "",
    body,
    ip: addressOf(request),
    origin: url.origin,
  };
  if (fault && (await refusedUntouched(fault, response))) {
    parts.calls.add({
      ...logged(parts, asked),
      agentId: null,
      errcode: fault.kind === "errcode" ? fault.errcode : null,
      fault: fault.kind,
    });
    return;
  }
  const { agentId, body: fields } = await answerApi(parts.desk, asked);
  const errcode = typeof fields?.["errcode"] === "number" ? fields["errcode"] : null;
  parts.calls.add({ ...logged(parts, asked), agentId, errcode, fault: fault?.kind ?? null });
  if (fault) await answerWithFault(fault, response, fields);
  else if (fields === null) response.writeHead(404).end();
  else sendJson(response, 200, fields);
}

function logged({ desk }: Parts, { method, path, body, contentType }: ApiRequest) {
  const isJson = !contentType.startsWith("multipart/") && body.length < 100_000;
  return { at: desk.world.now(), method, path, body: isJson ? jsonObject(body) : null };
}

/** 60020 is by address; a test on one machine says another one in a header. */
function addressOf(request: IncomingMessage): string {
  const said = request.headers["x-emulator-ip"];
  const address = typeof said === "string" ? said : (request.socket.remoteAddress ?? "");
  return address.replace(/^::ffff:/, "");
}

/** Faults that come before anything is done. True: answered, or not to be answered at all. */
async function refusedUntouched(fault: Fault, response: ServerResponse): Promise<boolean> {
  switch (fault.kind) {
    case "http500":
    case "http502":
      await pause(fault.delayMs);
      response.writeHead(fault.kind === "http500" ? 500 : 502).end();
      return true;
    case "cutBefore":
      await pause(fault.delayMs);
      response.destroy();
      return true;
    case "errcode":
      await pause(fault.delayMs);
      sendJson(response, 200, { errcode: fault.errcode, errmsg: "system busy, hint: [0000000000000000000]" });
      return true;
    case "slow":
    case "stall":
    case "half":
    case "cutAfter":
    case "malformed":
    case "extraFields":
      return false;
  }
}

/** The request was taken, the effect is there; only the answer suffers. */
async function answerWithFault(fault: Fault, response: ServerResponse, fields: object | null): Promise<void> {
  if (fault.kind !== "stall") await pause(fault.delayMs);
  const text = JSON.stringify(fields ?? {});
  switch (fault.kind) {
    case "half":
      response.writeHead(200, {
        "content-type": "application/json; charset=UTF-8",
        "content-length": Buffer.byteLength(text),
      });
      response.write(text.slice(0, Math.ceil(text.length / 2)), () => response.destroy());
      return;
    case "cutAfter":
      response.destroy();
      return;
    case "malformed":
      response.writeHead(200, { "content-type": "application/json; charset=UTF-8" }).end(`${text.slice(0, -1)},`);
      return;
    case "extraFields":
      sendJson(response, 200, { emulator_new_field: { list: [1, "two", null] }, ...fields, next_version: 9 });
      return;
    case "slow":
    case "stall":
    case "http500":
    case "http502":
    case "cutBefore":
    case "errcode":
      if (fields === null) response.writeHead(404).end();
      else sendJson(response, 200, fields);
  }
}

async function answerControl({ control, desk }: Parts, { request, response, url, body }: Exchange): Promise<void> {
  // A page of somebody else must not drive the stand-in through the visitor's browser.
  const { origin } = request.headers;
  if (origin !== undefined && origin !== url.origin) {
    sendJson(response, 403, { error: "other origin" });
    return;
  }
  if (url.pathname === "/emulator/stream") {
    stream(desk, response);
    return;
  }
  const fromBody = jsonObject(body);
  if (fromBody === null) {
    sendJson(response, 400, { error: "the body is no JSON object" });
    return;
  }
  const raw = { ...Object.fromEntries(url.searchParams), ...fromBody };
  const answered = await control.answer(request.method ?? "GET", url.pathname, raw);
  sendJson(response, answered.status, answered.body);
}

const STREAM_MS = 200;

/** Tells the page that something changed, at most five times a second; the page asks for what it shows. */
function stream({ world }: Desk, response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  response.write(`data: ${world.version}\n\n`);
  let timer: NodeJS.Timeout | null = null;
  const stop = world.onChange(() => {
    timer ??= setTimeout(() => {
      timer = null;
      response.write(`data: ${world.version}\n\n`);
    }, STREAM_MS);
  });
  response.on("close", () => {
    stop();
    if (timer) clearTimeout(timer);
  });
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body ?? {});
  response
    .writeHead(status, { "content-type": "application/json; charset=UTF-8", "content-length": Buffer.byteLength(text) })
    .end(text);
}
