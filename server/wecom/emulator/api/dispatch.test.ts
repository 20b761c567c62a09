import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { HOUR_MS } from "../clock.ts";
import { callAs, first, read, startTestCorp, type TestCorp } from "../test-corp.ts";

let place: TestCorp;
beforeEach(async () => {
  place = await startTestCorp();
});
afterEach(() => place.emulator.close());

const list = "externalcontact/groupchat/list";
const at = (path: string) => `${place.emulator.url}/cgi-bin/${path}`;
const gettoken = async (query: Record<string, string>, ip?: string) =>
  read(await fetch(`${at("gettoken")}?${new URLSearchParams(query)}`, ip ? { headers: { "x-emulator-ip": ip } } : {}));
const keys = () => ({ corpid: place.corp.corpId, corpsecret: place.app.secret });
const listWith = async (token: string | null, body: object = { limit: 10 }) =>
  read(
    await fetch(`${at(list)}${token === null ? "" : `?access_token=${token}`}`, {
      method: "POST",
      body: JSON.stringify(body),
    }),
  );

describe("§2 gettoken", () => {
  test("§2 the same token inside its validity, another after", async () => {
    const one = await gettoken(keys());
    expect([one.errcode, one["expires_in"]]).toEqual([0, 7200]);
    expect(Buffer.byteLength(String(one["access_token"]))).toBeLessThanOrEqual(512);
    place.emulator.control.advance(HOUR_MS);
    expect(await gettoken(keys())).toMatchObject({ access_token: one["access_token"], expires_in: 3600 });
    place.emulator.control.advance(HOUR_MS);
    expect((await gettoken(keys()))["access_token"]).not.toBe(one["access_token"]);
  });

  test("§2 says what is missing or wrong", async () => {
    const { corpid, corpsecret } = keys();
    expect((await gettoken({ corpsecret })).errcode).toBe(41002);
    expect((await gettoken({ corpid })).errcode).toBe(41004);
    expect((await gettoken({ corpid: "ww0", corpsecret })).errcode).toBe(40013);
    expect((await gettoken({ corpid, corpsecret: "no" })).errcode).toBe(40001);
    await place.act("PATCH", `/emulator/apps/${place.app.agentId}`, { trustedIps: ["192.0.2.7"] });
    expect((await gettoken(keys())).errcode).toBe(60020);
    expect((await gettoken(keys(), "192.0.2.7")).errcode).toBe(0);
  });

  test("§2 repeated wrong secrets block the address when switched on", async () => {
    await place.act("PATCH", "/emulator/switches", { wrongSecretsMax: 2 });
    const wrong = { ...keys(), corpsecret: "no" };
    const codes = [await gettoken(wrong), await gettoken(wrong), await gettoken(wrong), await gettoken(keys())];
    expect(codes.map(({ errcode }) => errcode)).toEqual([40001, 40001, 40001, 45009]);
    place.emulator.control.advance(HOUR_MS);
    expect((await gettoken(keys())).errcode).toBe(0);
  });
});

test("§2 asking for tokens too often is blocked", async () => {
  await place.act("PATCH", "/emulator/switches", { limits: { tokenMinute: 2 } });
  const codes = [await gettoken(keys()), await gettoken(keys()), await gettoken(keys())];
  expect(codes.map(({ errcode }) => errcode)).toEqual([0, 0, 45009]);
});

describe("§1 transport", () => {
  test("§1 the token is in the query only, and comes before the parameters", async () => {
    const token = await place.token();
    expect((await listWith(null, {})).errcode).toBe(41001);
    const inHeader = await fetch(at(list), { method: "POST", headers: { authorization: `Bearer ${token}` } });
    expect((await read(inHeader)).errcode).toBe(41001);
    const inBody = await fetch(at(list), { method: "POST", body: JSON.stringify({ access_token: token, limit: 10 }) });
    expect((await read(inBody)).errcode).toBe(41001);
    expect((await listWith("nonsense", {})).errcode).toBe(40014);
    expect((await listWith(token, {})).errcode).toBe(40063);
    expect((await listWith(token)).errcode).toBe(0);
  });

  test("§2 early invalidation is 40014, age is 42001", async () => {
    const token = await place.token();
    await place.act("POST", "/emulator/tokens/revoke");
    expect((await listWith(token)).errcode).toBe(40014);
    const fresh = await place.token();
    expect(fresh).not.toBe(token);
    expect((await listWith(fresh)).errcode).toBe(0);
    place.emulator.control.advance(2 * HOUR_MS);
    expect((await listWith(fresh)).errcode).toBe(42001);
  });

  test("§1 an unknown path is an empty 404", async () => {
    const response = await fetch(`${at("externalcontact/groupchat/send")}?access_token=${await place.token()}`);
    expect([response.status, await response.text()]).toEqual([404, ""]);
  });

  test("§1 errors carry the endpoint's empty fields and a hint that is never the same", async () => {
    const one = await listWith("nonsense");
    const two = await listWith("nonsense");
    expect(one).toMatchObject({ errcode: 40014, group_chat_list: [], next_cursor: "" });
    expect(one.errmsg).toMatch(/hint: \[\d{19}\], from ip: .*e=40014$/);
    expect(one.errmsg).not.toBe(two.errmsg);
  });

  test("a body that is no JSON object is 47001, a wrong method 43001 or 43002", async () => {
    const token = await place.token();
    const broken = await fetch(`${at(list)}?access_token=${token}`, { method: "POST", body: "{" });
    expect((await read(broken)).errcode).toBe(47001);
    expect((await read(await fetch(`${at(list)}?access_token=${token}`))).errcode).toBe(43002);
    const posted = await fetch(`${at("agent/get")}?access_token=${token}`, { method: "POST" });
    expect((await read(posted)).errcode).toBe(43001);
  });
});

