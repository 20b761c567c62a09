import { z } from "zod";
import type { AccessTokens } from "./access-tokens.ts";
import { WechatError } from "./wechat-error.ts";
import type { WechatCredentials, WechatLine } from "./wechat-line.ts";

/** WeChat as one of our apps sees it: a 公众号 or a mini program. Every call throws WechatFailure. */

/** Somebody as WeChat told of them. `unionid` only where the app is bound to an Open Platform account and the way they came tells it. */
export type WechatUser = {
  readonly openid: string;
  readonly unionid: string | null;
  readonly nickname: string | null;
  readonly pictureUrl: string | null;
};

export type WechatClient = {
  readonly appId: string;
  /** Whom the code of a page is of. `snapshot`: nobody; WeChat shows a snapshot of the page to somebody it does not name. */
  userOfPageCode(code: string, scope: "base" | "userinfo"): Promise<WechatUser | "snapshot">;
  /** Whom a code of `wx.login` is of. The session key is thrown away: nothing here needs it. */
  userOfMiniCode(code: string): Promise<WechatUser>;
  /** A link that opens the mini program's page, from inside WeChat and from outside. */
  urlLink(target: { readonly path: string; readonly query: string; readonly days: number }): Promise<string>;
  /** Whether id and secret go together, asked with a code that nobody was given; for the doctor. */
  probe(kind: "official" | "miniProgram"): Promise<void>;
  /** Throws where WeChat gives no access token. */
  probeToken(): Promise<void>;
};

const text = z.string().min(1).max(512);
const maybe = z
  .string()
  .max(1_000)
  .nullish()
  .transform((value) => value || null);
const PageToken = z.object({
  access_token: text,
  openid: text,
  unionid: maybe,
  scope: z.string().catch(""),
  is_snapshotuser: z.coerce.number().nullish(),
});
const Profile = z.object({ openid: text, nickname: maybe, headimgurl: maybe, unionid: maybe });
const MiniSession = z.object({ openid: text, unionid: maybe });
const Link = z.object({ url_link: z.string().min(1).max(1_000) });
/** As documented for whoever opens a page without being named. */
const NO_CODE = "kaibo-asks-whether-id-and-secret-fit";

export function createWechatClient(
  { line, tokens }: { readonly line: WechatLine; readonly tokens: AccessTokens },
  { appId, secret }: WechatCredentials,
): WechatClient {
  const hidden = [secret];
  const grant = { appid: appId, secret, grant_type: "authorization_code" };
  const pageToken = (code: string) =>
    line.ask({
      api: "sns/oauth2/access_token",
      query: { ...grant, code },
      answer: PageToken,
      hidden: [...hidden, code],
    });
  const miniSession = (code: string) =>
    line.ask({
      api: "sns/jscode2session",
      query: { ...grant, js_code: code },
      answer: MiniSession,
      hidden: [...hidden, code],
    });

  return {
    appId,
    async userOfPageCode(code, scope) {
      const token = await pageToken(code);
      if (token.is_snapshotuser === 1) return "snapshot";
      const { openid, unionid, access_token } = token;
      if (scope === "base" || !token.scope.includes("userinfo"))
        return { openid, unionid, nickname: null, pictureUrl: null };
      const profile = await line.ask({
        api: "sns/userinfo",
        query: { access_token, openid, lang: "zh_CN" },
        answer: Profile,
        hidden: [access_token],
      });
      return {
        openid,
        unionid: profile.unionid ?? unionid,
        nickname: profile.nickname,
        pictureUrl: profile.headimgurl,
      };
    },
    async userOfMiniCode(code) {
      const { openid, unionid } = await miniSession(code);
      return { openid, unionid, nickname: null, pictureUrl: null };
    },
    async urlLink({ path, query, days }) {
      const body = { path, query, expire_type: 1, expire_interval: days, env_version: "release" };
      const { url_link } = await tokens.within({ appId, secret }, (access_token) =>
        line.ask({
          api: "wxa/generate_urllink",
          query: { access_token },
          body,
          answer: Link,
          hidden: [...hidden, access_token],
        }),
      );
      return url_link;
    },
    async probe(kind) {
      try {
        await (kind === "official" ? pageToken(NO_CODE) : miniSession(NO_CODE));
      } catch (error) {
        // Id and secret are looked at before the code.
        if (error instanceof WechatError && error.trouble === "code") return;
        throw error;
      }
    },
    async probeToken() {
      await tokens.within({ appId, secret }, () => Promise.resolve());
    },
  };
}
