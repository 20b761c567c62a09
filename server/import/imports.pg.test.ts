import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eq } from "drizzle-orm";
import { imports } from "#db/schema/imports.ts";
import { orderOf } from "#domain/ops/order.ts";
import { sliceOf } from "#domain/slice-of.ts";
import { API_TOKEN, ORIGIN, testApi, type TestApi } from "#tests/support/api.ts";
import { encodeGbk } from "#tests/support/gbk.ts";
import { csvOf, multipartOf, rowsOf, toldOrders, totalsOf, type ToldOrder } from "#tests/support/order-file.ts";
import { workbook } from "#tests/support/workbook.ts";

let api: TestApi;
let cookie = "";
/** 2026-11-01 20:00 in Shanghai. */
const FROM = Date.UTC(2026, 10, 1, 12);
const HOUR = 3_600_000;
const utf8 = (text: string) => new TextEncoder().encode(text);

beforeAll(async () => {
  api = await testApi();
  await api.addPerson("op", { roles: ["operator"] });
  await api.addPerson("ads", { roles: ["ads"] });
  cookie = await api.signIn("op");
});
afterAll(() => api.stop());

async function upload(url: string, bytes: Uint8Array, name: string, fields: Record<string, string> = {}, as = cookie) {
  const { payload, headers } = await multipartOf(bytes, name, fields);
  const answer = await api.app.inject({
    method: "POST",
    url,
    headers: { ...headers, origin: ORIGIN, cookie: as },
    payload,
  });
  return { status: answer.statusCode, body: answer.json() };
}

async function post(url: string, payload: object) {
  const answer = await api.app.inject({ method: "POST", url, headers: { origin: ORIGIN, cookie }, payload });
  return { status: answer.statusCode, body: answer.json() };
}

async function ended(id: string) {
  for (;;) {
    const { body } = await get(`/api/v1/imports/${id}`);
    if (body.state !== "running" && body.state !== "uploaded") return body;
    await sleep(20);
  }
}

async function get(url: string) {
  const answer = await api.app.inject({ url, headers: { cookie } });
  return { status: answer.statusCode, body: answer.json() };
}

async function newShow(rehearsal = false): Promise<string> {
  const plan = { roomId: api.roomId, title: "示例", plannedStartAt: FROM, plannedEndAt: FROM + HOUR, rehearsal };
  return (await post("/api/v1/sessions", plan)).body.id;
}

async function take(sessionId: string, bytes: Uint8Array, name = "订单.csv") {
  const sent = await upload(`/api/v1/sessions/${sessionId}/imports`, bytes, name);
  expect(sent.status).toBe(201);
  expect((await post(`/api/v1/imports/${sent.body.id}/commit`, {})).status).toBe(202);
  return { preview: sent.body.preview, end: await ended(sent.body.id) };
}

async function stripOf(sessionId: string) {
  const { slices } = await api.directory.snapshot(sessionId, "control");
  const strip = slices["figures"];
  return Object(strip?.kind === "value" ? strip.value : {});
}

async function figuresOf(sessionId: string) {
  const value = await stripOf(sessionId);
  return {
    orders: value.placed.orders,
    paidOrders: value.paid.orders,
    paidFen: value.paid.fen,
    refundedFen: value.refunded.fen,
  };
}

/** Adds the orders of the show up again, from their facts. */
function recount(sessionId: string, told: readonly ToldOrder[]) {
  return api.directory.read(sessionId, (state) => {
    const facts = told.flatMap(({ orderId }) => orderOf(sliceOf(state, "order"), orderId) ?? []);
    const paid = facts.filter(({ paidAt }) => paidAt !== null);
    return {
      orders: facts.length,
      paidOrders: paid.length,
      paidFen: paid.reduce(
        (sum, { lines, freightFen }) => sum + lines.reduce((all, line) => all + line.paidFen, freightFen),
        0,
      ),
      refundedFen: facts.reduce((sum, { refunds }) => sum + refunds.reduce((all, { fen }) => all + fen, 0), 0),
    };
  });
}

const eventsOf = (sessionId: string) => api.directory.logOf(sessionId).length;

