import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shareLinks } from "#db/schema/people.ts";
import { AUDIENCES } from "#domain/op.ts";
import { engine } from "#domain/ops/index.ts";
import { API_TOKEN, ORIGIN, testApi, type TestApi } from "#tests/support/api.ts";
import { promised } from "#tests/support/machine-pace.ts";
import { grantsIn, maySee, maySend } from "./access.ts";

/** A link that shares a show opens that show's report or review, to read, until it ends: nothing else, however it is asked. */

const HOUR = 3_600_000;
/** On whatever day this runs, what was told of that time has happened. */
const START = Math.floor(Date.now() / HOUR) * HOUR - HOUR;
const DAY = 86_400_000;
let api: TestApi;
let boss = "";
let id = "";
let other = "";
/** What looks into the past wait for, and how many have begun. */
let past = Promise.resolve();
let looks = 0;

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
type Call = { readonly as?: string; readonly token?: string; readonly body?: object };

async function call(method: Method, url: string, { as, token, body }: Call = {}) {
  const credential = { ...(as ? { cookie: as } : {}), ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const answer = await api.app.inject({
    method,
    url,
    headers: { origin: ORIGIN, ...credential },
    ...(body ? { payload: body } : {}),
  });
  return { status: answer.statusCode, text: answer.body, body: answer.json() };
}

async function newShow(title: string): Promise<string> {
  const body = { roomId: api.roomId, title, plannedStartAt: START, plannedEndAt: START + 3_600_000 };
  return (await call("POST", "/api/v1/sessions", { as: boss, body })).body.id;
}

async function share(what: "report" | "review", days = 7) {
  const made = await call("POST", `/api/v1/sessions/${id}/shares`, { as: boss, body: { what, days } });
  expect(made.status).toBe(201);
  return made.body;
}

beforeAll(async () => {
  api = await testApi({
    beforePast() {
      looks += 1;
      return past;
    },
  });
  for (const role of ["operator", "manager", "floor", "reviewer", "host"]) await api.addPerson(role, { roles: [role] });
  await api.addPerson("lin-of-the-team", { owner: true });
  boss = await api.signIn("lin-of-the-team");
  id = await newShow("示例");
  other = await newShow("示例 · 另一场");
  const sku = { platformId: "S1", name: "均码", liveFen: 39_900, floorFen: 20_100, sellable: 5, pool: 0 };
  const product = { linkNo: 1, platformId: "P1", name: "示例羽绒服", note: "只给中控看", skus: [sku] };
  const sheet = { id: "sheet", type: "bag.applySheet", input: { products: [product] } };
  expect((await call("POST", `/api/v1/sessions/${id}/commands`, { as: boss, body: sheet })).status).toBe(200);
  const said = { commentId: "c1", at: START, text: "想要加绒的", personKey: "openid-1", personName: "小明同学" };
  const items = { items: [said] };
  await call("POST", `/api/v1/ingest/sessions/${id}/comments`, { token: API_TOKEN, body: items });
});
afterAll(() => api.stop());

const viewOf = (sessionId: string, audience = "review") => `/api/v1/sessions/${sessionId}/view?audience=${audience}`;

describe("what a link opens", () => {
  it("is the review of its own show, without a name of the team", async () => {
    const { token, path } = await share("review");
    expect(path).toBe(`/r/${token}`);
    const told = await call("GET", "/api/v1/share", { token });
    expect(told.body).toMatchObject({ what: "review", roomName: "示例直播间", show: { id, title: "示例" } });
    const view = await call("GET", viewOf(id), { token });
    expect(view.status).toBe(200);
    expect(Object.values(view.body.comments)).toEqual(["想要加绒的"]);
    expect(Object.values(view.body.names)).toEqual(["小**学"]);
    expect(view.text).not.toContain("lin-of-the-team");
    expect((await call("GET", viewOf(id), { as: boss })).text).toContain("lin-of-the-team");
    const stretch = `/api/v1/sessions/${id}/replay?audience=review&from=${START}&to=${START + 60_000}`;
    const played = await call("GET", stretch, { token });
    expect(played.status).toBe(200);
    expect(played.text).not.toContain("lin-of-the-team");
    const history = await call("GET", `/api/v1/sessions/${id}/history`, { token });
    expect([history.status, history.text.includes("lin-of-the-team")]).toEqual([200, false]);
    expect((await call("GET", `/api/v1/sessions/${id}/timeline`, { token })).status).toBe(200);
  });

  it("of a report is what the report prints: no floors, notes, comments, acts, or any earlier second", async () => {
    const { token } = await share("report");
    const view = await call("GET", viewOf(id), { token });
    expect(view.status).toBe(200);
    expect(view.text).toContain("示例羽绒服");
    for (const hidden of ["20100", "只给中控看", "想要加绒的", "小**学", "lin-of-the-team"])
      expect(view.text).not.toContain(hidden);
    expect(Object.keys(view.body.slices)).not.toEqual(expect.arrayContaining(["tape"]));
    expect(Object.keys(view.body.slices)).not.toEqual(expect.arrayContaining(["acts"]));
    const past = [
      `${viewOf(id)}&at=${START}`,
      `/api/v1/sessions/${id}/replay?audience=review&from=${START}&to=${START + 60_000}`,
      `/api/v1/sessions/${id}/timeline`,
      `/api/v1/sessions/${id}/history`,
    ];
    for (const url of past) expect(await call("GET", url, { token }), url).toMatchObject({ status: 403 });
  });

  it("is no other audience, no other show, no command", async () => {
    const { token } = await share("review");
    for (const audience of AUDIENCES.filter((one) => one !== "review"))
      expect((await call("GET", viewOf(id, audience), { token })).status, audience).toBe(403);
    expect((await call("GET", viewOf(other), { token })).status).toBe(403);
    const principal = { kind: "share", key: "share:1", shareId: "h1", sessionId: "s1", what: "review" } as const;
    const grants = grantsIn(principal, { sessionId: "s1", roomId: "r1" });
    expect([...engine.commands.values()].filter((rule) => maySend(grants, rule))).toEqual([]);
    expect(AUDIENCES.filter((audience) => maySee(grants, audience))).toEqual(["review"]);
    expect(grantsIn(principal, { sessionId: "s2", roomId: "r1" })).toEqual([]);
  });

  it("is none of the other routes, by whatever method", async () => {
    const { token } = await share("review");
    const description = (await call("GET", "/api/v1/openapi.json")).body;
    const open = [
      "/api/v1/share",
      ...["view", "replay", "timeline", "history"].map((read) => `/api/v1/sessions/{id}/${read}`),
    ];
    const routes = Object.entries<object>(description.paths).flatMap(([url, methods]) =>
      Object.keys(methods).map((method) => ({ url, method: method.toUpperCase() as Method })),
    );
    expect(routes.length).toBeGreaterThan(60);
    const closed = routes.filter(({ url, method }) => method !== "GET" || !open.includes(url));
    for (const { url, method } of closed) {
      const address = url.replace("{id}", id).replace(/\{\w+\}/g, "x_00000000");
      const answer = await call(method, address, { token, ...(method === "GET" ? {} : { body: {} }) });
      expect(answer, `${method} ${url}`).toMatchObject({ status: 403, body: { code: "access.denied" } });
    }
  });
});

describe("who shares", () => {
  it("is owner, manager and operator; the list says who made a link, when, and when it was last used", async () => {
    const body = { what: "report", days: 1 };
    for (const role of ["operator", "manager"])
      expect((await call("POST", `/api/v1/sessions/${id}/shares`, { as: await api.signIn(role), body })).status).toBe(
        201,
      );
    for (const role of ["floor", "reviewer", "host"]) {
      const as = await api.signIn(role);
      expect((await call("POST", `/api/v1/sessions/${id}/shares`, { as, body })).status, role).toBe(403);
      expect((await call("GET", `/api/v1/sessions/${id}/shares`, { as })).status, role).toBe(403);
    }
    const { token, id: shareId } = await share("report", 30);
    await call("GET", "/api/v1/share", { token });
    const listed = (await call("GET", `/api/v1/sessions/${id}/shares`, { as: boss })).body.shares;
    const own = listed.find((link: { id: string }) => link.id === shareId);
    expect(own).toMatchObject({ what: "report", createdByName: "lin-of-the-team", lastUsedAt: expect.any(Number) });
    expect(own.expiresAt - own.createdAt).toBe(30 * DAY);
    expect(JSON.stringify(listed)).not.toContain(token);
    expect(
      (await call("POST", `/api/v1/sessions/${id}/shares`, { as: boss, body: { ...body, days: 365 } })).status,
    ).toBe(400);
  });
});

describe("a link that holds no more", () => {
  it("is refused within 2 s of being revoked, and says so", async () => {
    const { token, id: shareId } = await share("review");
    expect((await call("GET", viewOf(id), { token })).status).toBe(200);
    expect((await call("DELETE", `/api/v1/sessions/${other}/shares/${shareId}`, { as: boss })).status).toBe(404);
    const limit = promised(2_000);
    const at = performance.now();
    expect((await call("DELETE", `/api/v1/sessions/${id}/shares/${shareId}`, { as: boss })).status).toBe(200);
    await expect.poll(async () => (await call("GET", viewOf(id), { token })).status).toBe(401);
    expect(performance.now() - at).toBeLessThan(limit.onThisMachine());
    expect(await call("GET", "/api/v1/share", { token })).toMatchObject({
      status: 401,
      body: { code: "share.revoked" },
    });
  });

  it("is refused once it expired, and says so; one that never was says that", async () => {
    const { token, id: shareId } = await share("report", 1);
    expect((await call("GET", viewOf(id), { token })).status).toBe(200);
    await api.context.db
      .update(shareLinks)
      .set({ expiresAt: Date.now() - 1 })
      .where(eq(shareLinks.id, shareId));
    await expect.poll(async () => (await call("GET", viewOf(id), { token })).status).toBe(401);
    expect(await call("GET", "/api/v1/share", { token })).toMatchObject({
      status: 401,
      body: { code: "share.expired" },
    });
    const made = { token: "kh_nobodyevermadethislinkatall" };
    expect(await call("GET", "/api/v1/share", made)).toMatchObject({ status: 404, body: { code: "share.unknown" } });
    expect((await call("GET", "/api/v1/share")).status).toBe(403);
  });

  it("may not be guessed for long", async () => {
    const tries = Array.from({ length: 70 }, (_, n) =>
      call("GET", "/api/v1/share", { token: `kh_guess${n}aaaaaaaaaaaaaaaa` }),
    );
    const answers = await Promise.all(tries);
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThan(5);
  });

  it("folds two stretches of the past at a time, and says when to come again", async () => {
    const [{ token }, { token: another }] = [await share("review"), await share("review")];
    const stretch = `/api/v1/sessions/${id}/replay?audience=review&from=${START}&to=${START + 60_000}`;
    let go: () => void = () => undefined;
    looks = 0;
    past = new Promise((resolve) => (go = resolve));
    const first = [stretch, `${viewOf(id)}&at=${START}`].map((url) => call("GET", url, { token }));
    await expect.poll(() => looks).toBe(2);
    const third = await api.app.inject({ url: stretch, headers: { authorization: `Bearer ${token}` } });
    expect([third.statusCode, third.headers["retry-after"]]).toEqual([429, "1"]);
    const others = [call("GET", stretch, { token: another }), call("GET", stretch, { as: boss })];
    go();
    for (const answer of [...first, ...others]) expect((await answer).status).toBe(200);
    expect((await call("GET", stretch, { token })).status).toBe(200);
  });

  it("is kept as a hash", async () => {
    const { token, id: shareId } = await share("report");
    const [row] = await api.context.db.select().from(shareLinks).where(eq(shareLinks.id, shareId));
    expect(JSON.stringify(row)).not.toContain(token.slice(3));
  });
});
