/** Where WeChat asks (userinfo), or just tells (base), who opens a page. A stand-in has this page beside its calls. */
export type AuthorizePage = (way: {
  readonly appId: string;
  readonly back: string;
  readonly scope: "base" | "userinfo";
  readonly state: string;
}) => string;

const REAL = "https://api.weixin.qq.com";

export function createAuthorizePage(baseUrl: string): AuthorizePage {
  const origin = new URL(baseUrl).origin === REAL ? "https://open.weixin.qq.com" : baseUrl;
  return ({ appId, back, scope, state }) => {
    // In the order of the document: WeChat's client is known to look at it.
    const query = new URLSearchParams({
      appid: appId,
      redirect_uri: back,
      response_type: "code",
      scope: `snsapi_${scope}`,
      state,
    });
    return `${origin}/connect/oauth2/authorize?${query.toString()}#wechat_redirect`;
  };
}
