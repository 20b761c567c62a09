import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { wecomApps, wecomRobots } from "#db/schema/wecom-corps.ts";
import { ORIGIN, testApi, type TestApi } from "#tests/support/api.ts";
import { ok, refuse, startTinyWecom, type TinyWecom } from "#tests/support/tiny-wecom.ts";

let api: TestApi;
let tiny: TinyWecom;
let manager: string;
let operator: string;

beforeAll(async () => {
  tiny = await startTinyWecom();
  api = await testApi({ wecomUrl: tiny.url });
  await api.addPerson("manager", { roles: ["manager"] });
  await api.addPerson("operator", { roles: ["operator"] });
  manager = await api.signIn("manager");
  operator = await api.signIn("operator");
});
afterAll(async () => {
  await api.stop();
  await tiny.stop();
});

const SECRET = "example-secret-of-an-app-0123456789";
const TOKEN = "exampleCallbackToken";
const AES_KEY = "exampleEncodingAesKey0123456789ABCDEFGHIJKL";
const ROBOT_KEY = "11111111-2222-3333-4444-555555555555";

async function call(method: "GET" | "POST" | "PATCH" | "DELETE", url: string, body?: object, as = manager) {
  const answer = await api.app.inject({
    method,
    url: `/api/v1/wecom/${url}`,
    headers: { cookie: as, origin: ORIGIN },
    ...(body ? { payload: body } : {}),
  });
  return { status: answer.statusCode, body: answer.json(), text: answer.body };
}

async function newCorp(corpId: string): Promise<string> {
  const made = await call("POST", "corps", { corpId, name: "示例公司" });
  expect(made.status).toBe(201);
  return made.body.id;
}

