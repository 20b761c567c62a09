import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { insertRoom } from "#db/queries/rooms.ts";
import { savePerson } from "#db/queries/save-person.ts";
import { commentTexts, persons } from "#db/schema/people.ts";
import { newRoom } from "#server/http/staff/room-routes.ts";
import { API_TOKEN, ORIGIN, testApi, type TestApi } from "#tests/support/api.ts";

/** What nobody may learn or do through a door that was meant for something else. */

const HOUR = 3_600_000;
/** On whatever day this runs, what was told of that time has happened. */
const START = Math.floor(Date.now() / HOUR) * HOUR - HOUR;
let api: TestApi;
let operator = "";

beforeAll(async () => {
  api = await testApi();
  await api.addPerson("op", { roles: ["operator"] });
  operator = await api.signIn("op");
});
afterAll(() => api.stop());

type Call = { readonly as?: string; readonly token?: string; readonly body?: object };

async function call(method: "GET" | "POST" | "DELETE", url: string, { as, token, body }: Call = {}) {
  const credential = { ...(as ? { cookie: as } : {}), ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const answer = await api.app.inject({
    method,
    url,
    headers: { origin: ORIGIN, ...credential },
    ...(body ? { payload: body } : {}),
  });
  return { status: answer.statusCode, body: answer.json() };
}

async function newShow(fields: object = {}, as = operator) {
  const body = { roomId: api.roomId, title: "示例", plannedStartAt: START, plannedEndAt: START + 3_600_000, ...fields };
  return call("POST", "/api/v1/sessions", { as, body });
}

async function paidShow(): Promise<string> {
  const { id } = (await newShow({ rehearsal: false })).body;
  const order = { orderId: "o1", sourceUpdatedAt: START, status: "paid", placedAt: START, paidAt: START, lines: [] };
  const line = { lineId: "1", productId: null, skuId: null, units: 1, paidFen: 12_345 };
  const items = [{ ...order, lines: [line] }];
  const sent = await call("POST", `/api/v1/ingest/sessions/${id}/orders`, { token: API_TOKEN, body: { items } });
  expect(sent.body).toEqual({ items: [{ status: "ok" }] });
  await api.context.showIndex.refresh(id);
  return id;
}

describe("an anonymous viewer", () => {
  it("is told neither what a show sold nor how its rehearsal goes", async () => {
    const id = await paidShow();
    expect((await call("GET", `/api/v1/sessions/${id}`, { as: operator })).body).toMatchObject({ paidFen: 12_345 });
    const { token } = (await call("POST", `/api/v1/viewer/sessions/${id}/visitor`)).body;
    for (const path of [
      `/api/v1/sessions/${id}`,
      `/api/v1/sessions/${id}/rehearsal`,
      `/api/v1/sessions/${id}/timeline`,
    ]) {
      expect(await call("GET", path, { token }), path).toMatchObject({ status: 403, body: { code: "access.denied" } });
    }
    expect((await call("GET", "/api/v1/sessions", { token })).body).toEqual({ sessions: [], cursor: null });
  });
});

describe("a person with other roles in other rooms", () => {
  it("copies only plans that they may see whole", async () => {
    const other = newRoom({ name: "二号间" });
    await insertRoom(api.context.db, other);
    const personId = await api.addPerson("guest", { roles: ["host"] });
    await savePerson(api.context.db, personId, { roles: { [other.id]: ["operator"] } }, null);
    const guest = await api.signIn("guest");
    const { id } = (await newShow()).body;
    expect((await call("GET", `/api/v1/sessions/${id}/view?audience=control`, { as: guest })).status).toBe(403);
    const copied = await newShow({ roomId: other.id, copyFrom: id }, guest);
    expect(copied).toMatchObject({ status: 404, body: { code: "session.unknown" } });
    expect((await newShow({ roomId: other.id }, guest)).status).toBe(201);
  });
});

describe("the own sessions", () => {
  it("can be ended everywhere by anybody, those of others only by who looks after them", async () => {
    const id = await api.addPerson("lost-phone", { roles: ["floor"] });
    const [one, two] = [await api.signIn("lost-phone"), await api.signIn("lost-phone")];
    expect((await call("POST", `/api/v1/people/${id}/sign-out`, { as: operator })).status).toBe(403);
    expect((await call("POST", `/api/v1/people/${id}/sign-out`, { as: one })).status).toBe(200);
    for (const as of [one, two]) expect((await call("GET", "/api/v1/me", { as })).status).toBe(401);
  });
});

describe("a person who was forgotten", () => {
  it("stays nobody under the id that the logs know, whatever their shop reports again", async () => {
    await api.addPerson("boss", { owner: true });
    const boss = await api.signIn("boss");
    const { id } = (await newShow()).body;
    const comment = {
      commentId: "c1",
      at: START,
      text: "我的电话 13800000000",
      personKey: "openid-1",
      personName: "小明",
    };
    const report = () =>
      call("POST", `/api/v1/ingest/sessions/${id}/comments`, { token: API_TOKEN, body: { items: [comment] } });
    const people = () => api.context.db.select().from(persons).where(eq(persons.name, "小明"));
    expect((await report()).status).toBe(200);
    const [known] = await people();
    expect((await call("DELETE", `/api/v1/persons/${known?.id}`, { as: boss })).status).toBe(200);
    expect(await people()).toEqual([]);
    expect(await api.context.db.select().from(commentTexts)).toEqual([]);
    expect((await report()).status).toBe(200);
    const [again] = await people();
    expect(again?.id).toBeDefined();
    expect(again?.id).not.toBe(known?.id);
    expect((await call("DELETE", `/api/v1/persons/${known?.id}`, { as: boss })).status).toBe(404);
  });
});
