import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { membersByUserid } from "#db/queries/wecom-members.ts";
import { insertApp } from "#db/queries/wecom-apps.ts";
import { insertCorp } from "#db/queries/wecom-corps.ts";
import { savePerson } from "#db/queries/save-person.ts";
import { wecomMembers } from "#db/schema/wecom-people.ts";
import { engine } from "#domain/ops/index.ts";
import { SYSTEM, type Sender } from "#server/live/directory-contract.ts";
import { startTestCorp, type TestCorp } from "#server/wecom/emulator/test-corp.ts";
import { ORIGIN, testApi, type TestApi } from "#tests/support/api.ts";

/** The whole way out to the stand-in's sign-in page and back, as a browser goes it. */

let place: TestCorp;
let api: TestApi;
let boss = "";
let manager = "";
let personId = "";

beforeAll(async () => {
  place = await startTestCorp();
  api = await testApi({ wecomUrl: place.emulator.url });
  const { db } = api.context;
  const corp = {
    id: "w_1",
    corpId: place.corp.corpId,
    name: "示例企业",
    quotaRule: "daysOfMonth",
    createdBy: "p",
    createdAt: 1,
  };
  await insertCorp(db, corp);
  const sealed = api.wecom.secrets.seal("secret", "a_1", place.app.secret);
  const callback = { callbackTokenSealed: null, aesKeySealed: null, callbackAt: null, callbackVerifiedAt: null };
  await insertApp(db, {
    id: "a_1",
    corpRow: "w_1",
    name: "开播",
    purpose: "sign_in",
    agentId: place.app.agentId,
    appKey: "key",
    secretSealed: sealed,
    secretAt: 1,
    createdAt: 1,
    ...callback,
  });
  api.wecom.secrets.forget();
  await api.addPerson("boss", { owner: true });
  await api.addPerson("manager", { roles: ["manager"] });
  personId = await api.addPerson("ann", { roles: ["operator"] });
  boss = await api.signIn("boss");
  manager = await api.signIn("manager");
});
afterAll(async () => {
  await api.stop();
  await place.emulator.close();
});
beforeEach(async () => {
  await savePerson(api.context.db, personId, { disabled: false }, null);
});

const get = (url: string, cookie = "", headers: Record<string, string> = {}) =>
  api.app.inject({ method: "GET", url, headers: { ...(cookie ? { cookie } : {}), ...headers } });
const cookiesOf = (answer: { headers: Record<string, string | string[] | number | undefined> }) =>
  [answer.headers["set-cookie"] ?? []].flat().map((cookie) => `${cookie}`.split(";")[0] ?? "");

async function goOut(next = "/shows", headers: Record<string, string> = {}) {
  const out = await get(`/api/v1/sign-in/wecom/start?corp=w_1&next=${encodeURIComponent(next)}`, "", headers);
  return { status: out.statusCode, to: String(out.headers.location), cookie: cookiesOf(out).join("; ") };
}

/** At the stand-in somebody scans; where it leads back to. */
async function scan(to: string, who: string): Promise<string> {
  const answer = await fetch(`${to.split("#")[0]}&emulator_as=${who}`, { redirect: "manual" });
  const { pathname, search, origin } = new URL(answer.headers.get("location") ?? "");
  expect(origin).toBe(ORIGIN);
  return pathname + search;
}

async function signInAs(who: string, next?: string) {
  const { to, cookie } = await goOut(next);
  const back = await get(await scan(to, who), cookie);
  return { status: back.statusCode, to: String(back.headers.location), cookie: cookiesOf(back).join("; ") };
}

const manage = (method: "GET" | "PUT" | "DELETE", url: string, as: string, payload?: object) =>
  api.app.inject({ method, url, headers: { cookie: as, origin: ORIGIN }, ...(payload ? { payload } : {}) });

async function memberIdOf(userid: string): Promise<string> {
  const rows = await api.context.db.select().from(wecomMembers);
  return rows.find((row) => row.userid === userid)?.id ?? "";
}

