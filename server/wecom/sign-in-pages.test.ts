import { expect, it } from "vitest";
import { createSignInPages } from "./sign-in-pages.ts";

const way = { corpId: "ww1", agentId: 7, back: "https://kaibo.example/back", state: "s" };

it("leads to WeCom's own pages, and beside a stand-in to its", () => {
  const real = createSignInPages("https://qyapi.weixin.qq.com");
  expect(real.address({ ...way, inside: false })).toBe(
    "https://login.work.weixin.qq.com/wwlogin/sso/login?login_type=CorpApp&appid=ww1&redirect_uri=https%3A%2F%2Fkaibo.example%2Fback&state=s&agentid=7",
  );
  expect(real.address({ ...way, inside: true })).toMatch(
    /^https:\/\/open\.weixin\.qq\.com\/connect\/oauth2\/authorize\?response_type=code&scope=snsapi_base&.*#wechat_redirect$/,
  );
  expect(createSignInPages("http://127.0.0.1:9").address({ ...way, inside: false })).toMatch(
    /^http:\/\/127\.0\.0\.1:9\/wwlogin\//,
  );
});