// Each file is read by a thread of its own, which takes a while to start on a busy machine.
describe("an order export", () => {
  const told = toldOrders(1_200, { from: FROM });

  it("gives its own totals to the fen, and comes a second time, shuffled or in part without changing anything", async () => {
    const show = await newShow();
    const first = await take(show, utf8(csvOf(told)));
    expect(first.preview).toMatchObject({
      kind: "orders",
      errorCount: 0,
      standing: { fresh: 1_200, changed: 0, same: 0 },
    });
    expect(first.preview.orders.importedTotals).toEqual(first.preview.orders.fileTotals);
    expect(first.end).toMatchObject({ state: "done", done: 1_200, total: 1_200, result: { refusedCount: 0 } });
    const totals = totalsOf(told);
    expect(await recount(show, told)).toEqual(totals);
    expect(await figuresOf(show)).toEqual(totals);
    expect(first.end.result).toMatchObject({
      totals,
      show: { paidFen: totals.paidFen, refundedFen: totals.refundedFen },
    });

    const before = eventsOf(show);
    const shuffled = told.toSorted((a, b) => (a.orderId.at(-1) ?? "").localeCompare(b.orderId.at(-1) ?? ""));
    for (const again of [told, shuffled, told.slice(300, 900)]) {
      const { preview, end } = await take(show, utf8(csvOf(again)));
      expect(preview.standing).toEqual({ fresh: 0, changed: 0, same: again.length });
      expect(end.result.standing).toEqual({ fresh: 0, changed: 0, same: again.length });
    }
    expect(eventsOf(show)).toBe(before);
  });

  it("without any times is as old as the file was when it first came: a copy saved later tells nothing newer", async () => {
    const show = await newShow();
    const bytes = utf8(
      "订单编号,商品名称,商品数量,实付金额,订单状态\r\nA-1001,示例围巾,1,99.00,已支付\r\nA-1002,示例围巾,2,198.00,已支付\r\n",
    );
    const sendAt = async (fileAt: number) => {
      const sent = await upload(`/api/v1/sessions/${show}/imports`, bytes, "订单.csv", { fileAt: String(fileAt) });
      expect((await post(`/api/v1/imports/${sent.body.id}/commit`, {})).status).toBe(202);
      return { preview: sent.body.preview, end: await ended(sent.body.id) };
    };
    expect((await sendAt(FROM)).end).toMatchObject({ state: "done", done: 2 });
    const before = eventsOf(show);
    const copy = await sendAt(FROM + HOUR);
    expect(copy.preview.standing).toEqual({ fresh: 0, changed: 0, same: 2 });
    expect(copy.end.state).toBe("done");
    expect(eventsOf(show)).toBe(before);
  });

  it("is the same as UTF-8, as GBK and as a workbook, and two that overlap count each order once", async () => {
    const show = await newShow();
    await take(show, encodeGbk(csvOf(told.slice(0, 500)).replaceAll("¥", "￥")), "前半.csv");
    const book = workbook({ 说明: [["示例"]], 订单: rowsOf(told.slice(400)) });
    const { preview, end } = await take(show, book, "后半.xlsx");
    expect(preview.standing).toEqual({ fresh: 700, changed: 0, same: 100 });
    expect(end.state).toBe("done");
    expect(await figuresOf(show)).toEqual(totalsOf(told));
  });

  it("leaves out an order that can't be read, and says in which cell and what is missing for it", async () => {
    const lines = csvOf(told.slice(0, 50)).split("\r\n");
    const bad = lines.findIndex((line) => line.includes(told[7]?.orderId ?? "?"));
    lines[bad] = (lines[bad] ?? "").replace(/"?¥[\d,]+\.\d\d"?/, "免费");
    const show = await newShow();
    const { preview, end } = await take(show, utf8(lines.join("\r\n")));
    expect(preview.errors).toEqual([expect.objectContaining({ row: bad, code: "amount.unreadable", value: "免费" })]);
    expect(preview.orders.importedTotals.orders).toBe(49);
    expect(end).toMatchObject({ state: "done", total: 49 });
  });

  it("makes a past show from itself, once, with its own times", async () => {
    const sent = await upload(`/api/v1/rooms/${api.roomId}/imports`, utf8(csvOf(told)), "双11.csv");
    expect(sent.status).toBe(201);
    const { span } = sent.body.preview;
    expect(span.from).toBe(FROM);
    const url = `/api/v1/imports/${sent.body.id}/commit`;
    expect(await post(url, {})).toMatchObject({ status: 409, body: { code: "import.noShow" } });
    const show = { title: "示例双11", startedAt: span.from, endedAt: span.to };
    expect((await post(url, { show })).status).toBe(202);
    const end = await ended(sent.body.id);
    expect(end).toMatchObject({ state: "done" });
    const listed = await get(`/api/v1/sessions/${end.sessionId}`);
    expect(listed.body).toMatchObject({ title: "示例双11", phase: "ended", startedAt: span.from, endedAt: span.to });
    expect(listed.body.paidFen).toBe(totalsOf(told).paidFen);
    expect(await figuresOf(end.sessionId)).toEqual(totalsOf(told));
    const { slices } = await api.directory.snapshot(end.sessionId, "control");
    const products = slices["products"]?.kind === "keyed" ? slices["products"].rows.map(([, row]) => Object(row)) : [];
    expect(new Set(products.map(({ name }) => name))).toEqual(new Set(["示例围巾", "示例手套", "示例羽绒服"]));
    expect(products.flatMap(({ skus }) => Array.from(skus, (sku) => Object(sku).sellable))).toEqual([0, 0, 0, 0]);
    expect(await post(url, { show })).toMatchObject({ status: 409, body: { code: "import.done" } });
    const again = await upload(`/api/v1/rooms/${api.roomId}/imports`, utf8(csvOf(told)), "双11.csv");
    expect(again.body.preview.earlier[0]).toEqual({ sessionId: end.sessionId, at: expect.any(Number) });
  });

  it("goes on after its process was gone, from what is in already", async () => {
    const show = await newShow();
    await take(show, utf8(csvOf(told.slice(0, 500))));
    const sent = await upload(`/api/v1/sessions/${show}/imports`, utf8(csvOf(told)), "订单.csv");
    const url = `/api/v1/imports/${sent.body.id}`;
    const { db } = api.context;
    const running = (movedAt: number) =>
      db.update(imports).set({ state: "running", movedAt }).where(eq(imports.id, sent.body.id));
    await running(Date.now());
    expect(await post(`${url}/commit`, {})).toMatchObject({ status: 409, body: { code: "import.underWay" } });
    await running(Date.now() - 120_000);
    expect((await get(url)).body).toMatchObject({ state: "failed", code: "import.stopped" });
    expect((await post(`${url}/commit`, {})).status).toBe(202);
    expect((await ended(sent.body.id)).result.standing).toEqual({ fresh: 700, changed: 0, same: 500 });
    expect(await figuresOf(show)).toEqual(totalsOf(told));
  });

  it("takes over only what was placed while the show was on air, when asked to", async () => {
    const show = await newShow();
    const days = [...toldOrders(10, { from: FROM - 3 * HOUR, seed: 3 }).map(renamed), ...told.slice(0, 20)];
    const sent = await upload(`/api/v1/sessions/${show}/imports`, utf8(csvOf(days)), "一天.csv");
    expect(sent.body.preview.orders.inside.orders).toBe(20);
    await post(`/api/v1/imports/${sent.body.id}/commit`, { inShowOnly: true });
    await ended(sent.body.id);
    expect(await figuresOf(show)).toEqual(totalsOf(told.slice(0, 20)));
  });
});