/** The link of a 员工转发 whose only list is this member's. */
async function forwardOf(userid: string): Promise<string> {
  const plan = { title: "示例", plannedStartAt: Date.now() + 3_600_000, plannedEndAt: Date.now() + 7_200_000 };
  const payload = { roomId: api.roomId, ...plan };
  const headers = { cookie: boss, origin: ORIGIN };
  const made = await api.app.inject({ method: "POST", url: "/api/v1/sessions", headers, payload });
  const sessionId = made.json().id;
  const send = async (type: string, input: unknown, by: Sender) => {
    const checked = engine.parse({ id: randomUUID(), type, input });
    if (!("parsed" in checked)) throw new Error(JSON.stringify(checked.issues));
    return api.directory.send(sessionId, checked.parsed, by);
  };
  const push = {
    kind: "forward",
    title: "转发",
    copy: { text: "来" },
    when: { by: "hand" },
    audience: { purposes: ["live"] },
  };
  const planned = await send("push.plan", push, { id: "staff:op", grants: ["operator"] });
  if (planned.status !== "ok") throw new Error(JSON.stringify(planned));
  const { pushId } = planned.result as { pushId: string };
  const seen = { now: 1, newId: () => `m_${userid}` };
  const staffId = (await membersByUserid(api.context.db, "w_1", [userid], seen)).get(userid);
  const task = { taskId: "taskaa", role: "forward", staffId, robotId: null, targetIds: ["g_1"] };
  const facts = { corpId: "w_1", emulated: false, zone: "Asia/Shanghai", leftOut: 0, tasks: [task] };
  const told = await send("push.resolved", { pushId, rev: 1, ...facts }, SYSTEM);
  expect(told.status).toBe("ok");
  return api.context.forwardTokens.sign({ sessionId, pushId }, Date.now());
}

