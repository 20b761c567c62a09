import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { persons } from "#db/schema/people.ts";
import { reportOrders } from "#db/schema/reports.ts";
import { reportInviters, reportSignups, reportSources } from "#db/schema/warmup-reports.ts";
import { identityKeys } from "#db/schema/wecom-identities.ts";
import { wecomContacts, wecomFollows, wecomGroupMembers, wecomGroups, wecomMembers } from "#db/schema/wecom-people.ts";
import { pushTargets, pushTasks } from "#db/schema/wecom-pushes.ts";
import { keepContacts } from "#server/followers/contact-keeper.ts";
import { COUNTED, moveCounts } from "#server/followers/signup-counts.ts";
import { API_TOKEN, ORIGIN, testApi, type TestApi } from "#tests/support/api.ts";

const HOUR = 3_600_000;
const T0 = Math.floor(Date.now() / HOUR) * HOUR - 2 * HOUR;
let api: TestApi;
let sessionId = "";
const cookies: Record<string, string> = {};

beforeAll(async () => {
  api = await testApi();
  for (const role of ["manager", "operator", "community", "assistant", "host", "reviewer"]) {
    await api.addPerson(role, { roles: [role] });
    cookies[role] = await api.signIn(role);
  }
  const show = { roomId: api.roomId, title: "示例", plannedStartAt: T0 + 9 * HOUR, plannedEndAt: T0 + 10 * HOUR };
  sessionId = (await call("manager", "POST", "/api/v1/sessions", show)).body.id;
  await api.context.showIndex.refresh(sessionId);
  await fill();
});
afterAll(() => api.stop());

async function call(as: string, method: "GET" | "POST" | "DELETE", url: string, payload?: object) {
  const cookie = cookies[as];
  const headers = cookie === undefined ? { authorization: `Bearer ${as}` } : { origin: ORIGIN, cookie };
  const answer = await api.app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
  return { status: answer.statusCode, body: answer.json() };
}
const get = (path: string, as = "operator") => call(as, "GET", `/api/v1/sessions/${sessionId}/${path}`);

const [MEMBER, GROUP, CODE] = ["m_member0000000001", "g_group00000000001", "q_code000000000001"];

/** Four people as the followers would have them: 张三 brought 李四 and 王五, 王五 is held; 赵六 came by a poster and bought. */
async function fill(): Promise<void> {
  const { db } = api.context;
  const names = ["张三丰", "李四光", "王五", "赵六子"];
  const ids = names.map((_, at) => `v_person000000000${at}`);
  await db.insert(persons).values(names.map((name, at) => ({ id: ids[at] ?? "", keyHash: null, name, createdAt: 1 })));
  const row = (n: number, more: object = {}) => ({
    sessionId,
    n,
    personId: ids[n - 1] ?? "",
    signedUpAt: T0 + n * 60_000,
    state: "standing",
    stateAt: T0 + n * 60_000,
    remindBy: [],
    ...more,
  });
  await db.insert(reportSignups).values([
    row(1, { sourceCode: "store1", watchedAt: T0 + HOUR }),
    row(2, { inviterN: 1, standing: "counts", via: "taskaa", watchedAt: T0 + HOUR }),
    row(3, {
      inviterN: 1,
      standing: "held",
      why: "suspicious",
      suspicions: [{ kind: "ring", evidence: { levels: 1 } }],
    }),
    row(4, { sourceCode: "Store1", greetedAt: T0 + HOUR, greetedBy: "staff:p_1" }),
  ]);
  const face = sql`select 1 as sign, ${COUNTED} from report_signups where session_id = ${sessionId}`;
  await db.execute(sql`with face as (${face}) ${moveCounts(sessionId)}`);
  await db.insert(reportInviters).values({ sessionId, n: 1, valid: 1, held: 1, count: 1, reached: 5 });
  const source = { sessionId, sourceId: "src1", code: "store1", name: "门店", ownerId: null, wecomCodeId: CODE };
  await db.insert(reportSources).values(source);
  await db
    .insert(wecomMembers)
    .values({ id: MEMBER, corpId: "w", userid: "wang", name: "小王", active: true, firstSeenAt: 1 });
  await db
    .insert(wecomGroups)
    .values({ id: GROUP, corpId: "w", chatId: "c", name: "宠粉一群", ownerId: MEMBER, firstSeenAt: 1 });
  // 李四 is known in WeCom; 钱七 is only there, by the source's code.
  await db.insert(wecomContacts).values(
    ["x_contact000000001", "x_contact000000002"].map((id, at) => ({
      id,
      corpId: "w",
      externalUserid: `wm${at}`,
      name: at === 0 ? "李四光" : "钱七七",
      firstSeenAt: 1,
    })),
  );
  await db.insert(identityKeys).values([
    { identityId: "y_1", kind: "externalUserid", scope: "w", value: "wm0", since: 1 },
    { identityId: "y_1", kind: "person", scope: "", value: ids[1] ?? "", since: 1 },
  ]);
  await db
    .insert(wecomGroupMembers)
    .values({ groupId: GROUP, who: "x_contact000000001", customer: true, joinedAt: T0, scene: "code" });
  await db
    .insert(wecomFollows)
    .values({ contactId: "x_contact000000002", memberId: MEMBER, since: T0 + 30 * 60_000, codeId: CODE });
  const none = { round: 1, state: "sent", targets: 1, over: 0, sent: 1, unsent: 0, ticks: 0, opens: 0, reminders: 0 };
  await db
    .insert(pushTasks)
    .values({ sessionId, pushId: "p1", taskId: "taskaa", role: "mass", staffId: MEMBER, ...none });
  await db.insert(pushTargets).values({ sessionId, taskId: "taskaa", targetId: GROUP, pushId: "p1", over: false });
  await db.insert(reportOrders).values({
    sessionId,
    orderId: "o1",
    status: "paid",
    paidAt: T0 + HOUR,
    personId: ids[3] ?? "",
    buyer: "new",
    traffic: "private",
    entry: "live",
    paidFen: 9_900,
    discountFen: 0,
    freightFen: 0,
    refundedFen: 900,
    units: 1,
    lines: [],
    refunds: [],
    couponCodes: [],
  });
  await keepContacts(db);
}