describe("corps, apps and robots", () => {
  it("take secrets in and never give them out again", async () => {
    const id = await newCorp("ww-secrets");
    const app = await call("POST", `corps/${id}/apps`, {
      name: "示例应用",
      agentId: 1_000_002,
      secret: SECRET,
      callback: { token: TOKEN, aesKey: AES_KEY },
    });
    expect(app.status).toBe(201);
    expect(app.body).toMatchObject({ secret: { set: true }, callback: { set: true }, purpose: "customers" });
    const robot = await call("POST", `corps/${id}/robots`, {
      name: "示例机器人",
      groupName: "示例内部群",
      key: `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${ROBOT_KEY}`,
    });
    expect(robot.status).toBe(201);
    const listed = await call("GET", "corps");
    expect(listed.body.corps[0]).toMatchObject({ corpId: "ww-secrets", quotaRule: "daysOfMonth" });
    const rows = [await api.context.db.select().from(wecomApps), await api.context.db.select().from(wecomRobots)];
    const told = [app.text, robot.text, listed.text, JSON.stringify(rows)].join();
    for (const secret of [SECRET, TOKEN, AES_KEY, ROBOT_KEY]) expect(told).not.toContain(secret);
    const appKey: string = app.body.callbackUrl.split("/").at(-1);
    expect(app.body.callbackUrl).toBe(`${ORIGIN}/hooks/wecom/${appKey}`);
    expect(appKey.length).toBeGreaterThan(20);
    expect(await api.wecom.secrets.appKeys.find(appKey)).toEqual({
      corpId: "ww-secrets",
      token: TOKEN,
      aesKey: AES_KEY,
      corpRow: id,
    });
    expect(await api.wecom.secrets.appKeys.find("nobody")).toBeNull();
  });

  it("are open to owner and managers alone", async () => {
    expect((await call("GET", "corps", undefined, operator)).status).toBe(403);
    expect((await call("POST", "corps", { corpId: "ww-operator", name: "示例" }, operator)).status).toBe(403);
    expect((await call("GET", "health", undefined, operator)).status).toBe(403);
  });

  it("stand there once each", async () => {
    const id = await newCorp("ww-once");
    expect((await call("POST", "corps", { corpId: "ww-once", name: "示例" })).body.code).toBe("wecomCorp.exists");
    const app = { name: "示例应用", agentId: 7 };
    expect((await call("POST", `corps/${id}/apps`, app)).status).toBe(201);
    expect((await call("POST", `corps/${id}/apps`, app)).body.code).toBe("wecomApp.exists");
    const robot = { name: "示例机器人", groupName: "示例内部群", key: ROBOT_KEY };
    expect((await call("POST", `corps/${id}/robots`, robot)).body.code).toBe("wecomRobot.exists");
    expect((await call("POST", "corps/w_nobody/apps", app)).status).toBe(404);
  });

  it("sealed for their row and column, can't be moved into another", async () => {
    const id = await newCorp("ww-moved");
    const app = await call("POST", `corps/${id}/apps`, { name: "示例应用", agentId: 1, secret: SECRET });
    const { secrets } = api.wecom;
    expect(await secrets.clientFor(id)).not.toBeNull();
    const foreign = secrets.seal("secret", "a_another", SECRET);
    await api.context.db.update(wecomApps).set({ secretSealed: foreign }).where(eq(wecomApps.id, app.body.id));
    secrets.forget();
    expect(await secrets.clientFor(id)).toBeNull();
  });

  it("change their secret, and the next call goes with the new one", async () => {
    const id = await newCorp("ww-changed");
    const app = await call("POST", `corps/${id}/apps`, { name: "示例应用", agentId: 1, secret: "a-wrong-secret-0" });
    tiny.on("gettoken", refuse(40_001, "invalid credential"));
    const before = await call("POST", `corps/${id}/doctor`);
    expect(line(before.body, "secret")).toMatchObject({ state: "failed", code: "secretWrong", errcode: 40_001 });
    expect((await call("GET", "health")).body.refusedSecrets).toMatchObject([{ appId: app.body.id }]);
    tiny.on("gettoken", { ...ok, access_token: "token-again", expires_in: 7_200 });
    // The old one is not even asked for.
    const asked = tiny.of("gettoken").length;
    await call("POST", `corps/${id}/doctor`);
    expect(tiny.of("gettoken")).toHaveLength(asked);
    tiny.on("externalcontact/get_follow_user_list", { ...ok, follow_user: ["staff-1"] });
    expect((await call("PATCH", `apps/${app.body.id}`, { secret: SECRET })).status).toBe(200);
    const after = await call("POST", `corps/${id}/doctor`);
    expect(line(after.body, "secret")).toMatchObject({ state: "ok" });
    expect(tiny.of("gettoken").at(-1)?.query.get("corpsecret")).toBe(SECRET);
  });

  it("say the quota rule to the corp's own account, by which pushes are counted", async () => {
    const id = await newCorp("ww-quota");
    const ruleIn = async () => {
      const { slices } = await api.directory.snapshot(`corp:${id}`, "control");
      return slices["quota"];
    };
    expect(await ruleIn()).toMatchObject({ value: { rule: "daysOfMonth" } });
    expect((await call("PATCH", `corps/${id}`, { quotaRule: "oneADay" })).status).toBe(200);
    expect(await ruleIn()).toMatchObject({ value: { rule: "oneADay" } });
    const listed: { id: string; quotaRule: string }[] = (await call("GET", "corps")).body.corps;
    expect(listed.find((corp) => corp.id === id)?.quotaRule).toBe("oneADay");
    expect((await call("PATCH", "corps/w_nobody", { quotaRule: "oneADay" })).status).toBe(404);
  });

  it("go with everything they have", async () => {
    const id = await newCorp("ww-gone");
    await call("POST", `corps/${id}/apps`, { name: "示例应用", agentId: 1, secret: SECRET });
    expect((await call("DELETE", `corps/${id}`)).status).toBe(200);
    expect(await api.wecom.secrets.clientFor(id)).toBeNull();
    expect((await call("DELETE", `corps/${id}`)).status).toBe(404);
  });
});

