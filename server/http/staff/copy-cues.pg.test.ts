import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import type { Json } from "#domain/op.ts";
import { BusyError } from "../../live/directory-contract.ts";
import { ORIGIN, testApi, type TestApi } from "#tests/support/api.ts";

let api: TestApi;
let cookie: string;
let count = 0;

beforeAll(async () => {
  api = await testApi();
  await api.addPerson("operator", { roles: ["operator"] });
  await api.addPerson("host", { roles: ["host"] });
  cookie = await api.signIn("operator");
});
afterAll(() => api.stop());

const post = async (url: string, payload: object, headers: Record<string, string> = {}) =>
  api.app.inject({ method: "POST", url, headers: { origin: ORIGIN, cookie, ...headers }, payload });

async function send(id: string, type: string, input: object): Promise<Json> {
  const answer = await post(`/api/v1/sessions/${id}/commands`, { id: `c${(count += 1)}`, type, input });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json().result ?? null;
}

async function newShow(title: string): Promise<string> {
  const plannedStartAt = Date.now() + 3_600_000;
  const plan = { roomId: api.roomId, title, theme: "", plannedStartAt, plannedEndAt: plannedStartAt + 3_600_000 };
  const made = await post("/api/v1/sessions", plan);
  expect(made.statusCode, made.body).toBe(201);
  return made.json().id;
}

const product = (linkNo: number, name: string) => ({
  linkNo,
  name,
  skus: [{ name: "默认", liveFen: 9_900, floorFen: 8_000, sellable: 10, pool: 5 }],
});

async function rowsOf(id: string, slice: string): Promise<Record<string, Json>[]> {
  const { slices } = await api.directory.snapshot(id, "control");
  const found = slices[slice];
  return found?.kind === "keyed" ? found.rows.map(([, row]) => Object(row)) : [];
}

async function inOrder(id: string): Promise<Record<string, Json>[]> {
  const { slices } = await api.directory.snapshot(id, "control");
  const order: string[] = Object(slices["cueOrder"]).value.order;
  const cues = await rowsOf(id, "cues");
  return order.map((cueId) => cues.find((cue) => cue["cueId"] === cueId) ?? {});
}

/** 开场, 围巾 (also at the other show, under another number), 手套 (only here), 收尾. */
async function past(): Promise<string> {
  const id = await newShow("示例 · 上一场");
  await send(id, "bag.applySheet", { products: [product(1, "围巾"), product(2, "手套")] });
  const [scarf, gloves] = (await rowsOf(id, "products")).map(({ productId }) => z.string().parse(productId));
  const coupon = Object(
    await send(id, "coupon.plan", {
      carrier: "own",
      title: "只在上一场",
      discount: { kind: "direct", offFen: 500, productIds: null },
      total: 5,
    }),
  );
  await send(id, "rundown.setCues", {
    cues: [
      { cueId: "open", kind: "talk", title: "开场" },
      {
        cueId: "scarf",
        kind: "explain",
        title: "围巾",
        productId: scarf,
        acts: [
          { type: "explain", productId: scarf },
          { type: "couponPush", couponId: coupon.couponId },
        ],
      },
      {
        cueId: "gloves",
        kind: "explain",
        title: "手套",
        productId: gloves,
        acts: [{ type: "explain", productId: gloves }],
      },
      { cueId: "close", kind: "talk", title: "收尾" },
    ],
  });
  return id;
}

test("a stretch comes into a planned show: its products found, taken along or skipped, and all of it undone", async () => {
  const from = await past();
  const to = await newShow("示例 · 下一场");
  await send(to, "bag.applySheet", { products: [product(2, "围巾")] });
  await send(to, "rundown.setCues", {
    cues: [
      { cueId: "a", kind: "talk", title: "一" },
      { cueId: "b", kind: "talk", title: "二" },
    ],
  });

  const skipped = await post(`/api/v1/sessions/${to}/copied-cues`, {
    from,
    cueIds: ["scarf", "gloves"],
    afterCueId: "a",
  });
  expect(skipped.json()).toMatchObject({
    cues: 1,
    products: 0,
    actsLeftOut: 1,
    skipped: [{ cueId: "gloves", title: "手套" }],
  });
  expect((await inOrder(to)).map(({ title }) => title)).toEqual(["一", "围巾", "二"]);
  for (const seq of skipped.json().undo) await send(to, "tape.undo", { seq });

  const gloves = (await rowsOf(from, "products")).find(({ name }) => name === "手套")?.["productId"];
  const request = { from, cueIds: ["scarf", "gloves"], afterCueId: "a", takeProducts: [gloves] };
  const key = { "idempotency-key": "press-1" };
  const taken = await post(`/api/v1/sessions/${to}/copied-cues`, request, key);
  expect(taken.json()).toMatchObject({ cues: 2, products: 1, skipped: [] });
  const cues = await inOrder(to);
  expect(cues.map(({ title }) => title)).toEqual(["一", "围巾", "手套", "二"]);
  // Its number was taken by the scarf; its floor came along.
  const made = (await rowsOf(to, "products")).find(({ name }) => name === "手套");
  expect(made).toMatchObject({ linkNo: 1, skus: [{ floorFen: 8_000, plannedPool: 5 }] });
  expect(cues[2]).toMatchObject({
    productId: made?.["productId"],
    acts: [{ type: "explain", productId: made?.["productId"] }],
  });

  const again = await post(`/api/v1/sessions/${to}/copied-cues`, request, key);
  // The first answer may have been lost: this one takes back as much.
  expect(again.json(), again.body).toEqual(taken.json());
  expect((await inOrder(to)).length).toBe(4);

  for (const seq of again.json().undo) await send(to, "tape.undo", { seq });
  expect((await inOrder(to)).map(({ title }) => title)).toEqual(["一", "二"]);
  expect((await rowsOf(to, "products")).map(({ name }) => name)).toEqual(["围巾"]);
});

