/** Where a browser goes to have WeCom say who sits in front of it. A stand-in has these pages beside its calls. */

export type SignInPages = {
  /** `inside`: in WeCom's own client, where nobody is asked; else a code to scan. */
  address(way: {
    readonly inside: boolean;
    readonly corpId: string;
    readonly agentId: number;
    readonly back: string;
    readonly state: string;
  }): string;
};

const REAL = "https://qyapi.weixin.qq.com";

export function createSignInPages(baseUrl: string): SignInPages {
  const isReal = new URL(baseUrl).origin === REAL;
  const web = isReal ? "https://login.work.weixin.qq.com" : baseUrl;
  const client = isReal ? "https://open.weixin.qq.com" : baseUrl;
  return {
    address({ inside, corpId, agentId, back, state }) {
      const url = new URL(inside ? "/connect/oauth2/authorize" : "/wwlogin/sso/login", inside ? client : web);
      const common = { appid: corpId, redirect_uri: back, state, agentid: String(agentId) };
      const own = inside ? { response_type: "code", scope: "snsapi_base" } : { login_type: "CorpApp" };
      for (const [name, value] of Object.entries({ ...own, ...common })) url.searchParams.set(name, value);
      if (inside) url.hash = "wechat_redirect";
      return url.href;
    },
  };
}