type Line = { check: string; state: string; code: string };
const line = (body: { lines: Line[] }, check: string) => body.lines.find((one) => one.check === check);

describe("the connection doctor", () => {
  const FOLLOW = "externalcontact/get_follow_user_list";
  const LIST = "externalcontact/groupchat/list";
  let id: string;
  beforeAll(async () => {
    id = await newCorp("ww-doctor");
    await call("POST", `corps/${id}/apps`, { name: "示例应用", agentId: 1, secret: SECRET });
  });
  const examine = async () => (await call("POST", `corps/${id}/doctor`)).body;

  it("says that there is no app yet", async () => {
    const empty = await newCorp("ww-empty");
    expect((await call("POST", `corps/${empty}/doctor`)).body.lines).toMatchObject([{ code: "appMissing" }]);
  });

  it.each([
    [40_013, "corpId", "corpIdWrong"],
    [60_020, "trustedIp", "ipUntrusted"],
    [48_002, "allowedApp", "appNotAllowed"],
    [60_011, "visibleRange", "rangeTooSmall"],
  ])("names what %i means, and calls well what comes before it", async (errcode, check, code) => {
    const words = "no, hint: [987654], from ip: 203.0.113.9, more info";
    tiny.on(FOLLOW, refuse(errcode, words));
    const lines = (await examine()).lines as Line[];
    const at = lines.findIndex((one) => one.check === check);
    expect(lines[at]).toMatchObject({ state: "failed", code, errcode, hint: "987654" });
    expect(lines.slice(0, at).every(({ state }) => state === "ok")).toBe(true);
    if (errcode === 60_020) expect(lines[at]).toMatchObject({ value: "203.0.113.9" });
  });

  it("finds an empty range", async () => {
    tiny.on(FOLLOW, { ...ok, follow_user: [] });
    tiny.on(LIST, { ...ok, group_chat_list: [] });
    expect(line(await examine(), "visibleRange")).toMatchObject({ state: "failed", code: "rangeEmpty" });
  });

  it("says what of the callbacks and the sign-in is missing", async () => {
    tiny.on(FOLLOW, { ...ok, follow_user: ["staff-1"] });
    const body = await examine();
    expect(line(body, "allowedApp")).toMatchObject({ state: "ok" });
    expect(line(body, "callbackKeys")).toMatchObject({ state: "failed", code: "keysMissing" });
    expect(line(body, "signInDomain")).toMatchObject({ state: "failed", code: "urlNotPublic" });
  });

  it("tries a robot only when it is told to, with a line that is marked", async () => {
    const made = await call("POST", `corps/${id}/robots`, {
      name: "示例机器人",
      groupName: "示例群",
      key: "robot-key-of-doctor",
    });
    expect(line(await examine(), "robot")).toMatchObject({ state: "notChecked", code: "robotUntried" });
    expect(tiny.of("webhook/send")).toHaveLength(0);
    tiny.on("webhook/send", refuse(93_000, "invalid webhook url, hint: [1]"));
    expect((await call("POST", `robots/${made.body.id}/test`)).body).toMatchObject({
      state: "failed",
      code: "robotRemoved",
    });
    expect(line(await examine(), "robot")).toMatchObject({ state: "failed", code: "robotRemoved" });
    tiny.on("webhook/send", ok);
    expect((await call("POST", `robots/${made.body.id}/test`)).body).toMatchObject({ state: "ok" });
    expect(tiny.of("webhook/send").at(-1)?.body).toContain("测试");
  });
});

describe("how WeCom is", () => {
  it("shows at its own place and in the figures, and never makes Kaibo unready", async () => {
    expect((await call("GET", "health")).body).toMatchObject({ host: { state: "closed" } });
    expect(await api.metric('kaibo_wecom_circuit{of="host"}')).toBe(0);
    expect(await api.metric('kaibo_wecom_calls_total{api="webhook/send",result="93000"}')).toBe(1);
    expect((await api.app.inject({ url: "/readyz" })).statusCode).toBe(200);
  });
});
