import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commentTexts, persons } from "#db/schema/people.ts";
import { API_TOKEN, ORIGIN, testApi, type TestApi } from "#tests/support/api.ts";
import { signRequest } from "./signature.ts";

let api: TestApi;
let owner = "";
let sessionId = "";
const NOW = Date.now();

beforeAll(async () => {
  api = await testApi();
  await api.addPerson("boss", { owner: true });
  owner = await api.signIn("boss");
  const payload = { roomId: api.roomId, title: "示例", plannedStartAt: NOW, plannedEndAt: NOW + 1 };
  const made = await api.app.inject({
    method: "POST",
    url: "/api/v1/sessions",
    headers: { origin: ORIGIN, cookie: owner },
    payload,
  });
  sessionId = made.json().id;
});
afterAll(() => api.stop());

async function ingest(
  kind: string,
  items: readonly unknown[],
  headers: Record<string, string> = { authorization: `Bearer ${API_TOKEN}` },
) {
  const url = `/api/v1/ingest/sessions/${sessionId}/${kind}`;
  const answer = await api.app.inject({ method: "POST", url, headers, payload: { items } });
  return { status: answer.statusCode, body: answer.json() };
}

const order = (orderId: string, fields: object = {}) => ({
  orderId,
  sourceUpdatedAt: NOW,
  status: "paid",
  placedAt: NOW,
  paidAt: NOW,
  personKey: "openid-anna",
  personName: "安娜同学",
  lines: [{ lineId: "1", units: 1, paidFen: 9_900 }],
  ...fields,
});

const eventsOf = (type: string) => api.directory.logOf(sessionId).filter((event) => event.type === type);

describe("orders", () => {
  it("are told one by one what is wrong, and counted once however often they come", async () => {
    const items = [
      order("o1"),
      { orderId: "o2" },
      order("o3", { lines: [{ lineId: "1", units: -1, paidFen: 1 }] }),
      order("o4"),
    ];
    const first = await ingest("orders", items);
    expect(first).toMatchObject({
      status: 200,
      body: {
        items: [
          { status: "ok" },
          { status: "invalid", issues: [{ path: "sourceUpdatedAt" }] },
          { issues: [{ path: "lines.0.units" }] },
          { status: "ok" },
        ],
      },
    });
    expect(eventsOf("order.recorded.v1")).toHaveLength(2);
    expect(await ingest("orders", items)).toEqual(first);
    expect((await ingest("orders", [order("o4"), order("o1")])).body.items).toEqual([
      { status: "ok" },
      { status: "ok" },
    ]);
    expect(eventsOf("order.recorded.v1")).toHaveLength(2);
  });

  it("leave the buyer's key and name outside the log; deleting the person forgets both", async () => {
    const log = JSON.stringify(api.directory.logOf(sessionId));
    expect(log).not.toContain("openid-anna");
    expect(log).not.toContain("安娜");
    const { db } = api.context;
    const [person] = await db.select().from(persons);
    expect(person).toMatchObject({ name: "安娜同学" });
    expect(log).toContain(person?.id);
    const url = `/api/v1/persons/${person?.id}`;
    expect(
      (await api.app.inject({ method: "DELETE", url, headers: { origin: ORIGIN, cookie: owner } })).statusCode,
    ).toBe(200);
    expect(await db.select().from(persons)).toEqual([]);
  });

  it("are refused with fields that mean nothing, each by its path", async () => {
    const line = { lineId: "1", units: 1, paidFen: 9_900, discount: 100 };
    const refunds = [{ refundId: "r1", at: NOW, fen: 1, amount: 1 }];
    const wrong = order("u1", { freight: 800, fright: 1, lines: [line], refunds });
    const { items } = (await ingest("orders", [wrong, order("u2")])).body;
    expect(items).toMatchObject([{ status: "invalid" }, { status: "ok" }]);
    const told = items[0].issues.map(({ path, code }: { path: string; code: string }) => `${path} ${code}`);
    expect(told.toSorted()).toEqual(
      ["freight", "fright", "lines.0.discount", "refunds.0.amount"].map((path) => `${path} unrecognized_keys`),
    );
    const sample = {
      source: "dashboard",
      sampleId: "u1",
      at: NOW,
      onlines: 1,
      products: [{ productId: "p", click: 1 }],
    };
    expect((await ingest("audience", [sample])).body.items[0].issues).toHaveLength(2);
    const comment = { commentId: "u1", at: NOW, text: "?", person: "x" };
    expect((await ingest("comments", [comment])).body.items).toMatchObject([{ issues: [{ path: "person" }] }]);
  });

  it("are refused when their times are seconds, which as milliseconds would be 1970", async () => {
    const seconds = Math.floor(NOW / 1_000);
    const refunds = [{ refundId: "r1", at: seconds, fen: 1 }];
    const items = [order("s1", { placedAt: seconds }), order("s2", { paidAt: seconds }), order("s3", { refunds })];
    const paths = ["placedAt", "paidAt", "refunds.0.at"];
    expect((await ingest("orders", items)).body.items).toMatchObject(
      paths.map((path) => ({ status: "invalid", issues: [{ path, code: "too_small" }] })),
    );
    const comment = { commentId: "s1", at: seconds, text: "?" };
    expect((await ingest("comments", [comment])).body.items).toMatchObject([{ issues: [{ path: "at" }] }]);
    const sample = { source: "dashboard", sampleId: "s1", at: seconds, online: 1 };
    expect((await ingest("audience", [sample])).body.items).toMatchObject([{ issues: [{ path: "at" }] }]);
  });

  it("[TIM2] are refused one by one when they lie ahead of the show, as those of a clock in another zone do", async () => {
    const zoneAhead = NOW + 8 * 3_600_000;
    const logged = eventsOf("order.recorded.v1").length;
    expect((await ingest("orders", [order("z1", { paidAt: zoneAhead }), order("z2")])).body.items).toMatchObject([
      { status: "rejected", code: "order.timeAhead", data: { orderId: "z1", path: "paidAt", at: zoneAhead } },
      { status: "ok" },
    ]);
    expect(eventsOf("order.recorded.v1")).toHaveLength(logged + 1);
  });

  it("are refused as a whole when there are none or too many", async () => {
    expect((await ingest("orders", [])).status).toBe(400);
    expect(
      (
        await ingest(
          "orders",
          Array.from({ length: 501 }, (_, at) => order(`x${at}`)),
        )
      ).status,
    ).toBe(400);
  });
});

