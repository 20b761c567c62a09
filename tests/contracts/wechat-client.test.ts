import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createAccessTokens } from "#server/wechat/access-tokens.ts";
import { createAuthorizePage } from "#server/wechat/authorize-page.ts";
import type { EmulatedApp } from "#server/wechat/emulator/state.ts";
import { startWechatEmulator, type WechatEmulator } from "#server/wechat/emulator/start.ts";
import { createWechatClient, type WechatClient } from "#server/wechat/wechat-client.ts";
import { WechatAwayError, WechatError } from "#server/wechat/wechat-error.ts";
import { WechatLine } from "#server/wechat/wechat-line.ts";

/** The client against a WeChat written from the documents alone. */

let wechat: WechatEmulator;
let official: EmulatedApp;
let mini: EmulatedApp;
beforeAll(async () => {
  wechat = await startWechatEmulator();
});
afterAll(() => wechat.close());
beforeEach(() => {
  const { state } = wechat;
  state.apps.clear();
  state.users.clear();
  wechat.faults.remove(null);
  wechat.asked.length = 0;
  official = state.addApp({ kind: "official", returnDomains: ["kaibo.test"] });
  mini = state.addApp({ kind: "miniProgram", pages: ["pages/reserve/index"] });
  state.addUser({ id: "ann", nickname: "安安", headimgurl: "https://thirdwx.qlogo.cn/mmopen/ann/132" });
  state.addUser({ id: "eve", limited: true });
  state.addUser({ id: "sam", snapshot: true });
});

function clientOf({ appId, secret }: EmulatedApp, given: { secret?: string; appId?: string } = {}): WechatClient {
  const line = new WechatLine(wechat.url);
  return createWechatClient({ line, tokens: createAccessTokens(line) }, { appId, secret, ...given });
}

/** On somebody's phone: what the page comes back with. */
async function goOut(
  userId: string,
  scope: "base" | "userinfo",
  back = "https://kaibo.test/back",
): Promise<URL | string> {
  const page = createAuthorizePage(wechat.url)({ appId: official.appId, back, scope, state: "St4te" });
  const answer = await fetch(`${page.split("#")[0]}&emulator_as=${userId}`, { redirect: "manual" });
  return answer.status === 302 ? new URL(answer.headers.get("location") ?? "") : answer.text();
}
async function codeFor(userId: string, scope: "base" | "userinfo"): Promise<string> {
  const back = await goOut(userId, scope);
  if (typeof back === "string") throw new Error(back);
  expect(back.searchParams.get("state")).toBe("St4te");
  return back.searchParams.get("code") ?? "";
}
const miniCode = (userId: string) => wechat.state.newCode({ appId: mini.appId, userId, kind: "mini", scope: "" });
const refusal = (asked: Promise<unknown>) =>
  asked.then(
    () => "fine",
    (error: unknown) => (error instanceof WechatError ? error.errcode : error),
  );

describe("pages", () => {
  it("are told openid alone by snsapi_base, and name, picture and unionid by snsapi_userinfo", async () => {
    const client = clientOf(official);
    const silent = await client.userOfPageCode(await codeFor("ann", "base"), "base");
    expect(silent).toMatchObject({ unionid: null, nickname: null, pictureUrl: null });
    const told = await client.userOfPageCode(await codeFor("ann", "userinfo"), "userinfo");
    expect(told).toMatchObject({ nickname: "安安", pictureUrl: "https://thirdwx.qlogo.cn/mmopen/ann/132" });
    if (silent === "snapshot" || told === "snapshot") throw new Error("a snapshot");
    expect(told.openid).toBe(silent.openid);
    expect(told.unionid).toEqual(expect.any(String));
  });

  it("are told no unionid by an app that is bound to no Open Platform account", async () => {
    official.bound = false;
    const told = await clientOf(official).userOfPageCode(await codeFor("ann", "userinfo"), "userinfo");
    expect(told).toMatchObject({ unionid: null, nickname: "安安" });
  });

  it("know a snapshot from a person: its openid is nobody's", async () => {
    expect(await clientOf(official).userOfPageCode(await codeFor("sam", "userinfo"), "userinfo")).toBe("snapshot");
  });

  it("are led back to entered domains alone", async () => {
    expect(await goOut("ann", "base", "https://elsewhere.test/back")).toContain("10003");
  });
});

describe("codes", () => {
  it("serve once (40163), for five minutes (40029), and for their own app (40029)", async () => {
    const client = clientOf(official);
    const code = await codeFor("ann", "base");
    await client.userOfPageCode(code, "base");
    expect(await refusal(client.userOfPageCode(code, "base"))).toBe(40_163);
    const late = await codeFor("ann", "base");
    wechat.state.offsetMs += 5 * 60_000;
    expect(await refusal(client.userOfPageCode(late, "base"))).toBe(40_029);
    expect(await refusal(client.userOfPageCode(miniCode("ann"), "base"))).toBe(40_029);
    expect(await refusal(client.userOfPageCode("", "base"))).toBe(41_008);
  });

  it("of wx.login tell the same unionid as the page of the same account", async () => {
    const page = await clientOf(official).userOfPageCode(await codeFor("ann", "userinfo"), "userinfo");
    const own = await clientOf(mini).userOfMiniCode(miniCode("ann"));
    if (page === "snapshot") throw new Error("a snapshot");
    expect(own.unionid).toBe(page.unionid);
    expect(own.openid).not.toBe(page.openid);
    expect(Object.keys(own)).not.toContain("session_key");
  });

  it("of a restricted account are refused (40226)", async () => {
    expect(await refusal(clientOf(mini).userOfMiniCode(miniCode("eve")))).toBe(40_226);
  });

  it("are asked for once, whatever becomes of the answer", async () => {
    wechat.faults.add({
      path: "jscode2session",
      kind: "cutAfter",
      times: 1,
      delayMs: 0,
      errcode: -1,
      share: 1,
      after: 0,
    });
    const code = miniCode("ann");
    await expect(clientOf(mini).userOfMiniCode(code)).rejects.toBeInstanceOf(WechatAwayError);
    expect(wechat.asked).toEqual(["/sns/jscode2session"]);
    expect(await refusal(clientOf(mini).userOfMiniCode(code))).toBe(40_163);
  });
});

