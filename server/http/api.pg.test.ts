import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { engine } from "#domain/ops/index.ts";
import { API_TOKEN, ORIGIN, testApi, type TestApi } from "#tests/support/api.ts";
import { describedBy, type Description } from "#tests/support/described.ts";

let api: TestApi;
let owner = "";
let operator = "";
let host = "";
let description: Description;

beforeAll(async () => {
  api = await testApi();
  description = await describedBy(api.app);
  await api.addPerson("boss", { owner: true });
  await api.addPerson("op", { roles: ["operator"] });
  await api.addPerson("anchor", { roles: ["host"] });
  [owner, operator, host] = await Promise.all([api.signIn("boss"), api.signIn("op"), api.signIn("anchor")]);
});
afterAll(() => api.stop());

type Call = {
  readonly as?: string;
  readonly token?: string;
  readonly body?: object;
  readonly headers?: Record<string, string>;
};

async function call(
  method: "GET" | "POST" | "PATCH" | "DELETE",
  url: string,
  { as, token, body, headers = {} }: Call = {},
) {
  const answer = await api.app.inject({
    method,
    url,
    headers: {
      origin: ORIGIN,
      ...(as ? { cookie: as } : {}),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
    ...(body ? { payload: body } : {}),
  });
  const contentType = String(answer.headers["content-type"]);
  const isJson = contentType.startsWith("application/json");
  const answered = { method, url, status: answer.statusCode, contentType, body: answer.body };
  expect(description.complaint(answered)).toBeNull();
  return { status: answer.statusCode, body: isJson ? answer.json() : answer.body, headers: answer.headers };
}

const DAY = 86_400_000;
/** To come on whatever day this runs: what is planned for a time that has passed is refused. */
const START = Math.ceil(Date.now() / DAY) * DAY + 30 * DAY;
async function newShow(fields: object = {}): Promise<string> {
  const body = { roomId: api.roomId, title: "示例", plannedStartAt: START, plannedEndAt: START + 3_600_000, ...fields };
  const made = await call("POST", "/api/v1/sessions", { as: operator, body });
  expect(made).toMatchObject({ status: 201 });
  return made.body.id;
}

describe("sign-in", () => {
  it("says who is signed in and what they are where", async () => {
    const me = await call("GET", "/api/v1/me", { as: operator });
    expect(me.body).toMatchObject({
      person: { username: "op" },
      owner: false,
      rooms: [{ id: api.roomId, roles: ["operator"] }],
    });
    expect((await call("GET", "/api/v1/me", { as: owner })).body).toMatchObject({
      owner: true,
      rooms: [{ roles: ["owner"] }],
    });
  });

  it("does not tell a wrong name from a wrong password, and stops guessing", async () => {
    const guess = (username: string) =>
      call("POST", "/api/auth/sign-in/username", { body: { username, password: "wrong-guess" } });
    expect(await guess("op")).toMatchObject({ status: 401, body: { code: "auth.wrong" } });
    expect(await guess("nobody")).toMatchObject({ status: 401, body: { code: "auth.wrong" } });
    const tries = await Promise.all(Array.from({ length: 12 }, () => guess("victim")));
    expect(tries.at(-1)).toMatchObject({ status: 429, body: { code: "auth.tooMany" } });
  });

  it("keeps everything else of the sign-in library closed", async () => {
    for (const path of ["sign-up/email", "sign-in/email", "update-user", "delete-user", "list-sessions"]) {
      const answer = await call("POST", `/api/auth/${path}`, {
        as: operator,
        body: { name: "x", email: "x@x.de", password: "12345678" },
      });
      expect(answer.status).toBe(404);
    }
  });

  it("ends a session at once on sign-out, and everywhere on request", async () => {
    const cookie = await api.signIn("op");
    expect((await call("GET", "/api/v1/me", { as: cookie })).status).toBe(200);
    expect((await call("POST", "/api/auth/sign-out", { as: cookie })).status).toBe(200);
    expect((await call("GET", "/api/v1/me", { as: cookie })).status).toBe(401);
    const id = await api.addPerson("leaver", { roles: ["floor"] });
    const other = await api.signIn("leaver");
    expect((await call("GET", "/api/v1/me", { as: other })).status).toBe(200);
    expect((await call("PATCH", `/api/v1/people/${id}`, { as: owner, body: { disabled: true } })).status).toBe(200);
    expect((await call("GET", "/api/v1/me", { as: other })).status).toBe(401);
    await expect(api.signIn("leaver")).rejects.toThrow(/auth.disabled/);
  });

  it("refuses a write with the cookie from a page of somebody else", async () => {
    const body = { id: "x1", type: "session.start", input: {} };
    const id = await newShow();
    const answer = await call("POST", `/api/v1/sessions/${id}/commands`, {
      as: operator,
      body,
      headers: { origin: "https://evil.example" },
    });
    expect(answer).toMatchObject({ status: 403, body: { code: "access.origin" } });
  });
});

describe("shows", () => {
  it("creates one, lists it and acts in it, once per command id", async () => {
    const id = await newShow({ title: "双十一 专场" });
    const list = await call("GET", `/api/v1/sessions?q=${encodeURIComponent("双十一")}`, { as: operator });
    expect(list.body.sessions).toMatchObject([{ id, phase: "planned", paidFen: null }]);
    const command = { id: "c1", type: "session.start", input: { reason: "试播" } };
    const send = () => call("POST", `/api/v1/sessions/${id}/commands`, { as: operator, body: command });
    expect(await send()).toMatchObject({ status: 200, body: { status: "ok", seq: 2 } });
    expect(await send()).toMatchObject({ status: 200, body: { status: "ok", seq: 2 } });
    const again = await call("POST", `/api/v1/sessions/${id}/commands`, {
      as: operator,
      body: { ...command, id: "c2" },
    });
    expect(again).toMatchObject({ status: 409, body: { status: "rejected", code: "session.alreadyStarted" } });
    const wrong = await call("POST", `/api/v1/sessions/${id}/commands`, {
      as: operator,
      body: { id: "c3", type: "session.edit", input: { title: 3 } },
    });
    expect(wrong).toMatchObject({ status: 400, body: { status: "invalid", issues: [{ path: "input.title" }] } });
  });

  it("copies the plan of a past show, moved to the new start", async () => {
    const from = await newShow({ theme: "秋冬" });
    const send = async (type: string, input: object) => {
      const body = { id: `copy-${type}`, type, input };
      const answer = await call("POST", `/api/v1/sessions/${from}/commands`, { as: operator, body });
      expect(answer).toMatchObject({ status: 200 });
      return answer.body.result;
    };
    await send("session.setShifts", {
      shifts: [{ shiftId: "a", from: START, to: START + 60_000, hosts: [], operators: [] }],
    });
    const sku = { name: "均码", liveFen: 9_900, sellable: 10, pool: 90 };
    const products = [1, 2].map((linkNo) => ({ linkNo, name: `示例 ${linkNo}`, skus: [sku] }));
    const [, second] = (await send("bag.applySheet", { products })).productIds;
    const discount = { kind: "direct", offFen: 100, productIds: [second] };
    const { couponId } = await send("coupon.plan", {
      carrier: "own",
      title: "券",
      discount,
      total: 5,
      claimTo: START + 1_000,
    });
    const acts = [
      { type: "explain", productId: second },
      { type: "couponPush", couponId },
    ];
    await send("rundown.setCues", { cues: [{ kind: "explain", title: "主推", productId: second, acts }] });

    const push = { kind: "groups", title: "开播提醒", copy: { text: "{{startsAt}} 开播" }, about: { couponId } };
    await send("push.plan", { ...push, audience: { purposes: ["直播"] } });

    const to = await newShow({ copyFrom: from, plannedStartAt: START + 86_400_000, plannedEndAt: START + 90_000_000 });
    const { body } = await call("GET", `/api/v1/sessions/${to}/view?audience=control`, { as: operator });
    const rows = (name: string) => body.slices[name].rows.map(([, row]: [string, object]) => row);
    expect(body.slices.session.value).toMatchObject({ theme: "秋冬" });
    expect(rows("shifts")).toMatchObject([{ from: START + 86_400_000 }]);
    expect(rows("products")).toMatchObject([{ linkNo: 1, pool: 90 }, { linkNo: 2 }]);
    const { productId } = rows("products")[1];
    expect(productId).not.toBe(second);
    expect(rows("coupons")).toMatchObject([
      { claimTo: START + 86_401_000, discount: { productIds: [productId] }, state: "planned" },
    ]);
    const copied = [
      { type: "explain", productId },
      { type: "couponPush", couponId: rows("coupons")[0].couponId },
    ];
    expect(rows("cues")).toMatchObject([{ title: "主推", productId, acts: copied }]);
    // [PSH23] As far from the start as it was, and waiting for somebody to read it.
    expect(rows("pushes")).toMatchObject([
      {
        title: "开播提醒",
        status: "held",
        held: { reason: "copied" },
        about: { couponId: rows("coupons")[0].couponId },
      },
    ]);
    expect(rows("pushes")[0].sendAt).toBe(START + 86_400_000 - 15 * 60_000);
    expect(Object.values(body.names)).toContain("op");
  });

  it("answers the same show for the same idempotency key", async () => {
    const body = { roomId: api.roomId, title: "一次", plannedStartAt: START, plannedEndAt: START + 1 };
    const send = () => call("POST", "/api/v1/sessions", { as: operator, body, headers: { "idempotency-key": "k1" } });
    const [first, second] = [await send(), await send()];
    expect(second).toMatchObject({ status: 201, body: first.body });
  });

  it("lets each role see and do its own only", async () => {
    const id = await newShow();
    const view = (audience: string, as: string) =>
      call("GET", `/api/v1/sessions/${id}/view?audience=${audience}`, { as });
    expect((await view("host", host)).status).toBe(200);
    expect((await view("control", host)).status).toBe(403);
    expect((await call("GET", `/api/v1/sessions/${id}/events`, { as: operator })).status).toBe(403);
    const events = await call("GET", `/api/v1/sessions/${id}/events`, { as: owner });
    expect(
      events.body
        .trim()
        .split("\n")
        .map((line: string) => JSON.parse(line)),
    ).toMatchObject([{ type: "session.created.v1" }, { end: true, seq: 1, more: false }]);
    const start = { id: "x", type: "session.start", input: {} };
    expect((await call("POST", `/api/v1/sessions/${id}/commands`, { as: host, body: start })).body).toEqual({
      status: "error",
      code: "access.denied",
    });
    await api.addPerson("stranger");
    const stranger = await api.signIn("stranger");
    expect((await call("GET", `/api/v1/sessions/${id}`, { as: stranger })).status).toBe(403);
    expect((await call("GET", `/api/v1/sessions/s_nope`, { as: owner })).body).toEqual({
      status: "error",
      code: "session.unknown",
    });
  });

  it("numbers screens for good, renames them, and tells a screen which one it is", async () => {
    const id = await newShow();
    const make = async (name: string) =>
      (await call("POST", `/api/v1/sessions/${id}/links`, { as: operator, body: { name } })).body;
    const list = async () => (await call("GET", `/api/v1/sessions/${id}/links`, { as: operator })).body.links;
    const first = await make("主播屏");
    const second = await make("助播手机");
    expect([first.number, second.number]).toEqual([1, 2]);
    await call("DELETE", `/api/v1/sessions/${id}/links/${first.id}`, { as: operator });
    const third = await make("提词屏");
    const path = `/api/v1/sessions/${id}/links/${second.id}`;
    expect(await call("PATCH", path, { as: host, body: { name: "不行" } })).toMatchObject({ status: 403 });
    expect(await call("PATCH", path, { as: operator, body: { name: "右侧大屏" } })).toMatchObject({ status: 200 });
    expect(await list()).toMatchObject([
      { id: second.id, number: 2, name: "右侧大屏", lastSeenAt: null },
      { id: third.id, number: 3, name: "提词屏" },
    ]);
    const self = await call("GET", "/api/v1/screen", { token: second.token });
    expect(self).toMatchObject({
      status: 200,
      body: { linkId: second.id, number: 2, name: "右侧大屏", sessionId: id },
    });
    expect((await call("GET", "/api/v1/screen", { token: first.token })).status).toBe(401);
    expect((await call("GET", "/api/v1/screen", { as: operator })).status).toBe(403);
  });

  it("[SCR6] takes nothing from a screen but that a message was seen", async () => {
    const id = await newShow();
    const { token } = (await call("POST", `/api/v1/sessions/${id}/links`, { as: operator, body: { name: "主播屏" } }))
      .body;
    const send = async (type: string, input: object) =>
      call("POST", `/api/v1/sessions/${id}/commands`, { token, body: { id: type, type, input } });
    const refused = [...engine.commands.keys()].filter((type) => type !== "message.seen");
    for (const type of refused) expect(await send(type, {}), type).toMatchObject({ status: 403 });
    expect(await send("message.seen", { messageId: "none" })).toMatchObject({ status: 409 });
  });

  it("opens the host view to a screen link until that is revoked", async () => {
    const id = await newShow();
    const link = await call("POST", `/api/v1/sessions/${id}/links`, { as: operator, body: { name: "主播屏" } });
    const look = (audience: string) =>
      call("GET", `/api/v1/sessions/${id}/view?audience=${audience}`, { token: link.body.token });
    expect((await look("host")).status).toBe(200);
    expect((await look("control")).status).toBe(403);
    await call("DELETE", `/api/v1/sessions/${id}/links/${link.body.id}`, { as: operator });
    expect((await look("host")).status).toBe(401);
  });
});

describe("people and tokens", () => {
  it("adds people with and without account, and gives roles by room", async () => {
    const body = { name: "主播小七", roles: { [api.roomId]: ["host"] } };
    const made = await call("POST", "/api/v1/people", { as: owner, body });
    expect(made).toMatchObject({ status: 201, body: { username: null, roles: { [api.roomId]: ["host"] } } });
    const members = await call("GET", `/api/v1/rooms/${api.roomId}/members`, { as: host });
    expect(members.body.members).toContainEqual({
      id: made.body.id,
      name: "主播小七",
      roles: ["host"],
      hasAccount: false,
      disabled: false,
    });
    const taken = await call("POST", "/api/v1/people", {
      as: owner,
      body: { name: "x", username: "OP", password: "12345678" },
    });
    expect(taken).toMatchObject({ status: 409, body: { code: "person.usernameTaken" } });
  });

  it("lets managers look after their room, but not take over owners or other rooms", async () => {
    await api.addPerson("lead", { roles: ["manager"] });
    const lead = await api.signIn("lead");
    const everybody = (await call("GET", "/api/v1/people", { as: owner })).body.people;
    const boss = everybody.find(({ username }: { username: string }) => username === "boss");
    const room = (await call("POST", "/api/v1/rooms", { as: owner, body: { name: "二号间" } })).body;
    expect(
      (await call("PATCH", `/api/v1/people/${boss.id}`, { as: lead, body: { password: "taken over" } })).status,
    ).toBeGreaterThanOrEqual(403);
    const op = everybody.find(({ username }: { username: string }) => username === "op");
    expect(
      (await call("PATCH", `/api/v1/people/${op.id}`, { as: lead, body: { roles: { [room.id]: ["manager"] } } }))
        .status,
    ).toBe(403);
    expect(
      (
        await call("PATCH", `/api/v1/people/${op.id}`, {
          as: lead,
          body: { roles: { [api.roomId]: ["operator", "floor"] } },
        })
      ).status,
    ).toBe(200);
    expect(
      (await call("PATCH", `/api/v1/people/${boss.id}`, { as: owner, body: { owner: false } })).body,
    ).toMatchObject({ code: "person.lastOwner" });
  });

  it("shows a token once, and refuses it from the moment it is revoked", async () => {
    const made = await call("POST", "/api/v1/tokens", { as: owner, body: { name: "ERP", roomIds: [api.roomId] } });
    expect(made.status).toBe(201);
    const id = await newShow();
    const view = () => call("GET", `/api/v1/sessions/${id}/view?audience=control`, { token: made.body.token });
    expect((await view()).status).toBe(200);
    expect(JSON.stringify((await call("GET", "/api/v1/tokens", { as: owner })).body)).not.toContain(made.body.token);
    await call("DELETE", `/api/v1/tokens/${made.body.id}`, { as: owner });
    expect((await view()).status).toBe(401);
    expect((await call("GET", `/api/v1/sessions/${id}/view?audience=control`, { token: API_TOKEN })).status).toBe(200);
  });
});

describe("/metrics", () => {
  it("counts what is refused at the edge by the code that the sender is told", async () => {
    const id = await newShow();
    const commands = `/api/v1/sessions/${id}/commands`;
    const text = { "content-type": "text/plain" };
    const refusals = [
      ["auth.required", () => call("GET", "/api/v1/me")],
      ["access.denied", () => call("GET", `/api/v1/sessions/${id}/events`, { as: operator })],
      ["session.unknown", () => call("GET", "/api/v1/sessions/s_nope", { as: owner })],
      ["http.notFound", () => call("GET", "/api/v1/nothing")],
      ["http.bodyTooLarge", () => call("POST", commands, { as: operator, body: { id: "x".repeat(1_100_000) } })],
      ["http.mediaType", () => call("POST", commands, { as: operator, headers: text, body: Buffer.from("x") })],
      ["input.invalid", () => call("POST", commands, { as: operator, body: {} })],
      ["input.invalid", () => call("POST", commands, { as: operator, body: { id: "e1", type: "no.such" } })],
      [
        "person.usernameTaken",
        () => call("POST", "/api/v1/people", { as: owner, body: { name: "x", username: "OP", password: "12345678" } }),
      ],
    ] as const;
    for (const [code, refused] of refusals) {
      const line = `kaibo_refusals_total{code="${code}"}`;
      const before = await api.metric(line);
      expect((await refused()).status).toBeGreaterThanOrEqual(400);
      expect(await api.metric(line), code).toBe(before + 1);
    }
    // Of a rule's refusal the show's writer tells, wherever it is; the edge must not count it again.
    const start = { id: "e2", type: "session.end", input: {} };
    expect((await call("POST", commands, { as: operator, body: start })).status).toBe(409);
    expect(await api.metric('kaibo_refusals_total{code="session.notLive"}')).toBe(0);
  });
});

describe("description", () => {
  it("is OpenAPI 3.1 with every route, and a page to read", async () => {
    const { body } = await call("GET", "/api/v1/openapi.json");
    expect(body.openapi).toBe("3.1.0");
    expect(Object.keys(body.paths)).toContain("/api/v1/sessions/{id}/commands");
    const orders =
      body.paths["/api/v1/ingest/sessions/{id}/orders"].post.requestBody.content["application/json"].schema;
    expect(orders.properties.items.items.properties).toHaveProperty("sourceUpdatedAt");
    const { post } = body.paths["/api/v1/ingest/sessions/{id}/orders"];
    expect(post.security).toEqual([{ bearer: [] }, { signatureKey: [], signatureTimestamp: [], signature: [] }]);
    expect(body.components.securitySchemes).toMatchObject({
      bearer: { type: "http", scheme: "bearer" },
      signatureKey: { in: "header", name: "x-kaibo-key" },
      signatureTimestamp: { in: "header", name: "x-kaibo-timestamp" },
      signature: { in: "header", name: "x-kaibo-signature" },
    });
    for (const path of ["/api/v1/sessions/{id}/imports", "/api/v1/rooms/{id}/imports"]) {
      const upload = body.paths[path].post.requestBody.content["multipart/form-data"].schema;
      expect(upload).toMatchObject({ required: ["file"], properties: { kind: { enum: ["orders", "audience"] } } });
    }
    const page = await call("GET", "/api/v1/docs");
    expect(page.status).toBe(200);
    expect(page.body).toContain("session.start");
    expect(page.body).not.toContain("<script");
  });
});
