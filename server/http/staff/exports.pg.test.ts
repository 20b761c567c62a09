import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { followerCheckpoints, reportOrders } from "#db/schema/reports.ts";
import { FOLLOWER } from "../../followers/follow.ts";
import { ORIGIN, testApi, type TestApi } from "#tests/support/api.ts";

let api: TestApi;
let operator = "";
let sessionId = "";
let skuId = "";
const PLACED = Date.UTC(2026, 10, 11, 12, 0, 5);

beforeAll(async () => {
  api = await testApi();
  await api.addPerson("op", { roles: ["operator"] });
  await api.addPerson("helper", { roles: ["assistant"] });
  operator = await api.signIn("op");
  sessionId = (
    await post("/api/v1/sessions", { roomId: api.roomId, title: "示例", plannedStartAt: 1, plannedEndAt: 2 })
  ).id;
  const sku = { name: "均码", platformId: "90071992547409931", liveFen: 9_900, sellable: 10 };
  const { result } = await command("bag.applySheet", { products: [{ linkNo: 12, name: "示例外套", skus: [sku] }] });
  const view = await get(`/api/v1/sessions/${sessionId}/view?audience=control`);
  skuId = view.json().slices.products.rows[0][1].skus[0].skuId;
  const [productId] = result.productIds;
  await command("bag.markWrongPrice", { productId, skuId, priceFen: 990, from: PLACED - 1_000, to: PLACED + 1_000 });
  const line = { lineId: "1", productId: null, skuId: "90071992547409931", units: 2, paidFen: 1_980, discountFen: 0 };
  const row = {
    sessionId,
    status: "paid",
    placedAt: PLACED,
    paidAt: PLACED,
    cancelledAt: null,
    personId: null,
    buyer: "new",
    traffic: "private",
    entry: "groupLink",
    paidFen: 1_980,
    discountFen: 0,
    freightFen: 600,
    refundedFen: 0,
    units: 2,
    refunds: [],
    couponCodes: [],
  };
  await api.context.db.insert(reportOrders).values([
    { ...row, orderId: "3718293847561029384", lines: [line] },
    { ...row, orderId: "=evil()", lines: [{ ...line, paidFen: 19_800 }] },
  ]);
  const { seq } = view.json();
  await api.context.db.insert(followerCheckpoints).values({ follower: FOLLOWER, sessionId, seq: seq + 10 });
});
afterAll(() => api.stop());

const get = (url: string, as = operator) => api.app.inject({ url, headers: { cookie: as } });
async function post(url: string, payload: object) {
  return (await api.app.inject({ method: "POST", url, headers: { origin: ORIGIN, cookie: operator }, payload })).json();
}
let count = 0;
const command = (type: string, input: object) =>
  post(`/api/v1/sessions/${sessionId}/commands`, { id: `x${(count += 1)}`, type, input });

describe("exports", () => {
  it("open in Excel with long ids whole, formulas dead, local time and yuan", async () => {
    const answer = await get(`/api/v1/sessions/${sessionId}/exports/orders.csv`);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers["content-disposition"]).toContain(`orders-${sessionId}.csv`);
    expect(answer.body.startsWith("\ufeff订单号,")).toBe(true);
    expect(answer.body).toContain('"\t3718293847561029384",已付款,2026-11-11 20:00:05');
    expect(answer.body).toContain("19.80,0.00,6.00,0.00,0.00,私域,群发链接,新客");
    expect(answer.body).toContain("'=evil()");
  });

  it("list the orders that a wrong price caught, and no others", async () => {
    const { body } = await get(`/api/v1/sessions/${sessionId}/exports/wrong-price.csv`);
    expect(body.trim().split("\r\n")).toHaveLength(2);
    expect(body).toContain("12,示例外套,均码,9.90");
  });

  it("are for those who may have them", async () => {
    const helper = await api.signIn("helper");
    expect((await get(`/api/v1/sessions/${sessionId}/exports/orders.csv`, helper)).statusCode).toBe(403);
    expect((await get(`/api/v1/sessions/${sessionId}/exports/claims.csv`)).statusCode).toBe(403);
    expect((await get(`/api/v1/sessions/${sessionId}/exports/winners.csv`)).statusCode).toBe(200);
  });
});

describe("timeline", () => {
  it("has minutes, markers and rounds", async () => {
    const answer = await get(`/api/v1/sessions/${sessionId}/timeline`);
    expect(answer.json()).toMatchObject({ phase: "planned", series: [], markers: [], rounds: [], interruptions: [] });
  });
});
