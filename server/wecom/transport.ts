import { Agent as HttpAgent, type ClientRequest, type IncomingMessage, request as requestHttp } from "node:http";
import { Agent as HttpsAgent, request as requestHttps } from "node:https";
import { type TransportReason, type WecomOutcome, WecomTransportError } from "./wecom-error.ts";

/**
 * One request, one answer. Node's own client and not fetch, because only it tells whether the connection stood when a request failed: before that
 * nothing can have been done. Nothing here logs, and errors name the path alone: queries carry tokens, keys and secrets.
 */
export type WireRequest = {
  /** As errors and figures name it: the path without /cgi-bin/. */
  readonly api: string;
  readonly method: "GET" | "POST";
  readonly query: Readonly<Record<string, string>>;
  readonly body: { readonly type: string; readonly bytes: Uint8Array } | null;
  /** A connection of its own: a kept one may have been closed at the other end, which looks like a lost answer. */
  readonly fresh: boolean;
  readonly wholeMs: number;
  readonly signal?: AbortSignal | undefined;
};

export type Transport = {
  readonly baseUrl: string;
  /** The parsed body. Throws WecomTransportError only. */
  send(request: WireRequest): Promise<unknown>;
  close(): void;
};

const CONNECT_MS = 3_000;
const ANSWER_BYTES_MAX = 16 * 1024 * 1024;
const CONNECTIONS_MAX = 50;
/** Below the time after which the other end closes idle connections, as far as anybody knows. */
const IDLE_MS = 15_000;

export function createTransport(baseUrl: string): Transport {
  const base = new URL(baseUrl);
  const secure = base.protocol === "https:";
  const keep = { keepAlive: true, maxSockets: CONNECTIONS_MAX, timeout: IDLE_MS, scheduling: "lifo" as const };
  const agent = secure ? new HttpsAgent(keep) : new HttpAgent(keep);
  const open = secure ? requestHttps : requestHttp;
  const prefix = base.pathname.replace(/\/+$/, "");
  return {
    baseUrl: `${base.origin}${prefix}`,
    send(request) {
      const { api, method, query, body, fresh } = request;
      const outgoing = open({
        protocol: base.protocol,
        hostname: base.hostname.replace(/^\[|\]$/g, ""),
        port: base.port,
        path: `${prefix}/cgi-bin/${api}?${new URLSearchParams(query).toString()}`,
        method,
        agent: fresh ? false : agent,
        headers: {
          accept: "application/json",
          ...(body ? { "content-type": body.type, "content-length": body.bytes.byteLength } : {}),
        },
      });
      const answer = new Exchange(outgoing, request, secure).answer;
      outgoing.end(body?.bytes);
      return answer;
    },
    close: () => agent.destroy(),
  };
}

/** Ends once: with an answer, or with what is known of the failure. */
class Exchange {
  readonly answer: Promise<unknown>;
  readonly #request: WireRequest;
  readonly #outgoing: ClientRequest;
  readonly #settle: PromiseWithResolvers<unknown>;
  readonly #timers: NodeJS.Timeout[] = [];
  #connected = false;

  constructor(outgoing: ClientRequest, request: WireRequest, secure: boolean) {
    this.#request = request;
    this.#outgoing = outgoing;
    this.#settle = Promise.withResolvers();
    this.answer = this.#settle.promise.finally(() => {
      for (const timer of this.#timers) clearTimeout(timer);
      request.signal?.removeEventListener("abort", this.#stop);
    });
    const connecting = setTimeout(() => this.#fail("connect", { detail: "timed out" }), CONNECT_MS);
    this.#timers.push(
      connecting,
      setTimeout(() => this.#fail("timeout"), request.wholeMs),
    );
    outgoing.once("socket", (socket) => {
      const connected = () => {
        this.#connected = true;
        clearTimeout(connecting);
      };
      // Until then everything is kept back in this process.
      if (outgoing.reusedSocket || !socket.connecting) connected();
      else socket.once(secure ? "secureConnect" : "connect", connected);
    });
    outgoing.once("error", (cause) => this.#fail(this.#connected ? "cut" : "connect", { cause }));
    outgoing.once("response", (response) => this.#read(response));
    if (request.signal?.aborted) queueMicrotask(this.#stop);
    else request.signal?.addEventListener("abort", this.#stop);
  }

  readonly #stop = () => this.#fail("stopped");

  #read(response: IncomingMessage): void {
    const status = response.statusCode ?? 0;
    const chunks: Buffer[] = [];
    let size = 0;
    response.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > ANSWER_BYTES_MAX) this.#fail("body", { detail: "too large" });
    });
    response.once("error", (cause) => this.#fail("cut", { cause }));
    response.once("close", () => {
      if (!response.complete) this.#fail("cut");
    });
    response.once("end", () => {
      if (!response.complete) return this.#fail("cut");
      // A gateway that gave up may have passed the request on; other statuses come from before any work.
      if (status !== 200) return this.#fail("status", { detail: String(status), refused: status < 500 });
      try {
        this.#settle.resolve(JSON.parse(Buffer.concat(chunks).toString("utf8")));
      } catch (cause) {
        this.#fail("body", { detail: "is no JSON", cause });
      }
    });
  }

  #fail(reason: TransportReason, about: { detail?: string; cause?: unknown; refused?: boolean } = {}): void {
    const outcome: WecomOutcome = this.#connected && !about.refused ? "unknown" : "notSent";
    const { detail, cause } = about;
    this.#settle.reject(
      new WecomTransportError({
        api: this.#request.api,
        reason,
        outcome,
        ...(detail === undefined ? {} : { detail }),
        ...(cause === undefined ? {} : { cause: plainCause(cause) }),
      }),
    );
    this.#outgoing.destroy();
  }
}

/** The code and words of a failure, without the request that hangs on it. */
function plainCause(cause: unknown): Error {
  if (!(cause instanceof Error)) return new Error(String(cause));
  const code = "code" in cause && typeof cause.code === "string" ? `${cause.code} ` : "";
  return new Error(cause instanceof SyntaxError ? "not JSON" : `${code}${cause.message}`);
}
