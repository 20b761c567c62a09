import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { insertRoom } from "#db/queries/rooms.ts";
import { commentTexts, persons } from "#db/schema/people.ts";
import { reportClaims, reportOrders, reportWinners } from "#db/schema/reports.ts";
import { newRoom } from "#server/http/staff/room-routes.ts";
import { API_TOKEN, ORIGIN, testApi, type TestApi } from "#tests/support/api.ts";

let api: TestApi;
let floor = "";

beforeAll(async () => {
  api = await testApi();
  await api.addPerson("op", { roles: ["operator"] });
  await api.addPerson("floor", { roles: ["floor"] });
  await api.addPerson("helper", { roles: ["assistant"] });
  await api.addPerson("boss", { roles: ["manager"] });
  await api.addPerson("owner", { owner: true });
  floor = await api.signIn("floor");
});
afterAll(() => api.stop());

async function call(method: "GET" | "POST" | "DELETE", url: string, as: string, payload?: object) {
  const headers = { origin: ORIGIN, ...(as.startsWith("Bearer") ? { authorization: as } : { cookie: as }) };
  const answer = await api.app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
  return { status: answer.statusCode, body: answer.json() };
}

async function newShow(): Promise<string> {
  const body = { roomId: api.roomId, title: "示例", plannedStartAt: 1, plannedEndAt: 2 };
  return (await call("POST", "/api/v1/sessions", await api.signIn("op"), body)).body.id;
}

const name = (sessionId: string, names: readonly string[], as = floor) =>
  call("POST", `/api/v1/sessions/${sessionId}/persons`, as, { names });

describe("names of winners, pasted", () => {
  it("are the same persons when they are pasted again in this show, and others in another", async () => {
    const show = await newShow();
    const first = await name(show, ["示例小明同学", " 示例小红 ", "示例小明同学"]);
    expect(first.status).toBe(200);
    const [ming, hong, again] = first.body.personIds;
    expect(again).toBe(ming);
    expect(hong).not.toBe(ming);
    expect((await name(show, ["示例小红", "示例小明同学"])).body.personIds).toEqual([hong, ming]);
    expect((await name(await newShow(), ["示例小明同学"])).body.personIds).not.toContain(ming);
  });

  it("are recorded by id, shown masked, and can be forgotten", async () => {
    const show = await newShow();
    const op = await api.signIn("op");
    let count = 0;
    const send = (type: string, input: object, as = op, expected?: object) =>
      call("POST", `/api/v1/sessions/${show}/commands`, as, {
        id: `w${(count += 1)}`,
        type,
        input,
        ...(expected ? { expect: expected } : {}),
      });
    const prizes = [{ name: "示例围巾", count: 2, valueFen: 9_900 }];
    const planned = await send("lottery.plan", {
      carrier: "platformBag",
      title: "示例福袋",
      prizes,
      durationMs: 600_000,
    });
    const { lotteryId } = planned.body.result;
    expect((await send("lottery.open", { lotteryId, ago: 0 })).body.status).toBe("ok");
    const { personIds } = (await name(show, ["示例小明同学", "示例阿May"])).body;
    const seen = { personIds: [] };
    expect((await send("lottery.recordWinners", { lotteryId, personIds }, floor, seen)).body.status).toBe("ok");
    expect((await send("lottery.recordWinners", { lotteryId, personIds: [] }, op, seen)).body).toMatchObject({
      code: "state.changed",
    });
    const view = await call("GET", `/api/v1/sessions/${show}/view?audience=control`, op);
    const [ming, may] = personIds;
    expect(view.body.names).toMatchObject({ [ming]: "示**学", [may]: "示**y" });
    expect(JSON.stringify(api.directory.logOf(show))).not.toContain("示例小明");
    // Who delivers no prizes gets neither id nor name, in no view (LOT10).
    const helper = await api.signIn("helper");
    for (const audience of ["control", "crew", "review", "host"]) {
      const other = await call("GET", `/api/v1/sessions/${show}/view?audience=${audience}`, helper);
      expect([audience, other.status]).toEqual([audience, 200]);
      expect(JSON.stringify(other.body)).toContain(`****${String(ming).slice(-4)}`);
      for (const hidden of [ming, may, "示**学"]) expect(JSON.stringify(other.body)).not.toContain(hidden);
    }

    expect((await call("DELETE", `/api/v1/persons/${ming}`, await api.signIn("owner"))).status).toBe(200);
    expect(await api.context.db.select().from(persons).where(eq(persons.name, "示例阿May"))).toHaveLength(1);
    expect((await name(show, ["示例小明同学"])).body.personIds).not.toContain(ming);
  });

  it("are taken from those who may record winners, at most a thousand, and none that is no name", async () => {
    const show = await newShow();
    const denied = { status: 403, body: { code: "access.denied" } };
    expect(await name(show, ["示例"], await api.signIn("helper"))).toMatchObject(denied);
    expect(await name(show, ["示例"], `Bearer ${API_TOKEN}`)).toMatchObject(denied);
    expect((await name("s_unknown", ["示例"])).status).toBe(404);
    const many = Array.from({ length: 1_000 }, (_, index) => `示例 ${index}`);
    expect(new Set((await name(show, many)).body.personIds).size).toBe(1_000);
    for (const wrong of [[...many, "又一位"], [], ["  "], ["长".repeat(61)], ["\u0000"]])
      expect((await name(show, wrong)).status).toBe(400);
  });
});

