import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { corpStream } from "#domain/corp/index.ts";
import { dayOf } from "#domain/shanghai-day.ts";
import { SYSTEM } from "#server/live/directory-contract.ts";
import { type Emulator, startEmulator } from "#server/wecom/emulator/start.ts";
import { ORIGIN, testApi, type TestApi } from "#tests/support/api.ts";

let api: TestApi;
let wecom: Emulator;
let corp: string;
let seededApp: { corpId: string; agentId: number; secret: string };
const cookies: Record<string, string> = {};

async function call(as: string, method: "GET" | "POST" | "PUT" | "PATCH", url: string, body?: object) {
  const answer = await api.app.inject({
    method,
    url: `/api/v1/${url}`,
    headers: { cookie: cookies[as] ?? "", origin: ORIGIN },
    ...(body ? { payload: body } : {}),
  });
  return { status: answer.statusCode, body: answer.json() };
}

async function until(url: string, holds: (body: ReturnType<typeof JSON.parse>) => boolean) {
  for (let tries = 0; tries < 1_500; tries += 1) {
    const { body } = await call("community", "GET", url);
    if (holds(body)) return body;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${url} never came to that`);
}

beforeAll(async () => {
  wecom = await startEmulator();
  const seeded = wecom.control.seed({ staff: 3, groups: 6, customers: 20, customersPerGroup: 4 });
  const [app] = seeded.apps.values();
  api = await testApi({ wecomUrl: wecom.url });
  for (const role of ["community", "operator", "floor"]) await api.addPerson(role, { roles: [role] });
  await api.addPerson("owner", { owner: true });
  for (const name of ["community", "operator", "floor", "owner"]) cookies[name] = await api.signIn(name);
  corp = (await call("owner", "POST", "wecom/corps", { corpId: seeded.corpId, name: "示例企业" })).body.id;
  const { agentId, secret } = app ?? {};
  seededApp = { corpId: seeded.corpId, agentId: agentId ?? 0, secret: secret ?? "" };
  await call("owner", "POST", `wecom/corps/${corp}/apps`, { name: "开播", agentId, secret });
  await call("owner", "PUT", `wecom/rooms/${api.roomId}`, { corpId: corp });
  await call("community", "POST", `wecom/corps/${corp}/sync`, {});
  api.groupsAndPeople.sync.begin();
  await until(`wecom/corps/${corp}/sync`, ({ state }) => state === "done");
});
afterAll(async () => {
  await api.stop();
  await wecom.close();
});

async function aGroup(at: number): Promise<{ chatId: string; owner: string; name: string }> {
  const { groups } = Groups.parse(await wecom.control.ask("GET", "/emulator/groups"));
  const found = groups[at];
  if (!found) throw new Error("no such group");
  return found;
}
const Groups = z.object({ groups: z.array(z.object({ chatId: z.string(), owner: z.string(), name: z.string() })) });

async function rowAfterReading(name: string) {
  expect((await call("community", "POST", `wecom/corps/${corp}/quota/read`, {})).status).toBe(202);
  const { rows } = await until(`wecom/corps/${corp}/quota`, ({ reading }) => reading.state === "done");
  return rows.find((row: { name: string }) => row.name === name);
}

/** A message that is not Kaibo's, as another program of the company has it made. */
async function askedByAnotherApp(sender: string, chatId: string): Promise<string> {
  const { corpId, agentId, secret } = seededApp;
  const ask = async (path: string, body?: object) => {
    const answer = await fetch(
      `${wecom.url}/cgi-bin/${path}`,
      body ? { method: "POST", body: JSON.stringify(body) } : {},
    );
    return z.object({ access_token: z.string().default(""), msgid: z.string().default("") }).parse(await answer.json());
  };
  expect(agentId).toBeGreaterThan(0);
  const { access_token: token } = await ask(`gettoken?corpid=${corpId}&corpsecret=${secret}`);
  const message = { chat_type: "group", sender, chat_id_list: [chatId], text: { content: "示例" } };
  return (await ask(`externalcontact/add_msg_template?access_token=${token}`, message)).msgid;
}

describe("the quota of a corp over HTTP", () => {
  it("[QUO6] says unknown of groups that nobody read, and exact once they were", async () => {
    const before = (await call("operator", "GET", `wecom/corps/${corp}/quota`)).body;
    expect(before).toMatchObject({ sum: { targets: 6, unknown: 6 }, reading: { state: "never" } });
    expect((await call("community", "POST", `wecom/corps/${corp}/quota/read`)).status).toBe(202);
    const after = await until(`wecom/corps/${corp}/quota`, ({ reading }) => reading.state === "done");
    expect(after.sum).toMatchObject({ targets: 6, exact: 6, unknown: 0 });
  });

  it("reading who sent what leaves the reading of groups and people as it stood", async () => {
    expect((await call("community", "POST", `wecom/corps/${corp}/quota/read`, {})).status).toBe(202);
    await until(`wecom/corps/${corp}/quota`, ({ reading }) => reading.state === "done");
    const { status, body } = await call("operator", "GET", `wecom/corps/${corp}/sync`);
    expect([status, body.state]).toEqual([200, "done"]);
    expect(body.parts.map(({ part }: { part: string }) => part)).not.toContain("quota");
  });

  it("[QUO7] foresees whom a plan will not reach, with names", async () => {
    const { body } = await call("operator", "GET", `wecom/corps/${corp}/quota`);
    const [first, second] = body.rows;
    await call("owner", "PATCH", `wecom/corps/${corp}`, { quotaRule: "oneADay" });
    const day = dayOf(Date.now());
    for (const [pushId, targetIds] of [
      ["p1", [first.id]],
      ["p2", [first.id, second.id]],
    ] as const) {
      const input = { pushId, sessionId: "s1", day, targetIds };
      await api.directory.send(corpStream(corp), { id: pushId, type: "quota.reserve", input }, SYSTEM);
    }
    const { spans, unreached } = (await call("operator", "GET", `wecom/corps/${corp}/quota/forecast?weeks=1`)).body;
    expect(spans[0].plans).toHaveLength(2);
    expect(unreached).toMatchObject([{ pushId: "p2", count: 1, targets: [{ id: first.id, name: first.name }] }]);
    const empty = (await call("operator", "GET", `wecom/corps/${corp}/quota?only=empty`)).body;
    expect(empty.total).toBe(2);
  });

  it("[QUO6] counts what members send by themselves", async () => {
    const { chatId, owner, name } = await aGroup(0);
    const words = { text: "示例", attachments: [] };
    await wecom.control.ask("POST", `/emulator/staff/${owner}/personal-send`, {
      chatType: "group",
      targets: [chatId],
      words,
    });
    expect(await rowAfterReading(name)).toMatchObject({ own: 1, known: "exact" });
  });

  it("[QUO6] counts what a member sends long after they were asked to, on the day they press", async () => {
    const { chatId, owner, name } = await aGroup(1);
    const before = await rowAfterReading(name);
    await wecom.control.ask("POST", "/emulator/clock", { offsetMs: -12 * 86_400_000 });
    const msgid = await askedByAnotherApp(owner, chatId);
    await wecom.control.ask("POST", "/emulator/clock", { offsetMs: 0 });
    expect(await rowAfterReading(name)).toMatchObject({ used: before.used });
    await wecom.control.ask("POST", `/emulator/staff/${owner}/tasks/${msgid}/send`, {});
    expect(await rowAfterReading(name)).toMatchObject({ used: before.used + 1 });
  });

  it("is for those who plan, and read by those who sort groups", async () => {
    expect((await call("floor", "GET", `wecom/corps/${corp}/quota`)).status).toBe(403);
    expect((await call("operator", "POST", `wecom/corps/${corp}/quota/read`)).status).toBe(403);
    expect((await call("operator", "GET", "wecom/corps/w_of_others/quota")).status).toBe(404);
    const calendar = await call("operator", "GET", "wecom/calendar?from=0&to=1000");
    expect(calendar).toMatchObject({ status: 200, body: { pushes: [], cut: false } });
    expect((await call("operator", "GET", "wecom/calendar?from=5&to=1")).body.code).toBe("calendar.span");
  });
});
