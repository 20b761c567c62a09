import { afterAll, beforeAll, expect, test } from "vitest";
import type { Json } from "#domain/op.ts";
import { ORIGIN, testApi, type TestApi } from "#tests/support/api.ts";

let api: TestApi;
let cookie: string;
let count = 0;

beforeAll(async () => {
  api = await testApi();
  await api.addPerson("operator", { roles: ["operator"] });
  cookie = await api.signIn("operator");
});
afterAll(() => api.stop());

const HOUR = 3_600_000;

async function post(url: string, payload: object) {
  const answer = await api.app.inject({ method: "POST", url, headers: { origin: ORIGIN, cookie }, payload });
  expect(answer.statusCode, answer.body).toBeLessThan(300);
  return answer.json();
}

const send = async (id: string, type: string, input: object): Promise<Record<string, Json>> =>
  Object((await post(`/api/v1/sessions/${id}/commands`, { id: `c${(count += 1)}`, type, input })).result);

async function newShow(plannedStartAt: number, more: object = {}): Promise<string> {
  const plan = { roomId: api.roomId, title: "示例", theme: "", plannedStartAt, plannedEndAt: plannedStartAt + HOUR };
  return (await post("/api/v1/sessions", { ...plan, ...more })).id;
}

async function rowsOf(id: string, slice: string): Promise<Record<string, Json>[]> {
  const found = (await api.directory.snapshot(id, "control")).slices[slice];
  return found?.kind === "keyed" ? found.rows.map(([, row]) => Object(row)) : [];
}

test("[WAV9] a copied show has the plan of the warm-up at the same distance from its start, and none of what came of it", async () => {
  const startsAt = Date.now() + 72 * HOUR;
  const past = await newShow(startsAt);
  const { sourceId } = await send(past, "source.plan", {
    kind: "poster",
    name: "门店海报",
    code: "mdhb",
    costFen: 20_000,
  });
  const gone = await send(past, "source.plan", { kind: "ads", name: "停投的广告" });
  await send(past, "source.archive", { sourceId: gone["sourceId"] });
  await send(past, "reward.plan", {
    threshold: 3,
    title: "围巾",
    carrier: "contactGift",
    stock: 20,
    rules: "送完为止",
  });
  await send(past, "method.add", { kind: "poster", feasible: 5, impact: 4, ease: 4, cost: 1, chosen: true });
  const act = { blockId: "b2", part: "opening", kind: "act", title: "先预约", text: "" };
  const shelf = { blockId: "b3", part: "proof", kind: "products", title: "好物", productIds: ["gone"] };
  await send(past, "landing.setBlocks", { blocks: [act, shelf] });
  await send(past, "landing.setSettings", { channelsName: "示例旗舰店", liveLink: "https://example.com/live" });
  await send(past, "wave.useTemplate", { template: "reminders" });
  const { cellId } = await send(past, "wave.plan", {
    beatId: "reminders",
    channel: "store",
    title: "店员话术",
    when: { by: "time", at: startsAt - 5 * HOUR },
    sourceId,
  });
  await send(past, "wave.tick", { cellId, note: "做完了" });
  const [group] = (await rowsOf(past, "waveCells")).filter(({ channel }) => channel === "customerGroups");
  await send(past, "wave.planPush", { cellId: group?.["cellId"], audience: { purposes: ["直播"] } });

  const later = 7 * 24 * HOUR;
  const id = await newShow(startsAt + later, { copyFrom: past });
  expect(await rowsOf(id, "sources")).toMatchObject([{ code: "mdhb", name: "门店海报", costFen: 20_000, opened: 0 }]);
  expect(await rowsOf(id, "rewardSteps")).toMatchObject([{ threshold: 3, title: "围巾", stock: 20, issued: 0 }]);
  expect(await rowsOf(id, "methods")).toMatchObject([{ kind: "poster", chosen: true, score: 88 }]);
  expect(await rowsOf(id, "landingBlocks")).toMatchObject([{ blockId: "b2", kind: "act" }]);
  expect(await rowsOf(id, "landingPage")).toMatchObject([
    { is: "draft", settings: { channelsName: "示例旗舰店", liveLink: null } },
  ]);
  const cells = await rowsOf(id, "waveCells");
  expect(cells).toHaveLength(7);
  const [newSource] = await rowsOf(id, "sources");
  expect(cells.find(({ title }) => title === "店员话术")).toMatchObject({
    at: startsAt + later - 5 * HOUR,
    sourceId: newSource?.["sourceId"],
    done: null,
  });
  const [push] = await rowsOf(id, "pushes");
  expect(push).toMatchObject({ status: "held" });
  expect(cells.filter(({ pushId }) => pushId !== null)).toMatchObject([
    { title: group?.["title"] ?? null, pushId: push?.["pushId"] },
  ]);
});