const renamed = (order: ToldOrder): ToldOrder => ({
  ...order,
  rows: order.rows.map((row) => row.map((cell, col) => (col < 2 ? cell.replace("3705", "3704") : cell))),
});

describe("columns", () => {
  it("that a person chose are remembered for the room", async () => {
    const show = await newShow();
    const header = ["单据", "状态", "成交", "钱"];
    const rows = [
      header,
      ["A-1", "待发货", "2026-11-01 20:00:05", "12.50"],
      ["A-2", "待发货", "2026-11-01 20:00:06", "7.50"],
    ];
    const file = utf8(rows.map((row) => row.join(",")).join("\n"));
    const sent = await upload(`/api/v1/sessions/${show}/imports`, file, "自制.csv", { kind: "orders" });
    expect(sent.body.preview.headerRow).toBeNull();
    const choice = { headerRow: 0, fields: ["orderId", "status", "paidAt", "orderPaid"] };
    const looked = await post(`/api/v1/imports/${sent.body.id}/preview`, choice);
    expect(looked.body.orders.importedTotals).toMatchObject({ orders: 2, paidFen: 2_000 });
    await post(`/api/v1/imports/${sent.body.id}/commit`, choice);
    expect(await ended(sent.body.id)).toMatchObject({ state: "done" });
    const next = await upload(`/api/v1/sessions/${await newShow()}/imports`, file, "自制.csv", { kind: "orders" });
    expect(next.body.preview).toMatchObject({
      headerRow: 0,
      orders: { importedTotals: { orders: 2, paidFen: 2_000 } },
    });
    expect((await get(`/api/v1/rooms/${api.roomId}/mappings/orders`)).body.columns).toMatchObject({
      单据: "orderId",
      钱: "orderPaid",
    });
  });
});

