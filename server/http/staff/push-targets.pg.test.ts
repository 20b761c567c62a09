import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Role } from "#domain/op.ts";
import { SYSTEM } from "#server/live/directory-contract.ts";
import { ORIGIN, testApi, type TestApi } from "#tests/support/api.ts";

let api: TestApi;
let show = "";
let push = "";
const cookies = new Map<string, string>();

async function call(as: string, method: "GET" | "POST", url: string, payload?: object) {
  const headers = { origin: ORIGIN, cookie: cookies.get(as) ?? "" };
  const answer = await api.app.inject({ method, url: `/api/v1/${url}`, headers, ...(payload ? { payload } : {}) });
  return { status: answer.statusCode, body: answer.json() };
}

const READERS = ["manager", "operator", "community", "floor"] as const satisfies readonly Role[];
const OTHERS = ["assistant", "ads", "service", "host", "reviewer"] as const satisfies readonly Role[];

beforeAll(async () => {
  api = await testApi();
  for (const role of [...READERS, ...OTHERS]) await api.addPerson(role, { roles: [role] });
  await api.addPerson("owner", { owner: true });
  await api.addPerson("stranger", { roles: [] });
  for (const name of [...READERS, ...OTHERS, "owner", "stranger"]) cookies.set(name, await api.signIn(name));
  const times = { plannedStartAt: Date.now() + 3_600_000, plannedEndAt: Date.now() + 7_200_000 };
  show = (await call("owner", "POST", "sessions", { roomId: api.roomId, title: "示例", ...times })).body.id;
  const plan = { kind: "groups", title: "示例", copy: { text: "示例" }, audience: { groupIds: ["g1", "g2"] } };
  const planned = await call("owner", "POST", `sessions/${show}/commands`, { id: "p", type: "push.plan", input: plan });
  push = planned.body.result.pushId;
  const task = { taskId: "taskaa", role: "mass", staffId: "m1", robotId: null, targetIds: ["g1", "g2"] };
  const resolved = { pushId: push, rev: 1, corpId: "c1", emulated: false, zone: "Asia/Shanghai", leftOut: 0 };
  const command = { id: randomUUID(), type: "push.resolved", input: { ...resolved, tasks: [task] } };
  expect(await api.directory.send(show, command, SYSTEM)).toMatchObject({ status: "ok" });
});
afterAll(() => api.stop());

describe("[PSH24] the targets of a push", () => {
  it("are told to who plans or stops pushes", async () => {
    for (const role of ["owner", ...READERS]) {
      const { status, body } = await call(role, "GET", `sessions/${show}/pushes/${push}/targets`);
      expect([role, status]).toEqual([role, 200]);
      expect(body.targets.map(({ id }: { id: string }) => id)).toEqual(["g1", "g2"]);
    }
  });

  it("are told to nobody else, not even that there are any", async () => {
    for (const role of [...OTHERS, "stranger", "nobody"]) {
      const { status, body } = await call(role, "GET", `sessions/${show}/pushes/${push}/targets`);
      expect([role, status >= 400 && status < 500]).toEqual([role, true]);
      expect(body.targets).toBeUndefined();
    }
  });

  it("are not those of a push of another show", async () => {
    const { status, body } = await call("owner", "GET", `sessions/${show}/pushes/p_other/targets`);
    expect([status, body.code]).toEqual([404, "push.notFound"]);
  });
});
