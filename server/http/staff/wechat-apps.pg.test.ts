import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { wechatApps } from "#db/schema/warmup-wechat.ts";
import type { EmulatedApp } from "#server/wechat/emulator/state.ts";
import { startWechatEmulator, type WechatEmulator } from "#server/wechat/emulator/start.ts";
import { ORIGIN, testApi, type TestApi } from "#tests/support/api.ts";

let wechat: WechatEmulator;
let api: TestApi;
let cookies: Record<"boss" | "manager" | "op", string>;
let mini: EmulatedApp;

beforeAll(async () => {
  wechat = await startWechatEmulator();
  api = await testApi({ wechatUrl: wechat.url });
  await api.addPerson("boss", { owner: true });
  await api.addPerson("manager", { roles: ["manager"] });
  await api.addPerson("op", { roles: ["operator"] });
  cookies = { boss: await api.signIn("boss"), manager: await api.signIn("manager"), op: await api.signIn("op") };
});
afterAll(async () => {
  await api.stop();
  await wechat.close();
});
beforeEach(async () => {
  await api.context.db.execute(sql`truncate wechat_apps, wechat_url_links`);
  api.wechat.apps.forget();
  wechat.faults.remove(null);
  wechat.state.apps.clear();
  wechat.asked.length = 0;
  mini = wechat.state.addApp({ kind: "miniProgram", pages: ["pages/reserve/index"] });
});

type Method = "GET" | "POST" | "PATCH" | "DELETE";
const ask = (as: keyof typeof cookies, method: Method, url: string, payload?: object) =>
  api.app.inject({ method, url, headers: { origin: ORIGIN, cookie: cookies[as] }, ...(payload ? { payload } : {}) });
const given = () => ({ kind: "miniProgram", appId: mini.appId, secret: mini.secret, name: "示例小程序" });
async function addMini(more: object = {}): Promise<string> {
  const made = await ask("manager", "POST", "/api/v1/wechat/apps", { ...given(), ...more });
  expect(made.statusCode, made.body).toBe(201);
  return made.json().id;
}
async function doctor(id: string): Promise<Record<string, string>> {
  const { lines } = (await ask("manager", "POST", `/api/v1/wechat/apps/${id}/doctor`)).json();
  return Object.fromEntries(lines.map(({ check, code }: { check: string; code: string }) => [check, code]));
}

describe("secrets of apps", () => {
  it("go in and never come out", async () => {
    const id = await addMini();
    const listed = await ask("manager", "GET", "/api/v1/wechat/apps");
    expect(listed.json().apps).toMatchObject([{ id, secret: { set: true }, roomIds: null }]);
    const changed = await ask("manager", "PATCH", `/api/v1/wechat/apps/${id}`, { name: "新名字", secret: mini.secret });
    const [row] = await api.context.db.select().from(wechatApps);
    for (const text of [listed.body, changed.body, JSON.stringify(row)]) expect(text).not.toContain(mini.secret);
  });

  it("are of owner and managers; the same app stands here once", async () => {
    for (const [method, url] of [
      ["GET", "/api/v1/wechat/apps"],
      ["POST", "/api/v1/wechat/apps"],
      ["GET", "/api/v1/link-domains"],
    ] as const) {
      expect((await ask("op", method, url, method === "POST" ? given() : undefined)).statusCode).toBe(403);
    }
    await addMini();
    expect((await ask("boss", "POST", "/api/v1/wechat/apps", given())).json().code).toBe("wechatApp.exists");
  });
});

describe("the check", () => {
  it("says what is missing, and leaves what comes after it", async () => {
    expect(await doctor(await addMini({ reservePath: "pages/reserve/index" }))).toEqual({
      reach: "fine",
      appId: "fine",
      secret: "fine",
      trustedIp: "fine",
      reservePath: "fine",
    });
    mini.secret = "another";
    const id = (await ask("boss", "GET", "/api/v1/wechat/apps")).json().apps[0].id;
    expect(await doctor(id)).toMatchObject({ reach: "fine", appId: "fine", secret: "secretWrong" });
    wechat.state.apps.clear();
    expect(await doctor(id)).toMatchObject({ reach: "fine", appId: "appIdWrong", secret: "afterTheOthers" });
    wechat.faults.add({ path: "*", kind: "http502", times: 1, delayMs: 0, errcode: -1, share: 1, after: 0 });
    expect(await doctor(id)).toMatchObject({ reach: "unreachable" });
  });

  it("names the address that WeChat wants listed", async () => {
    mini.ipList = ["10.0.0.1"];
    const id = await addMini();
    const { lines } = (await ask("boss", "POST", `/api/v1/wechat/apps/${id}/doctor`)).json();
    expect(lines).toContainEqual(
      expect.objectContaining({ check: "trustedIp", code: "ipUnlisted", value: "127.0.0.1" }),
    );
  });

  it("of a 公众号 tells the domain to enter, and Kaibo answers for WeChat's file", async () => {
    const official = wechat.state.addApp({ kind: "official" });
    const { appId, secret } = official;
    const verifyFile = "MP_verify_aB3dE5gH7jK9mN1p.txt";
    const made = await ask("boss", "POST", "/api/v1/wechat/apps", {
      kind: "official",
      appId,
      secret,
      name: "服务号",
      verifyFile: `https://mp.weixin.qq.com/x/${verifyFile}`,
    });
    expect(made.json().verifyFile).toBe(verifyFile);
    expect(await doctor(made.json().id)).toMatchObject({
      secret: "fine",
      returnDomain: "domainToEnter",
      verifyFile: "fine",
    });
    expect((await api.app.inject({ url: `/${verifyFile}` })).body).toBe("aB3dE5gH7jK9mN1p");
    expect((await api.app.inject({ url: "/MP_verify_nobodyknows.txt" })).statusCode).toBe(404);
  });
});