describe("who may be forgotten by whom", () => {
  const START = 1_800_000_000_000;
  let count = 0;
  /** Somebody new who did `what` in a show; the tables of reports are filled as their follower does. */
  async function seen(sessionId: string, what: "commented" | "ordered" | "claimed" | "won" | "named"): Promise<string> {
    count += 1;
    const { personIds } = (await name(sessionId, [`示例某人 ${count}`], await api.signIn("owner"))).body;
    const personId: string = personIds[0];
    const { db } = api.context;
    const order = {
      placedAt: START,
      paidAt: START,
      cancelledAt: null,
      buyer: "new",
      traffic: "private",
      entry: "room",
    };
    const sums = {
      paidFen: 0,
      discountFen: 0,
      freightFen: 0,
      refundedFen: 0,
      units: 0,
      lines: [],
      refunds: [],
      couponCodes: [],
    };
    const prize = {
      lotteryId: "l",
      position: count,
      lotteryTitle: "示例",
      prizeName: "示例",
      label: "a",
      state: "won",
      drawnAt: START,
      place: 1,
    };
    if (what === "commented")
      await db
        .insert(commentTexts)
        .values({ sessionId, personId, commentId: `c_${count}`, text: "示例", createdAt: START });
    if (what === "ordered")
      await db
        .insert(reportOrders)
        .values({ sessionId, personId, orderId: `o${count}`, status: "paid", ...order, ...sums });
    if (what === "claimed")
      await db.insert(reportClaims).values({
        sessionId,
        personId,
        claimId: `k${count}`,
        couponId: "c",
        code: "示例",
        state: "claimed",
        claimedAt: START,
      });
    if (what === "won") await db.insert(reportWinners).values({ sessionId, personId, ...prize });
    return personId;
  }
  const forget = async (personId: string, as: string) =>
    (await call("DELETE", `/api/v1/persons/${personId}`, await api.signIn(as))).status;

  it("a manager forgets whoever was seen in their rooms' shows, an owner anybody", async () => {
    const other = newRoom({ name: "二号间" });
    await insertRoom(api.context.db, other);
    const own = await newShow();
    const body = { roomId: other.id, title: "示例", plannedStartAt: 1, plannedEndAt: 2 };
    const elsewhere: string = (await call("POST", "/api/v1/sessions", await api.signIn("owner"), body)).body.id;
    for (const id of [own, elsewhere]) await api.context.showIndex.refresh(id);
    for (const what of ["commented", "ordered", "claimed", "won"] as const) {
      expect(await forget(await seen(own, what), "op"), what).toBe(403);
      expect(await forget(await seen(own, what), "boss"), what).toBe(200);
      const stranger = await seen(elsewhere, what);
      expect(await forget(stranger, "boss"), what).toBe(404);
      expect(await api.context.db.select().from(persons).where(eq(persons.id, stranger)), what).toHaveLength(1);
      expect(await forget(stranger, "owner"), what).toBe(200);
    }
    const nobody = await seen(own, "named");
    expect(await forget(nobody, "boss")).toBe(404);
    expect(await forget(nobody, "owner")).toBe(200);
  });
});
