import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { wecomGroups, wecomMembers } from "#db/schema/wecom-people.ts";
import { engine } from "#domain/ops/index.ts";
import { createForwardTokens } from "#server/auth/forward-token.ts";
import { grantsIn, maySee, maySend } from "#server/http/access.ts";
import { AUDIENCES } from "#domain/op.ts";
import type { Sender } from "#server/live/directory-contract.ts";
import { ORIGIN, SECRET, testApi, type TestApi } from "#tests/support/api.ts";

/** The link of one 员工转发, and all that it must not open. */

const SYSTEM: Sender = { id: "system", grants: ["system"] };
const OPERATOR: Sender = { id: "staff:op", grants: ["operator"] };
const tokens = createForwardTokens(SECRET);
let api: TestApi;
let show = "";

beforeAll(async () => {
  api = await testApi();
  const seen = { corpId: "w_1", firstSeenAt: 1 };
  const members = ["甲", "乙"].map((name, at) => ({
    id: `m_${at}`,
    userid: `u${at}`,
    name: `示例员工${name}`,
    active: true,
    ...seen,
  }));
  await api.context.db.insert(wecomMembers).values(members);
  const groups = ["一", "二", "三"].map((name, at) => ({
    id: `g_${at}`,
    chatId: `c${at}`,
    name: `示例群${name}`,
    ...seen,
  }));
  await api.context.db.insert(wecomGroups).values(groups);
  await api.addPerson("op", { roles: ["operator"] });
  const cookie = await api.signIn("op");
  const start = Date.now() + 3_600_000;
  const body = { roomId: api.roomId, title: "示例场次", plannedStartAt: start, plannedEndAt: start + 3_600_000 };
  const made = await api.app.inject({
    method: "POST",
    url: "/api/v1/sessions",
    headers: { origin: ORIGIN, cookie },
    payload: body,
  });
  show = made.json().id;
});
afterAll(() => api.stop());

async function send(type: string, input: unknown, by = OPERATOR) {
  const checked = engine.parse({ id: randomUUID(), type, input });
  if (!("parsed" in checked)) throw new Error(JSON.stringify(checked.issues));
  const answer = await api.directory.send(show, checked.parsed, by);
  if (answer.status !== "ok") throw new Error(JSON.stringify(answer));
  return answer.result as Record<string, string>;
}

/** A 员工转发 with the groups 一 and 二 for 甲 and 三 for 乙. */
async function forward({ handedOver = true, code = randomUUID().slice(0, 8).replaceAll("-", "a") } = {}) {
  const copy = { text: "来看直播 🎉\n第二行" };
  const audience = { purposes: ["直播"], robotIds: ["robot1"] };
  const { pushId = "" } = await send("push.plan", {
    kind: "forward",
    title: "开播转发",
    copy,
    when: { by: "hand" },
    audience,
  });
  const rev = await api.directory.read(
    show,
    ({ slices }) => (slices["push"] as { pushes: Map<string, { rev: number }> }).pushes.get(pushId)?.rev,
  );
  const task = (at: number, targetIds: string[]) => ({
    taskId: `${code}${at}`,
    role: "forward",
    staffId: `m_${at}`,
    robotId: null,
    targetIds,
  });
  const facts = { corpId: "w_1", emulated: false, zone: "Asia/Shanghai", leftOut: 0 };
  await send("push.resolved", { pushId, rev, ...facts, tasks: [task(0, ["g_0", "g_1"]), task(1, ["g_2"])] }, SYSTEM);
  if (handedOver) {
    const { armId } = await send("push.handOver", { pushId });
    await new Promise((resolve) => setTimeout(resolve, 3_050));
    await send("arm.fire", { armId }, SYSTEM);
  }
  return { pushId, code, token: tokens.sign({ sessionId: show, pushId }, Date.now()) };
}

async function call(method: "GET" | "POST", path: string, token: string, payload?: object) {
  const answer = await api.app.inject({
    method,
    url: `/api/v1/forward${path}`,
    headers: { authorization: `Bearer ${token}` },
    ...(payload ? { payload } : {}),
  });
  return { status: answer.statusCode, body: answer.json() };
}