test("a copy that was cut off after its first product goes on where it was, and all of it is undone", async () => {
  const from = await past();
  const to = await newShow("示例 · 断在中间");
  const names = async () => (await rowsOf(to, "products")).map(({ name }) => name);
  const takeProducts = (await rowsOf(from, "products")).map(({ productId }) => productId);
  const url = `/api/v1/sessions/${to}/copied-cues`;
  const key = { "idempotency-key": "press-2" };
  const sending = cutAfter(1);
  expect((await post(url, { from, takeProducts }, key)).statusCode).toBe(503);
  sending.mockRestore();
  expect(await names()).toEqual(["围巾"]);

  const again = await post(url, { from, takeProducts }, key);
  expect(again.json(), again.body).toMatchObject({ cues: 4, products: 2, skipped: [] });
  expect(await names()).toEqual(["围巾", "手套"]);
  // Another press is another copy: what it finds there is not its own.
  const other = await post(url, { from, takeProducts }, { "idempotency-key": "press-3" });
  expect(other.json()).toMatchObject({ cues: 4, products: 0 });
  for (const seq of [...other.json().undo, ...again.json().undo]) await send(to, "tape.undo", { seq });
  expect(await names()).toEqual([]);
  expect(await inOrder(to)).toEqual([]);
});

/** The writer is away after so many more commands. */
function cutAfter(left: number) {
  const { send: through } = api.directory;
  return vi.spyOn(api.directory, "send").mockImplementation((...command) => {
    left -= 1;
    return left < 0 ? Promise.reject(new BusyError(10)) : through(...command);
  });
}

test("lengths as they were measured, and the whole rundown where no cue is named", async () => {
  const from = await past();
  await send(from, "session.start", { reason: "示例" });
  await send(from, "rundown.take", { ago: 600_000 });
  await send(from, "rundown.take", { cueId: "scarf" });
  await send(from, "rundown.take", { cueId: "gloves" });
  const to = await newShow("示例 · 实测");
  const done = await post(`/api/v1/sessions/${to}/copied-cues`, { from, lengths: "measured" });
  expect(done.json()).toMatchObject({ cues: 2 });
  const [open, close] = await inOrder(to);
  // 开场 took ten minutes; 收尾 was not on.
  expect(open?.["plannedMs"]).toBe(600_000);
  expect(close?.["plannedMs"]).toBe(300_000);
  // What was passed over in a moment keeps its planned length.
  const products = (await rowsOf(from, "products")).map(({ productId }) => productId);
  await post(`/api/v1/sessions/${to}/copied-cues`, {
    from,
    cueIds: ["scarf"],
    lengths: "measured",
    takeProducts: products,
  });
  expect((await inOrder(to)).at(-1)).toMatchObject({ title: "围巾", plannedMs: 300_000 });
});

test("who may not plan, or may not see the other show, copies nothing", async () => {
  const from = await past();
  const to = await newShow("示例 · 没有权限");
  const host = await api.signIn("host");
  expect((await post(`/api/v1/sessions/${to}/copied-cues`, { from }, { cookie: host })).statusCode).toBe(403);
  expect((await post(`/api/v1/sessions/${to}/copied-cues`, { from: "s_gone" })).statusCode).toBe(404);
  const figures = { method: "GET" as const, url: `/api/v1/rooms/${api.roomId}/shows` };
  expect((await api.app.inject({ ...figures, headers: { cookie: host } })).statusCode).toBe(403);
  const shown = await api.app.inject({ ...figures, headers: { cookie } });
  expect(shown.json()).toEqual({ shows: [], total: 0, course: [] });
  const file = await api.app.inject({ ...figures, url: `${figures.url}.csv`, headers: { cookie } });
  expect(file.body).toContain("成交金额(元)");
});