describe("comments", () => {
  it("are counted by word, their text kept apart and joined where the view leaves", async () => {
    const items = [{ commentId: "m1", at: NOW, text: "这个尺码怎么选?", personKey: "openid-bo", personName: "小波" }];
    expect((await ingest("comments", items)).body.items).toEqual([{ status: "ok" }]);
    const [noted] = eventsOf("comment.noted.v1");
    expect(noted?.data).toMatchObject({ keywords: ["尺码"], question: true });
    expect(JSON.stringify(noted)).not.toContain("怎么选");
    const texts = await api.context.db.select().from(commentTexts).where(eq(commentTexts.sessionId, sessionId));
    expect(texts).toMatchObject([{ text: "这个尺码怎么选?" }]);
    const view = await api.app.inject({
      url: `/api/v1/sessions/${sessionId}/view?audience=control`,
      headers: { cookie: owner },
    });
    expect(Object.values(view.json().comments)).toEqual(["这个尺码怎么选?"]);
    expect(Object.values(view.json().names)).toContain("小*");
  });
});

it("lets no name or comment turn the direction of the line it stands in", async () => {
  const turned = {
    commentId: "turned",
    at: NOW,
    text: "\u202e多少钱\u202c?",
    personKey: "openid-turned",
    personName: "\u202e小米\u2066同学",
  };
  const empty = { commentId: "empty", at: NOW, text: "\u202e\u2066" };
  expect((await ingest("comments", [turned, empty])).body.items).toMatchObject([
    { status: "ok" },
    { status: "invalid", issues: [{ path: "text" }] },
  ]);
  const url = `/api/v1/sessions/${sessionId}/view?audience=control`;
  const { comments, names } = (await api.app.inject({ url, headers: { cookie: owner } })).json();
  expect(Object.values(comments)).toContain("多少钱?");
  expect(Object.values(names)).toContain("小**学");
});

describe("audience", () => {
  it("counts a sample once by the sender's id", async () => {
    const sample = { source: "dashboard", sampleId: "a1", at: NOW, online: 321 };
    await ingest("audience", [sample]);
    await ingest("audience", [sample, { ...sample, sampleId: "a2", online: 322 }]);
    expect(eventsOf("audience.sampled.v1")).toHaveLength(2);
    expect((await ingest("audience", [{ source: "dashboard", online: 1 }])).body.items).toMatchObject([
      { status: "invalid", issues: [{ path: "sampleId" }] },
    ]);
  });
});

describe("signed requests", () => {
  it("need the signature of a live token over this very body and path, made just now", async () => {
    const payload = { name: "ERP", roomIds: [api.roomId] };
    const made = await api.app.inject({
      method: "POST",
      url: "/api/v1/tokens",
      headers: { origin: ORIGIN, cookie: owner },
      payload,
    });
    const { id, signingSecret } = made.json();
    const url = `/api/v1/ingest/sessions/${sessionId}/orders`;
    const body = JSON.stringify({ items: [order("signed")] });
    const send = async (timestamp: number, { body: signed = body, path = url, sent = body } = {}) => {
      const headers = {
        "content-type": "application/json",
        "x-kaibo-key": id,
        "x-kaibo-timestamp": String(timestamp),
        "x-kaibo-signature": signRequest(signingSecret, {
          timestamp: String(timestamp),
          path,
          body: Buffer.from(signed),
        }),
      };
      return (await api.app.inject({ method: "POST", url, headers, payload: sent })).statusCode;
    };
    expect(await send(Date.now())).toBe(200);
    expect(await send(Date.now() - 6 * 60_000)).toBe(401);
    expect(await send(Date.now(), { sent: body.replace("9900", "1") })).toBe(401);
    expect(await send(Date.now(), { path: url.replace(sessionId, "s_another") })).toBe(401);
    expect(await send(Date.now(), { path: url.replace("orders", "comments") })).toBe(401);
    await api.app.inject({ method: "DELETE", url: `/api/v1/tokens/${id}`, headers: { origin: ORIGIN, cookie: owner } });
    expect(await send(Date.now())).toBe(401);
  });
});