describe("§2 rights of the app", () => {
  test("§2 48002 for an app that is not listed for customer contact", async () => {
    await place.act("PATCH", `/emulator/apps/${place.app.agentId}`, { externalContact: false });
    expect((await place.post(list, { limit: 10 })).errcode).toBe(48002);
    expect((await place.get("user/get", { userid: "staff01" })).errcode).toBe(0);
  });

  test("§4 60020 for an address that is not listed", async () => {
    const token = await place.token();
    await place.act("PATCH", `/emulator/apps/${place.app.agentId}`, { trustedIps: ["192.0.2.7"] });
    expect((await listWith(token)).errcode).toBe(60020);
  });

  test("§4 60011 outside the visible range, 84074 without the right to have customers", async () => {
    const path = "externalcontact/list";
    await place.act("PATCH", `/emulator/apps/${place.app.agentId}`, { seesAll: false, seesUsers: ["staff02"] });
    expect((await place.get(path, { userid: "staff01" })).errcode).toBe(60011);
    expect((await place.get(path, { userid: "staff02" })).errcode).toBe(0);
    expect((await place.get("user/get", { userid: "staff01" })).errcode).toBe(60011);
    expect((await place.get("user/get", { userid: "nobody" })).errcode).toBe(60111);
    await place.act("PATCH", "/emulator/staff/staff02", { externalContact: false });
    expect((await place.get(path, { userid: "staff02" })).errcode).toBe(84074);
  });

  test("§2 each app has a token of its own, an agent is asked about with its own", async () => {
    const other = await place.act("POST", "/emulator/apps", { agentId: 1_000_009 });
    expect(other).toMatchObject({ agentId: 1_000_009 });
    const app =
      [...place.corp.apps.values()].find(({ agentId }) => agentId === 1_000_009) ?? first(place.corp.apps.values());
    const asOther = callAs(place.emulator, place.corp, app);
    expect(await asOther.token()).not.toBe(await place.token());
    expect((await asOther.get("agent/get", { agentid: String(place.app.agentId) })).errcode).toBe(301002);
  });
});

describe("§3 frequency", () => {
  test("§3 45009 over the minute of a corp and API, blocked for 60 s from then on", async () => {
    await place.act("PATCH", "/emulator/switches", { limits: { apiMinute: 3 } });
    const codes: number[] = [];
    for (let call = 0; call < 5; call += 1) codes.push((await place.post(list, { limit: 10 })).errcode);
    expect(codes).toEqual([0, 0, 0, 45009, 45009]);
    expect((await place.get("user/get", { userid: "staff01" })).errcode).toBe(0);
    place.emulator.control.advance(59_000);
    expect((await place.post(list, { limit: 10 })).errcode).toBe(45009);
    place.emulator.control.advance(1_000);
    expect((await place.post(list, { limit: 10 })).errcode).toBe(0);
  });

  test("§3 an hour's rule blocks for 60 minutes", async () => {
    await place.act("PATCH", "/emulator/switches", { limits: { apiHour: 1 } });
    expect((await place.post(list, { limit: 10 })).errcode).toBe(0);
    expect((await place.post(list, { limit: 10 })).errcode).toBe(45009);
    place.emulator.control.advance(HOUR_MS - 1_000);
    expect((await place.post(list, { limit: 10 })).errcode).toBe(45009);
    place.emulator.control.advance(1_000);
    expect((await place.post(list, { limit: 10 })).errcode).toBe(0);
  });

  test("§3 two calls at once on one object are 45033 when switched on", async () => {
    await place.act("PATCH", "/emulator/switches", { objectHoldMs: 100 });
    const [chat = "", other = ""] = place.corp.groups.keys();
    const get = (id: string) => place.post("externalcontact/groupchat/get", { chat_id: id });
    await place.token();
    const codes = (await Promise.all([get(chat), get(chat), get(other)])).map(({ errcode }) => errcode);
    expect(codes.toSorted((a, b) => a - b)).toEqual([0, 0, 45033]);
    expect((await get(chat)).errcode).toBe(0);
  });
});