describe("lists of the warm-up", () => {
  it("[LDB5] name inviters by masked names, to hosts without ids", async () => {
    const { body } = await get("leaderboard");
    expect(body).toEqual({
      metric: "valid",
      inviters: 1,
      total: 1,
      rows: [
        {
          rank: 1,
          n: 1,
          personId: "v_person0000000000",
          name: "张**丰",
          count: 1,
          valid: 1,
          held: 1,
          watched: 1,
          claimed: 0,
          paid: 0,
        },
      ],
    });
    expect((await get("leaderboard", "host")).body.rows).toMatchObject([{ personId: null, name: "张**丰" }]);
  });

  it("tell who signed up in pages, the newest first, by state, inviter and source", async () => {
    const first = (await get("signups?limit=3")).body;
    expect(first).toMatchObject({
      total: 4,
      signups: [{ n: 4 }, { n: 3 }, { n: 2, name: "李**光", invite: { inviterName: "张**丰", standing: "counts" } }],
    });
    const second = (await get(`signups?limit=3&cursor=${first.cursor}`)).body;
    expect(second).toMatchObject({ cursor: null, signups: [{ n: 1, invite: null }] });
    expect((await get("signups?inviter=v_person0000000000")).body).toMatchObject({ total: 2 });
    expect((await get("signups?source=store1")).body).toMatchObject({ total: 1 });
    expect((await get("signups?standing=held")).body).toMatchObject({ total: 1, signups: [{ n: 3 }] });
  });

  it("[SUP6] [INV8] show held invites with their evidence", async () => {
    expect((await get("held-invites?odd=true")).body).toMatchObject({ total: 1, invites: [{ n: 3 }] });
    expect((await get("held-invites?odd=false")).body).toEqual({ total: 0, cursor: null, invites: [] });
    expect((await get("held-invites")).body).toMatchObject({
      total: 1,
      cursor: null,
      invites: [
        {
          n: 3,
          name: "王*",
          invite: {
            inviterN: 1,
            inviterName: "张**丰",
            why: "suspicious",
            suspicions: [{ kind: "ring", evidence: { levels: 1 } }],
          },
        },
      ],
    });
  });

  it("are for the crew, and the board for hosts too; for no viewer and no other room", async () => {
    const paths = ["signups", "held-invites", "first-contacts", "warmup"];
    for (const path of paths) {
      expect((await get(path, "host")).status, path).toBe(403);
      expect((await get(path, "community")).status, path).toBe(200);
      const visitor = await api.app.inject({ method: "POST", url: `/api/v1/viewer/sessions/${sessionId}/visitor` });
      expect((await get(path, visitor.json().token)).status, path).toBe(403);
    }
    expect((await get("first-contacts", "reviewer")).status).toBe(403);
    expect((await get("signups", API_TOKEN)).status).toBe(200);
  });
});

