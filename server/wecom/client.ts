import { createHash } from "node:crypto";
import { z } from "zod";
import type { ApiCall } from "./api-call.ts";
import { type CallOptions, withRetries } from "./retries.ts";
import type { TokenSource } from "./token-cache.ts";
import { asNotSent, isWecomFailure, WecomError } from "./wecom-error.ts";
import type { WecomLine, World } from "./wecom-line.ts";

/**
 * WeCom as one app of one corp sees it. `call` gives the answer or throws WecomError or WecomTransportError, both with `outcome`: what is `notSent` may
 * be asked again; what is `unknown` and is no mere question must be looked up first.
 */
export type WecomClient<W extends World = World> = {
  readonly world: W;
  readonly corpId: string;
  readonly agentId: number | null;
  call<T>(call: ApiCall<T>, options?: CallOptions): Promise<T>;
};

export type AppCredentials = { readonly corpId: string; readonly secret: string; readonly agentId: number | null };

const TOKEN_MS = 5_000;
const WHOLE_MS = 10_000;
const TokenAnswer = z.object({ access_token: z.string().min(1).max(512), expires_in: z.coerce.number().int().min(1) });

/** With what is known of its secret without asking. */
export type AppClient<W extends World = World> = WecomClient<W> & {
  /** Until when WeCom is not asked, because it refused corp id or secret; null: it is. */
  refusedUntil(): number | null;
};

export function createClient<W extends World>(
  line: WecomLine<W>,
  { corpId, secret, agentId }: AppCredentials,
): AppClient<W> {
  const source: TokenSource = {
    key: tokenKey(line.transport.baseUrl, corpId, secret),
    fetch: async () => {
      const answer = await line.ask({
        corp: corpId,
        api: "gettoken",
        method: "GET",
        query: { corpid: corpId, corpsecret: secret },
        body: null,
        fresh: false,
        pace: true,
        wholeMs: TOKEN_MS,
        hidden: [secret],
        answer: TokenAnswer,
      });
      return { token: answer.access_token, expiresInMs: answer.expires_in * 1_000 };
    },
  };

  async function once<T>(call: ApiCall<T>, options: CallOptions): Promise<T> {
    let token: string;
    try {
      token = await line.tokens.get(source);
    } catch (error) {
      throw isWecomFailure(error) ? asNotSent(error) : error;
    }
    try {
      return await line.ask({
        corp: corpId,
        api: call.api,
        method: call.method,
        query: { access_token: token, ...call.query },
        body: call.body ?? null,
        // A lost answer must be WeCom's doing, not that of a connection which was closed while it was idle.
        fresh: call.repeat === "never",
        pace: true,
        wholeMs: call.wholeMs ?? WHOLE_MS,
        hidden: [token, secret],
        answer: call.answer,
        signal: options.signal,
      });
    } catch (error) {
      if (error instanceof WecomError && error.class === "token") await line.tokens.drop(source, token);
      throw error;
    }
  }

  return {
    world: line.world,
    corpId,
    agentId,
    refusedUntil: () => line.tokens.refusedUntil(source.key),
    async call(call, options = {}) {
      const work = () => withRetries({ line, api: call.api, repeat: call.repeat, options }, () => once(call, options));
      return call.serial === undefined ? work() : line.oneByOne.run(`${corpId} ${call.serial}`, work);
    },
  };
}

/** What a token is kept under: says nothing of the secret, and changes with it. */
function tokenKey(...parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url");
}