describe("links into the mini program", () => {
  let sessionId = "";
  beforeEach(async () => {
    const plan = { roomId: api.roomId, title: "示例", plannedStartAt: 1, plannedEndAt: 2 };
    sessionId = (await ask("boss", "POST", "/api/v1/sessions", plan)).json().id;
  });
  const make = (payload: object, as: keyof typeof cookies = "op") =>
    ask(as, "POST", `/api/v1/sessions/${sessionId}/reserve-link`, {
      appId: mini.appId,
      path: "pages/reserve/index?id=1",
      ...payload,
    });
  const reserve = async () => (await api.app.inject({ url: `/api/v1/viewer/sessions/${sessionId}/reserve` })).json();
  let commands = 0;
  async function publish(settings: object): Promise<void> {
    const blocks = [
      { blockId: "b1", part: "opening", kind: "hero", title: "预约", subtitle: "", pictureUrl: null, countdown: true },
      { blockId: "b2", part: "opening", kind: "act", title: "", text: "点我预约" },
      {
        blockId: "b3",
        part: "proof",
        kind: "proof",
        title: "为什么来",
        items: [{ text: "上场卖空", pictureUrl: null }],
      },
      { blockId: "b4", part: "closing", kind: "act", title: "", text: "点我预约" },
    ];
    const page = { channelsName: "示例店", privacyText: "说明", ...settings };
    for (const [type, input] of [
      ["landing.setBlocks", { blocks }],
      ["landing.setSettings", page],
      ["landing.publish", {}],
    ] as const) {
      const answer = await ask("boss", "POST", `/api/v1/sessions/${sessionId}/commands`, {
        id: `w${(commands += 1)}`,
        type,
        input,
      });
      expect(answer.json(), `${type} ${answer.body}`).toMatchObject({ status: "ok" });
    }
  }

  it("are made once for a page, with a time that they end", async () => {
    await addMini();
    const first = (await make({})).json();
    expect(first).toMatchObject({ url: expect.stringMatching(/^https:/), expiresAt: expect.any(Number) });
    expect((await make({})).json()).toEqual(first);
    expect(wechat.asked.filter((path) => path === "/wxa/generate_urllink")).toHaveLength(1);
  });

  it("are refused with what to mend", async () => {
    expect((await make({})).json().code).toBe("reserveLink.noApp");
    await addMini();
    expect((await make({ path: "pages/none" })).json().code).toBe("reserveLink.path");
    mini.pages = [];
    expect((await make({ path: "pages/other" })).json().code).toBe("reserveLink.notPublished");
    await ask(
      "boss",
      "PATCH",
      `/api/v1/wechat/apps/${(await ask("boss", "GET", "/api/v1/wechat/apps")).json().apps[0].id}`,
      {
        roomIds: ["r_other"],
      },
    );
    expect((await make({})).json().code).toBe("reserveLink.noApp");
  });

  it("stand behind the landing page: a typed one as it is, else one made here, else the card", async () => {
    expect(await reserve()).toEqual({ by: null });
    await addMini();
    const path = "pages/reserve/index?id=7";
    const typed = "https://wxaurl.cn/typed";
    await publish({ reserve: { by: "miniProgram", appId: mini.appId, path, urlLink: typed } });
    expect(await reserve()).toEqual({ by: "miniProgram", url: typed, expiresAt: null });
    await publish({ reserve: { by: "miniProgram", appId: mini.appId, path, urlLink: null } });
    expect(await reserve()).toMatchObject({ by: "miniProgram", url: expect.stringMatching(/^https:/) });
    await publish({ reserve: { by: "miniProgram", appId: mini.appId, path: "pages/none", urlLink: null } });
    expect(await reserve()).toEqual({ by: "card" });
  });

  it("that WeChat refuses are asked for once in a while, however many phones open the page", async () => {
    await addMini();
    const link = { by: "miniProgram", appId: mini.appId, path: "pages/none", urlLink: null };
    await publish({ reserve: link });
    for (let phones = 0; phones < 5; phones += 1) expect(await reserve()).toEqual({ by: "card" });
    expect(wechat.asked.filter((path) => path === "/wxa/generate_urllink")).toHaveLength(1);
    // Whoever mends it sees at once whether it is.
    expect((await make({ path: "pages/none" })).json().code).toBe("reserveLink.path");
    expect(wechat.asked.filter((path) => path === "/wxa/generate_urllink")).toHaveLength(2);
  });

  it("are made for no rehearsal", async () => {
    await addMini();
    const plan = { roomId: api.roomId, title: "彩排", plannedStartAt: 1, plannedEndAt: 2, rehearsal: true };
    sessionId = (await ask("boss", "POST", "/api/v1/sessions", plan)).json().id;
    const path = "pages/reserve/index?id=7";
    await publish({ reserve: { by: "miniProgram", appId: mini.appId, path, urlLink: null } });
    expect(await reserve()).toEqual({ by: "card" });
    expect(wechat.asked).toEqual([]);
  });
});
