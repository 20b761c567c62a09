import { describe, expect, it } from "vitest";
import { sha256Hex } from "./ids.ts";
import { createCompletions, createWechatStates, type WechatWay } from "./wechat-state.ts";

const NOW = 1_800_000_000_000;
const SECRET = "a secret for tests that is long enough";
const nonce = "n".repeat(32);
const way: WechatWay = {
  sessionId: "s_1",
  appRow: "o_1",
  scope: "userinfo",
  origin: "https://a.example",
  to: "i=AB12",
  nonceHash: sha256Hex(nonce),
};

describe("a way out to WeChat", () => {
  const states = createWechatStates(SECRET);

  it("ends once, within five minutes, in the browser it began in", () => {
    const { state, cookie } = states.begin(way, NOW);
    expect(states.end(undefined, state, NOW)).toBeUndefined();
    expect(states.end(states.begin(way, NOW).cookie, state, NOW)).toBeUndefined();
    expect(states.end(`${cookie}x`, state, NOW)).toBeUndefined();
    expect(states.end(cookie, state, NOW + 5 * 60_000)).toBeUndefined();
    expect(states.end(cookie, state, NOW + 1_000)).toEqual(way);
    expect(states.end(cookie, state, NOW + 2_000)).toBeUndefined();
  });

  it("has a state that WeChat takes: letters and digits, at most 128", () => {
    expect(states.begin(way, NOW).state).toMatch(/^[a-zA-Z0-9]{1,128}$/);
  });
});

describe("what WeChat said", () => {
  const completions = createCompletions(SECRET);
  const openid = "o-example-of-somebody";
  const user = { sessionId: "s_1", appId: "wx1", openid, unionid: "u1", name: "小明", pictureUrl: null };

  it("opens for the page that set out, in its show, for five minutes, and says nothing to who reads it", () => {
    const sealed = completions.seal(user, sha256Hex(nonce), NOW);
    expect(sealed).not.toContain(openid);
    expect(Buffer.from(sealed, "base64url").toString("latin1")).not.toContain(openid);
    expect(completions.open(sealed, { sessionId: "s_1", nonce }, NOW + 299_000)).toEqual(user);
    expect(completions.open(sealed, { sessionId: "s_1", nonce: "m".repeat(32) }, NOW)).toBeUndefined();
    expect(completions.open(sealed, { sessionId: "s_2", nonce }, NOW)).toBeUndefined();
    expect(completions.open(sealed, { sessionId: "s_1", nonce }, NOW + 301_000)).toBeUndefined();
    expect(completions.open(sealed.slice(0, -2), { sessionId: "s_1", nonce }, NOW)).toBeUndefined();
    expect(completions.open("", { sessionId: "s_1", nonce }, NOW)).toBeUndefined();
  });
});