describe("the link of a 员工转发", () => {
  it("[PSH18][PSH25] shows who forwards, one's own groups and words, and takes ticks once, also told late or twice", async () => {
    const { token, code } = await forward();
    const logged = api.directory.logOf(show).length;
    const list = (await call("GET", "", token)).body;
    expect(list).toMatchObject({ me: null, show: { title: "示例场次" }, push: { title: "开播转发", closed: null } });
    expect(list.members).toEqual([
      { memberId: "m_0", name: "示例员工甲", targets: 2, ticks: 0, lastTickAt: null, late: false },
      { memberId: "m_1", name: "示例员工乙", targets: 1, ticks: 0, lastTickAt: null, late: false },
    ]);
    const mine = (await call("GET", "/members/m_0", token)).body;
    expect(mine.words).toBe(`来看直播 🎉\n第二行\n${ORIGIN}/v/${show}?p=${code}0`);
    expect(mine.groups.map(({ name }: { name: string }) => name)).toEqual(["示例群一", "示例群二"]);
    // Looking changed nothing.
    expect(api.directory.logOf(show)).toHaveLength(logged);
    const tick = { id: randomUUID(), taskId: `${code}0`, groupId: "g_1", ticked: true, agoMs: 60_000 };
    for (let n = 0; n < 2; n += 1) expect((await call("POST", "/members/m_0/ticks", token, tick)).status).toBe(200);
    expect((await call("POST", "/members/m_0/ticks", token, { ...tick, id: randomUUID() })).status).toBe(200);
    const ticked = api.directory.logOf(show).filter(({ type }) => type === "push.ticked.v1");
    expect(ticked.map(({ by }) => by)).toEqual(["forward:m_0"]);
    expect((await call("GET", "", token)).body.members[0]).toMatchObject({ ticks: 1 });
    const back = { ...tick, id: randomUUID(), ticked: false };
    expect((await call("POST", "/members/m_0/ticks", token, back)).status).toBe(200);
    expect((await call("GET", "/members/m_0", token)).body.groups[1].tickedAt).toBeNull();
  });

  it("[PSH25] ticks nothing on another member's list, another push's, or of a group that is not on it", async () => {
    const [one, other] = [await forward(), await forward()];
    const tick = { id: randomUUID(), taskId: `${one.code}0`, groupId: "g_0", ticked: true };
    expect((await call("POST", "/members/m_1/ticks", one.token, tick)).status).toBe(404);
    expect((await call("POST", "/members/m_0/ticks", other.token, tick)).status).toBe(404);
    expect((await call("POST", "/members/m_0/ticks", one.token, { ...tick, groupId: "g_2" })).status).toBe(404);
    expect((await call("GET", "/members/m_9", one.token)).status).toBe(404);
  });

  it("[PSH25] whom WeCom named sees and ticks the own list alone", async () => {
    const { token, code } = await forward();
    const link = tokens.read(token, Date.now());
    if (!link) throw new Error("no link");
    const proven = tokens.signMember(link, "m_1");
    expect((await call("GET", "", proven)).body.me).toBe("m_1");
    expect((await call("GET", "/members/m_0", proven)).status).toBe(403);
    const tick = { id: randomUUID(), taskId: `${code}1`, groupId: "g_2", ticked: true };
    expect((await call("POST", "/members/m_1/ticks", proven, tick)).status).toBe(200);
    expect(api.directory.logOf(show).at(-1)).toMatchObject({ type: "push.ticked.v1", by: "member:m_1" });
  });

  it("[PSH25] opens nothing else: no view, no command, no other route", async () => {
    const { token } = await forward({ handedOver: false });
    const bearer = { authorization: `Bearer ${token}` };
    for (const url of [
      `/api/v1/sessions/${show}/view?audience=viewer`,
      `/api/v1/sessions/${show}`,
      "/api/v1/people",
      "/api/v1/share",
      `/api/v1/viewer/sessions/${show}/me`,
    ]) {
      expect((await api.app.inject({ method: "GET", url, headers: bearer })).statusCode, url).toBe(403);
    }
    const command = { id: randomUUID(), type: "push.cancel", input: { pushId: "x" } };
    expect(
      (
        await api.app.inject({
          method: "POST",
          url: `/api/v1/sessions/${show}/commands`,
          headers: bearer,
          payload: command,
        })
      ).statusCode,
    ).toBe(403);
    const grants = grantsIn(
      { kind: "forward", key: "", sessionId: "s", pushId: "p", memberId: "m", proven: false, expiresAt: 0 },
      { sessionId: "s", roomId: "r" },
    );
    expect(AUDIENCES.filter((audience) => maySee(grants, audience))).toEqual([]);
    const allowed = [...engine.commands.values()].filter((rule) => maySend(grants, rule)).map(({ type }) => type);
    expect(allowed).toEqual(["push.tick", "push.untick"]);
  });

  it("[PSH25] gives no words before the hand-over, and says when it was called off, ran out or never was", async () => {
    const { token, pushId } = await forward({ handedOver: false });
    expect((await call("GET", "/members/m_0", token)).body).toMatchObject({ words: null });
    await send("push.cancel", { pushId });
    expect((await call("GET", "", token)).body.push).toMatchObject({ closed: "hand", status: "cancelled" });
    const old = tokens.sign({ sessionId: show, pushId }, Date.now() - 4 * 86_400_000);
    expect(await call("GET", "", old)).toMatchObject({ status: 401, body: { code: "forward.expired" } });
    expect(await call("GET", "", `${token}x`)).toMatchObject({ status: 404, body: { code: "forward.unknown" } });
    const gone = tokens.sign({ sessionId: show, pushId: "nobody" }, Date.now());
    expect(await call("GET", "", gone)).toMatchObject({ status: 404, body: { code: "forward.unknown" } });
  });
});