describe("live data", () => {
  it("[AUD7] of room and products are told apart from orders, and each minute counts once", async () => {
    const show = await newShow();
    const room = utf8("时间,实时在线人数,点赞数,商品点击次数\n2026-11-01 20:00,120,5,31\n2026-11-01 20:01,130,7,12\n");
    const products = utf8("时间,商品ID,商品曝光次数,商品点击次数\n2026-11-01 20:00,10000000000000000001,50,9\n");
    const { preview, end } = await take(show, room, "直播数据.csv");
    expect(preview).toMatchObject({
      kind: "audience",
      standing: { fresh: 2, same: 0 },
      span: { from: FROM, to: FROM + 60_000 },
    });
    expect(end.state).toBe("done");
    expect((await take(show, products, "商品.csv")).preview.standing).toMatchObject({ fresh: 1, same: 0 });
    expect((await take(show, room, "直播数据.csv")).preview.standing).toMatchObject({ fresh: 0, same: 2 });
    const sampled = api.directory.logOf(show).filter(({ type }) => type === "audience.sampled.v1");
    expect(sampled).toHaveLength(3);
    // Clicks of the room, and of the product that the other file names.
    expect(await stripOf(show)).toMatchObject({ clicks: { value: 43, source: "file" }, exposures: { value: 50 } });
  });
});

describe("the door", () => {
  it("lets in only those who may report orders, and no true figures into a rehearsal", async () => {
    const show = await newShow();
    const ads = await api.signIn("ads");
    expect((await upload(`/api/v1/sessions/${show}/imports`, utf8("a,b"), "a.csv", {}, ads)).status).toBe(403);
    expect((await upload(`/api/v1/rooms/${api.roomId}/imports`, utf8("a,b"), "a.csv", {}, ads)).status).toBe(403);
    const rehearsal = await newShow(true);
    expect(await upload(`/api/v1/sessions/${rehearsal}/imports`, utf8("a,b"), "a.csv")).toMatchObject({
      status: 409,
      body: { code: "import.rehearsal" },
    });
    const bearer = { authorization: `Bearer ${API_TOKEN}` };
    const { payload, headers } = await multipartOf(utf8(csvOf(toldOrders(2, { from: FROM }))), "a.csv");
    const url = `/api/v1/sessions/${show}/imports`;
    expect(
      (await api.app.inject({ method: "POST", url, headers: { ...headers, ...bearer }, payload })).statusCode,
    ).toBe(201);
  });

  it("answers what is no table, too large or no form with a code, and keeps nothing of it", async () => {
    const url = `/api/v1/sessions/${await newShow()}/imports`;
    const before = await api.context.db.$count(imports);
    expect(await upload(url, utf8("%PDF-1.7 …"), "a.pdf")).toMatchObject({
      status: 409,
      body: { code: "import.notATable", data: { detail: "pdf" } },
    });
    expect(await upload(url, utf8(""), "a.csv")).toMatchObject({ status: 409, body: { code: "import.empty" } });
    expect((await upload(url, utf8("a,b"), "a.csv", { kind: "people" })).body).toMatchObject({
      status: "invalid",
      issues: [{ path: "kind" }],
    });
    expect((await upload(url, new Uint8Array(20 * 1024 * 1024 + 1), "a.csv")).status).toBe(413);
    expect((await post(url, { file: "x" })).status).toBe(415);
    expect(await api.context.db.$count(imports)).toBe(before);
  });

  it("forgets the bytes once they were taken over, and whole files that were given up", async () => {
    const show = await newShow();
    const sent = await upload(`/api/v1/sessions/${show}/imports`, utf8(csvOf(toldOrders(3, { from: FROM }))), "a.csv");
    await post(`/api/v1/imports/${sent.body.id}/commit`, {});
    await ended(sent.body.id);
    const [row] = await api.context.db.select().from(imports).where(eq(imports.id, sent.body.id));
    expect(row).toMatchObject({ bytes: null, state: "done" });
    const other = await upload(`/api/v1/sessions/${show}/imports`, utf8("a,b\n1,2"), "a.csv");
    const url = `/api/v1/imports/${other.body.id}`;
    expect((await api.app.inject({ method: "DELETE", url, headers: { origin: ORIGIN, cookie } })).statusCode).toBe(200);
    expect((await get(url)).status).toBe(404);
  });
});
