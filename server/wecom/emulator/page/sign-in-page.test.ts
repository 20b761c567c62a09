import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { first, startTestCorp, type TestCorp } from "../test-corp.ts";

let place: TestCorp;
beforeEach(async () => {
  place = await startTestCorp();
});
afterEach(() => place.emulator.close());

const redirect = "http://127.0.0.1:3000/sign-in?next=1";
const page = (path: string, query: Record<string, string> = {}, cookie = "") => {
  const all = {
    appid: place.corp.corpId,
    agentid: String(place.app.agentId),
    redirect_uri: redirect,
    state: "s1",
    ...query,
  };
  return fetch(`${place.emulator.url}${path}?${new URLSearchParams(all)}`, { redirect: "manual", headers: { cookie } });
};
const codeFor = async (who: string, query: Record<string, string> = {}) => {
  const response = await page("/wwlogin/sso/login", { emulator_as: who, ...query });
  const back = new URL(response.headers.get("location") ?? "");
  expect([back.origin, back.searchParams.get("next"), back.searchParams.get("state")]).toEqual([
    "http://127.0.0.1:3000",
    "1",
    "s1",
  ]);
  return back.searchParams.get("code") ?? "";
};
const info = (code: string) => place.get("auth/getuserinfo", { code });

describe("§13 sign-in", () => {
  test("§13 a browser has to say who scans; the code is used once and lives 5 min", async () => {
    const asked = await page("/wwlogin/sso/login");
    expect([asked.status, await asked.text()]).toEqual([200, expect.stringContaining("示例员工01")]);
    const code = await codeFor("staff01");
    expect(await info(code)).toEqual({ errcode: 0, errmsg: "ok", userid: "staff01" });
    expect((await info(code)).errcode).toBe(40029);
    const late = await codeFor("staff01");
    place.emulator.control.advance(300_000);
    expect((await info(late)).errcode).toBe(40029);
  });

  test("§13 outsiders: openid, and external_userid only for customers of visible members", async () => {
    const customer = first(place.corp.customers.values());
    expect(await info(await codeFor(customer.id))).toEqual({
      errcode: 0,
      errmsg: "ok",
      openid: customer.openid,
      external_userid: customer.id,
    });
    await place.act("PATCH", `/emulator/apps/${place.app.agentId}`, { seesAll: false, seesUsers: ["staff02"] });
    expect(await info(await codeFor(customer.id))).toEqual({ errcode: 0, errmsg: "ok", openid: customer.openid });
    expect(await info(await codeFor("oStranger"))).toEqual({ errcode: 0, errmsg: "ok", openid: "oStranger" });
  });

  test("§13 user_ticket only with snsapi_privateinfo, for 1800 s", async () => {
    const { user_ticket: ticket } = await info(await codeFor("staff01", { scope: "snsapi_privateinfo" }));
    const detail = () => place.post("auth/getuserdetail", { user_ticket: ticket });
    expect(await detail()).toMatchObject({ errcode: 0, userid: "staff01", mobile: "13800000001" });
    place.emulator.control.advance(1_800_000);
    expect((await detail()).errcode).toBe(40029);
  });

  test("§13 inside the client nobody is asked", async () => {
    const asked = await page("/connect/oauth2/authorize");
    expect(asked.status).toBe(200);
    const opened = await fetch(`${place.emulator.url}/open?${new URLSearchParams({ as: "staff02", to: redirect })}`, {
      redirect: "manual",
    });
    expect(opened.headers.get("location")).toBe(redirect);
    const cookie = (opened.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    const silent = await page("/connect/oauth2/authorize", {}, cookie);
    const code = new URL(silent.headers.get("location") ?? "").searchParams.get("code") ?? "";
    expect((await info(code))["userid"]).toBe("staff02");
  });

  test("§13 50001 for a domain that is not registered, state of 128 bytes", async () => {
    await place.act("PATCH", `/emulator/apps/${place.app.agentId}`, { redirectDomains: ["kaibo.example.com"] });
    expect(await (await page("/wwlogin/sso/login", { emulator_as: "staff01" })).text()).toContain("50001");
    const good = await page("/wwlogin/sso/login", {
      emulator_as: "staff01",
      redirect_uri: "https://kaibo.example.com/x",
    });
    expect(good.status).toBe(302);
    const long = await page("/wwlogin/sso/login", {
      redirect_uri: "https://kaibo.example.com/x",
      state: "x".repeat(129),
    });
    expect(await long.text()).toContain("128");
  });

  test("§13 tickets: the same inside 2 h; §3 limited by app and hour", async () => {
    const ticket = (path: string, query = {}) => place.get(path, query);
    const corp = await ticket("get_jsapi_ticket");
    expect(await ticket("get_jsapi_ticket")).toEqual(corp);
    const app = await ticket("ticket/get", { type: "agent_config" });
    expect(app["ticket"]).not.toBe(corp["ticket"]);
    expect((await ticket("ticket/get", { type: "x" })).errcode).toBe(40058);
    await place.act("PATCH", "/emulator/switches", { limits: { ticketAppHour: 3 } });
    expect((await ticket("get_jsapi_ticket")).errcode).toBe(45009);
  });
});
