import { z } from "zod";
import { Circuit, type CircuitHealth } from "../wecom/circuit.ts";
import { WechatAwayError, WechatError } from "./wechat-error.ts";

/** What WeChat knows an app by. The secret stands in no error and no log. */
export type WechatCredentials = { readonly appId: string; readonly secret: string };

/**
 * One question to WeChat, one answer, never asked again by itself: a code is good once, and whoever waits at a page goes out again sooner than a retry would
 * come. After some failures in a row calls fail at once for a while. Nothing here logs, and errors name the path alone: queries carry secrets and codes.
 */
export type WechatQuestion<T> = {
  /** Path without the first slash. */
  readonly api: string;
  readonly query: Readonly<Record<string, string>>;
  /** Sent as JSON by POST; without one it is a GET. */
  readonly body?: object | undefined;
  readonly answer: z.ZodType<T>;
  /** Taken out of what WeChat says, should it repeat them. */
  readonly hidden: readonly string[];
};

const WHOLE_MS = 6_000;
const ANSWER_BYTES_MAX = 256 * 1024;
const Verdict = z.object({
  errcode: z.coerce
    .number()
    .int()
    .nullish()
    .transform((code) => code ?? 0),
  errmsg: z.string().catch(""),
});

type LineOptions = { readonly now?: () => number; readonly wholeMs?: number };

export class WechatLine {
  readonly baseUrl: string;
  readonly now: () => number;
  readonly #circuit: Circuit;
  readonly #wholeMs: number;

  constructor(baseUrl: string, { now = Date.now, wholeMs = WHOLE_MS }: LineOptions = {}) {
    this.#wholeMs = wholeMs;
    this.baseUrl = baseUrl.replace(/\/+$/, "");
    this.now = now;
    this.#circuit = new Circuit(now);
  }

  /** Throws WechatFailure. */
  async ask<T>({ api, query, body, answer, hidden }: WechatQuestion<T>): Promise<T> {
    const waitMs = this.#circuit.enter();
    if (waitMs > 0) throw new WechatAwayError(api, "away a moment ago, not asked", { retryAfterMs: waitMs });
    const said = await this.#send({ api, query, body });
    const verdict = Verdict.safeParse(said);
    if (!verdict.success) return this.#strange(api, "is no object");
    this.#circuit.succeeded();
    const { errcode, errmsg } = verdict.data;
    if (errcode !== 0) {
      const shown = hidden.reduce((text, word) => (word === "" ? text : text.replaceAll(word, "(hidden)")), errmsg);
      throw new WechatError(api, errcode, shown);
    }
    const parsed = answer.safeParse(said);
    if (!parsed.success) throw new WechatAwayError(api, `answer: ${placesOf(parsed.error)}`);
    return parsed.data;
  }

  health(): CircuitHealth {
    return this.#circuit.health();
  }

  async #send({ api, query, body }: Pick<WechatQuestion<unknown>, "api" | "query" | "body">): Promise<unknown> {
    const url = `${this.baseUrl}/${api}?${new URLSearchParams(query).toString()}`;
    let text: string;
    try {
      const response = await fetch(url, {
        ...(body ? { method: "POST", body: JSON.stringify(body) } : {}),
        headers: { accept: "application/json", ...(body ? { "content-type": "application/json; charset=utf-8" } : {}) },
        redirect: "error",
        signal: AbortSignal.timeout(this.#wholeMs),
      });
      if (response.status !== 200) throw new Error(`status ${response.status}`);
      text = await textOf(response);
    } catch (cause) {
      this.#circuit.failed("no answer");
      throw new WechatAwayError(api, "no answer", { cause });
    }
    try {
      // It says text/plain.
      return JSON.parse(text);
    } catch {
      return this.#strange(api, "is no JSON");
    }
  }

  #strange(api: string, detail: string): never {
    this.#circuit.failed(detail);
    throw new WechatAwayError(api, detail);
  }
}

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > ANSWER_BYTES_MAX) throw new Error("too large");
  }
  return Buffer.concat(chunks).toString("utf8");
}

const placesOf = (error: z.ZodError): string => error.issues.map(({ path }) => path.join(".")).join(", ");