describe("first contacts", () => {
  it("[SUP10] are who signed up or came by a code and was not greeted, the longest wait first, with whose they are", async () => {
    const { body } = await get("first-contacts", "assistant");
    expect(body.contacts).toMatchObject([
      { id: "v_person0000000000", kind: "signup", name: "张**丰", sourceCode: "store1", member: null },
      {
        id: "v_person0000000001",
        kind: "signup",
        inviterName: "张**丰",
        member: { id: MEMBER, name: "小王" },
        groups: [{ id: GROUP, name: "宠粉一群" }],
      },
      { id: "v_person0000000002", kind: "signup", name: "王*" },
      { id: "x_contact000000002", kind: "contact", name: "钱**七", codeId: CODE, member: { id: MEMBER } },
    ]);
    expect(body).toMatchObject({
      total: 4,
      members: [
        { id: null, waiting: 2 },
        { id: MEMBER, waiting: 2, name: "小王" },
      ],
    });
    expect((await get(`first-contacts?member=${MEMBER}`)).body).toMatchObject({
      total: 2,
      contacts: [{ kind: "signup" }, { kind: "contact" }],
    });
    const page = (await get("first-contacts?limit=3")).body;
    expect((await get(`first-contacts?limit=3&cursor=${page.cursor}`)).body.contacts).toMatchObject([
      { id: "x_contact000000002" },
    ]);
  });

  it("leave the list when they are greeted, and come back when they were not", async () => {
    const path = `/api/v1/sessions/${sessionId}/first-contacts/x_contact000000002/greeted`;
    expect((await call("host", "POST", path)).status).toBe(403);
    expect((await call("assistant", "POST", path)).status).toBe(200);
    expect((await get("first-contacts")).body.total).toBe(3);
    expect((await call("assistant", "DELETE", path)).status).toBe(200);
    expect((await get("first-contacts")).body.total).toBe(4);
    const nobody = `/api/v1/sessions/${sessionId}/first-contacts/x_nobody/greeted`;
    expect((await call("assistant", "POST", nobody)).status).toBe(404);
  });

  it("are not told by a robot that is not there, nor for a member whom nobody waits for", async () => {
    const path = `/api/v1/sessions/${sessionId}/first-contacts/remind`;
    expect((await call("operator", "POST", path, { memberId: MEMBER })).body).toMatchObject({
      code: "firstContact.noRobot",
    });
    expect((await call("operator", "POST", path, { memberId: "m_nobody" })).body).toMatchObject({
      code: "firstContact.nobody",
    });
  });
});

describe("figures of the warm-up", () => {
  it("tell by the minute, source, group, member and code who brings whom", async () => {
    const { body } = await get(`warmup?step=minute&from=${T0}&to=${T0 + 2 * HOUR}`);
    expect(body.series).toEqual([
      { at: T0 + 60_000, signups: 1, cancelled: 0, invited: 0, held: 0, watched: 0 },
      { at: T0 + 120_000, signups: 1, cancelled: 0, invited: 1, held: 0, watched: 0 },
      { at: T0 + 180_000, signups: 1, cancelled: 0, invited: 0, held: 1, watched: 0 },
      { at: T0 + 240_000, signups: 1, cancelled: 0, invited: 0, held: 0, watched: 0 },
      { at: T0 + HOUR, signups: 0, cancelled: 0, invited: 0, held: 0, watched: 2 },
    ]);
    expect(body.bySource).toEqual([
      { sourceId: "src1", signups: 2, standing: 2, invited: 1, watched: 1, joinedGroups: 0, orders: 1, netFen: 9_000 },
      { sourceId: null, signups: 2, standing: 2, invited: 0, watched: 1, joinedGroups: 1, orders: 0, netFen: 0 },
    ]);
    expect(body.byGroup).toEqual([{ groupId: GROUP, name: "宠粉一群", signups: 1, invited: 1 }]);
    expect(body.byMember).toEqual([
      { memberId: MEMBER, name: "小王", signups: 1, invited: 1, greeted: 0, waiting: 1, added: 1 },
    ]);
    expect(body.byCode).toEqual([
      { codeId: CODE, name: null, sourceId: "src1", joins: 1, left: 0, signups: 0, orders: 0, netFen: 0 },
    ]);
    expect(body.byCodeAt).toBeGreaterThan(0);
    for (const [only, parts] of [
      ["series", ["series"]],
      ["sources", ["bySource"]],
      ["places", ["byGroup", "byMember"]],
      ["codes", ["byCode", "byCodeAt"]],
    ] as const) {
      const { from, to, step, ...part } = (await get(`warmup?from=${T0}&to=${T0 + 2 * HOUR}&step=minute&only=${only}`))
        .body;
      expect({ from, to, step }).toMatchObject({ step: "minute" });
      expect(Object.keys(part).toSorted()).toEqual(parts);
      if (only !== "codes") expect(part).toEqual(Object.fromEntries(parts.map((name) => [name, body[name]])));
    }
  });
});
