import { createHash } from "node:crypto";
import { z } from "zod";
import { WechatError } from "./wechat-error.ts";
import type { WechatCredentials, WechatLine } from "./wechat-line.ts";

/**
 * One access token for each app, by WeChat's stable token: asked for from several nodes it is the same one, so that none of them ends another's. Held until
 * shortly before its end, fetched by one caller at a time. A secret that WeChat refused is not tried again for some minutes, or until it is another.
 */
export type AccessTokens = {
  /** Works with a token; when WeChat says that it holds no more, once again with a fresh one. Throws WechatFailure. */
  within<T>(app: WechatCredentials, work: (token: string) => Promise<T>): Promise<T>;
};

type Held = { readonly token: Promise<string>; until: number };

const EARLY_MS = 5 * 60_000;
const REFUSED_MS = 5 * 60_000;
const Answer = z.object({ access_token: z.string().min(1).max(1_000), expires_in: z.coerce.number().int().min(1) });

export function createAccessTokens(line: WechatLine): AccessTokens {
  const held = new Map<string, Held>();

  function fetchToken(app: WechatCredentials, force: boolean): Held {
    const entry: Held = { until: Number.POSITIVE_INFINITY, token: Promise.resolve("") };
    const asked = line
      .ask({
        api: "cgi-bin/stable_token",
        query: {},
        body: { grant_type: "client_credential", appid: app.appId, secret: app.secret, force_refresh: force },
        answer: Answer,
        hidden: [app.secret],
      })
      .then(({ access_token, expires_in }) => {
        const lifeMs = expires_in * 1_000;
        entry.until = line.now() + Math.max(lifeMs / 2, lifeMs - EARLY_MS);
        return access_token;
      });
    asked.catch((error: unknown) => {
      // Away is asked again by the next caller; a wrong secret is wrong for a while.
      entry.until = error instanceof WechatError && error.trouble !== "busy" ? line.now() + REFUSED_MS : 0;
    });
    return Object.assign(entry, { token: asked });
  }

  /** `over`: the token that holds no more; who comes second finds the one that the first got. */
  async function take(app: WechatCredentials, over: string | null = null): Promise<string> {
    const key = createHash("sha256")
      .update(JSON.stringify([app.appId, app.secret]))
      .digest("base64url");
    const known = held.get(key);
    if (known && line.now() < known.until) {
      const token = await known.token;
      if (token !== over) return token;
    }
    const current = held.get(key);
    if (current && current !== known) return current.token;
    const entry = fetchToken(app, over !== null);
    held.set(key, entry);
    return entry.token;
  }

  return {
    async within(app, work) {
      const token = await take(app);
      try {
        return await work(token);
      } catch (error) {
        if (!(error instanceof WechatError && error.trouble === "token")) throw error;
        return work(await take(app, token));
      }
    },
  };
}