describe("an answer that comes too late", () => {
  it("leaves the code used, and says that nobody knows", async () => {
    wechat.faults.add({ path: "sns", kind: "slow", times: 1, delayMs: 400, errcode: -1, share: 1, after: 0 });
    const line = new WechatLine(wechat.url, { wholeMs: 100 });
    const client = createWechatClient({ line, tokens: createAccessTokens(line) }, official);
    const code = await codeFor("ann", "base");
    await expect(client.userOfPageCode(code, "base")).rejects.toBeInstanceOf(WechatAwayError);
    expect(await refusal(client.userOfPageCode(code, "base"))).toBe(40_163);
    // Going out again is all it takes.
    expect(await client.userOfPageCode(await codeFor("ann", "base"), "base")).toMatchObject({ unionid: null });
  });
});

describe("URL links", () => {
  const target = { path: "pages/reserve/index", query: "from=kaibo", days: 30 };

  it("are made with one access token for all that ask", async () => {
    const client = clientOf(mini);
    const links = await Promise.all([client.urlLink(target), client.urlLink(target)]);
    for (const link of links) expect(link).toMatch(/^https:/);
    await client.urlLink(target);
    expect(wechat.asked.filter((path) => path === "/cgi-bin/stable_token")).toHaveLength(1);
  });

  it("are made again with a fresh token when WeChat says that the old one is over", async () => {
    const client = clientOf(mini);
    await client.urlLink(target);
    wechat.state.tokens.length = 0;
    expect(await client.urlLink(target)).toMatch(/^https:/);
  });

  it("are refused as documented", async () => {
    expect(await refusal(clientOf(mini).urlLink({ ...target, path: "pages/none" }))).toBe(40_165);
    expect(await refusal(clientOf(mini).urlLink({ ...target, query: "a=中" }))).toBe(40_212);
    expect(await refusal(clientOf(mini).urlLink({ ...target, days: 31 }))).toBe(85_401);
    mini.pages = [];
    expect(await refusal(clientOf(mini).urlLink(target))).toBe(85_079);
    mini.personal = true;
    expect(await refusal(clientOf(mini).urlLink(target))).toBe(43_104);
  });

  it("want a listed address, which the refusal names", async () => {
    mini.ipList = ["10.0.0.1"];
    const error = await clientOf(mini)
      .urlLink(target)
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ errcode: 40_164, ip: "127.0.0.1" });
  });
});

describe("what is wrong with the credentials", () => {
  it("shows without a phone: a code that nobody was given is looked at last", async () => {
    await clientOf(official).probe("official");
    await clientOf(mini).probe("miniProgram");
    expect(await refusal(clientOf(official, { secret: "wrong" }).probe("official"))).toBe(40_125);
    expect(await refusal(clientOf(mini, { appId: "wx0000000000000000" }).probe("miniProgram"))).toBe(40_013);
  });

  it("never says a secret or a code", async () => {
    const client = clientOf(official, { secret: "the-secret-of-the-app" });
    const error = await client.userOfPageCode("the-code", "base").catch((caught: unknown) => caught);
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(/the-secret|the-code/);
  });
});

describe("a WeChat that is away", () => {
  it("is not asked for a while, and then is", async () => {
    let now = 1_000_000;
    const line = new WechatLine(wechat.url, { now: () => now });
    const client = createWechatClient({ line, tokens: createAccessTokens(line) }, official);
    wechat.faults.add({ path: "*", kind: "http502", times: 5, delayMs: 0, errcode: -1, share: 1, after: 0 });
    for (let tries = 0; tries < 5; tries += 1) {
      await expect(client.probe("official")).rejects.toBeInstanceOf(WechatAwayError);
    }
    await expect(client.probe("official")).rejects.toMatchObject({ retryAfterMs: expect.any(Number) });
    expect(wechat.asked).toHaveLength(5);
    now += 70_000;
    await client.probe("official");
    expect(line.health().state).toBe("closed");
  });

  it("is known by answers that are none", async () => {
    wechat.faults.add({ path: "*", kind: "malformed", times: 1, delayMs: 0, errcode: -1, share: 1, after: 0 });
    await expect(clientOf(official).probe("official")).rejects.toBeInstanceOf(WechatAwayError);
    wechat.faults.add({ path: "*", kind: "extraFields", times: 1, delayMs: 0, errcode: -1, share: 1, after: 0 });
    await clientOf(official).userOfPageCode(await codeFor("ann", "base"), "base");
  });
});