describe("signing in with WeCom", () => {
  it("is offered for companies with an app alone, without secrets", async () => {
    expect((await get("/api/v1/sign-in/wecom")).json()).toEqual({ corps: [{ id: "w_1", name: "示例企业" }] });
    expect((await get("/api/v1/sign-in/wecom/start?corp=w_9")).statusCode).toBe(404);
  });

  it("an unmapped member lands on the sign-in page, is listed for the manager, and comes in once mapped; roles stay Kaibo's", async () => {
    const first = await signInAs("staff01", "/shows/1?a=b");
    expect(first.to).toBe("/sign-in?wecom=unmapped&next=%2Fshows%2F1%3Fa%3Db");
    expect(first.cookie).not.toContain("session_token=");
    const listed = (await manage("GET", "/api/v1/people/wecom", manager)).json().members;
    expect(listed).toMatchObject([{ corpName: "示例企业", personId: null, askedAt: expect.any(Number) }]);
    const { memberId } = listed[0];
    expect((await manage("PUT", `/api/v1/people/${personId}/wecom`, manager, { memberId })).statusCode).toBe(200);
    const inside = await signInAs("staff01", "/shows/1?a=b");
    expect([inside.status, inside.to]).toEqual([302, "/shows/1?a=b"]);
    const me = (await get("/api/v1/me", inside.cookie)).json();
    expect(me).toMatchObject({ person: { id: personId, username: "ann" } });
    expect((await manage("GET", "/api/v1/people", inside.cookie)).statusCode).toBe(403);
    // Their password still opens the door.
    expect(await api.signIn("ann")).not.toBe("");
    expect((await manage("DELETE", `/api/v1/people/${personId}/wecom/${memberId}`, manager)).statusCode).toBe(200);
    expect((await signInAs("staff01")).to).toContain("wecom=unmapped");
  });

  it("refuses outsiders, disabled people, a code for the second time, and codes of another corp, each with its words", async () => {
    const customer = [...place.corp.customers.values()][0]?.id ?? "";
    expect((await signInAs(customer)).to).toContain("wecom=outsider");
    expect((await signInAs("oStranger")).to).toContain("wecom=outsider");
    await signInAs("staff02");
    const memberId = await memberIdOf("staff02");
    expect((await manage("PUT", `/api/v1/people/${personId}/wecom`, boss, { memberId })).statusCode).toBe(200);
    const { to, cookie } = await goOut();
    const back = await scan(to, "staff02");
    const stolen = await goOut();
    // Another browser, with a way out of its own, brings the same answer.
    expect((await get(back, stolen.cookie)).headers.location).toBe("/sign-in?wecom=stale");
    expect((await get(back)).headers.location).toBe("/sign-in?wecom=stale");
    expect((await get(back, cookie)).headers.location).toBe("/shows");
    expect((await get(back, cookie)).headers.location).toBe("/sign-in?wecom=stale");
    const again = await goOut();
    const state = new URL(again.to).searchParams.get("state");
    const used = new URLSearchParams(back.split("?")[1]).get("code");
    const replayed = `/api/v1/sign-in/wecom/callback?code=${used}&state=${state}`;
    expect((await get(replayed, again.cookie)).headers.location).toContain("wecom=refused");
    await savePerson(api.context.db, personId, { disabled: true }, null);
    const disabled = await signInAs("staff02");
    expect(disabled.to).toContain("wecom=disabled");
    expect(disabled.cookie).not.toContain("session_token=");
    await manage("DELETE", `/api/v1/people/${personId}/wecom/${memberId}`, boss);
  });

  it("leads nowhere outside, and inside WeCom's client asks nobody", async () => {
    const memberId = await memberIdOf("staff02");
    await manage("PUT", `/api/v1/people/${personId}/wecom`, boss, { memberId });
    for (const next of ["//example.org", "https://example.org", "/\\example.org"]) {
      expect((await signInAs("staff02", next)).to).toBe("/shows");
    }
    const inside = await goOut("/shows", { "user-agent": "Mozilla/5.0 MicroMessenger/7.0 wxwork/4.1" });
    expect(inside.to).toMatch(/\/connect\/oauth2\/authorize\?.*scope=snsapi_base.*#wechat_redirect$/);
    expect(new URL(inside.to).searchParams.get("appid")).toBe(place.corp.corpId);
  });

  it("names who forwards, for that one list alone; whoever is not on it is told so", async () => {
    const link = await forwardOf("staff03");
    const start = `/api/v1/forward/sign-in?token=${link}`;
    const come = async (who: string) => {
      const out = await get(start, "", { "user-agent": "wxwork/4.1" });
      const back = await scan(String(out.headers.location), who);
      return String((await get(back, cookiesOf(out).join("; "))).headers.location);
    };
    const to = await come("staff03");
    expect(to).toMatch(new RegExp(`^/forward/${link}#m=km\\.`));
    const bearer = { authorization: `Bearer ${to.split("#m=")[1]}` };
    expect((await get("/api/v1/forward", "", bearer)).json()).toMatchObject({
      signIn: true,
      me: await memberIdOf("staff03"),
    });
    expect(await come("staff01")).toBe(`/forward/${link}#e=notMember`);
    expect((await get("/api/v1/forward/sign-in?token=kf.x")).statusCode).toBe(404);
  });

  it("a manager hands out no rights that are not theirs to give, and no member twice", async () => {
    const memberId = await memberIdOf("staff02");
    const bossId = (await get("/api/v1/me", boss)).json().person.id;
    expect((await manage("PUT", `/api/v1/people/${bossId}/wecom`, manager, { memberId })).statusCode).toBe(403);
    const taken = await manage("PUT", `/api/v1/people/${bossId}/wecom`, boss, { memberId });
    expect([taken.statusCode, taken.json().code]).toEqual([409, "person.wecomTaken"]);
    const operator = await api.signIn("ann");
    expect((await manage("GET", "/api/v1/people/wecom", operator)).statusCode).toBe(403);
    expect((await manage("PUT", `/api/v1/people/${personId}/wecom`, boss, { memberId: "m_none" })).statusCode).toBe(
      404,
    );
  });
});
