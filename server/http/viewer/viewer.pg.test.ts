import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ORIGIN, testApi, type TestApi } from "#tests/support/api.ts";

let api: TestApi;
let operator = "";
let sessionId = "";
let couponId = "";

beforeAll(async () => {
  api = await testApi();
  await api.addPerson("op", { roles: ["operator"] });
  operator = await api.signIn("op");
  sessionId = (
    await staff("/api/v1/sessions", { roomId: api.roomId, title: "示例", plannedStartAt: 1, plannedEndAt: 2 })
  ).id;
  const discount = { kind: "direct", offFen: 1_000, productIds: null };
  couponId = (await command("coupon.plan", { carrier: "own", title: "新人券", discount, total: 2 })).result.couponId;
  await command("coupon.push", { couponId });
});
afterAll(() => api.stop());

async function staff(url: string, payload: object) {
  return (await api.app.inject({ method: "POST", url, headers: { origin: ORIGIN, cookie: operator }, payload })).json();
}

let commands = 0;
const command = (type: string, input: object) =>
  staff(`/api/v1/sessions/${sessionId}/commands`, { id: `v${(commands += 1)}`, type, input });

const visitor = async (): Promise<{ token: string; personId: string }> =>
  (await api.app.inject({ method: "POST", url: `/api/v1/viewer/sessions/${sessionId}/visitor` })).json();

async function claim(token: string, headers: Record<string, string> = {}) {
  const url = `/api/v1/viewer/sessions/${sessionId}/coupons/${couponId}/claim`;
  const answer = await api.app.inject({
    method: "POST",
    url,
    headers: { authorization: `Bearer ${token}`, ...headers },
  });
  return { status: answer.statusCode, body: answer.json() };
}

describe("the public view", () => {
  it("holds nothing personal, can be cached, and says when to ask again", async () => {
    const url = `/api/v1/viewer/sessions/${sessionId}`;
    const answer = await api.app.inject({ url });
    expect(answer.headers["cache-control"]).toBe("public, max-age=0, s-maxage=1");
    expect(answer.json()).toMatchObject({ sessionId, nextPollMs: 10_000, slices: { session: { title: "示例" } } });
    expect(answer.body).not.toMatch(/staff:|p_[0-9A-Za-z]{16}/);
    const { now, showNow, showPace } = answer.json();
    expect([showNow, showPace, Number(answer.headers["x-kaibo-now"])]).toEqual([now, 1, now]);
    const again = await api.app.inject({ url, headers: { "if-none-match": String(answer.headers.etag) } });
    expect([again.statusCode, again.body]).toEqual([304, ""]);
    expect(Math.abs(Number(again.headers["x-kaibo-now"]) - Date.now())).toBeLessThan(5_000);
    expect((await api.app.inject({ url: "/api/v1/viewer/sessions/s_nope" })).statusCode).toBe(404);
  });

  it("[RWD9] holds no reward for inviting but honour, except for a page in a mini program", async () => {
    const step = { valueFen: 0, stock: null, delivery: "staff", rules: "" };
    await command("reward.plan", { ...step, carrier: "honour", threshold: 3, title: "带货先锋" });
    await command("reward.plan", { ...step, carrier: "miniProgram", threshold: 5, title: "邀请礼券", stock: 3 });
    await command("reward.plan", { ...step, carrier: "contactGift", threshold: 8, title: "见面礼", stock: 3 });
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    const url = `/api/v1/viewer/sessions/${sessionId}`;
    const [web, mini] = [
      (await api.app.inject({ url })).body,
      (await api.app.inject({ url: `${url}?in=miniProgram` })).body,
    ];
    expect(web).toContain("带货先锋");
    expect(web).not.toMatch(/邀请礼券|见面礼|miniProgram|contactGift/);
    expect(mini).toMatch(/带货先锋.*邀请礼券/);
    expect(mini).not.toContain("见面礼");
    expect((await api.app.inject({ url: `${url}?in=elsewhere` })).statusCode).toBe(400);
  });

  it("is packed for who takes that, with a tag of its own, and known by any of its tags", async () => {
    await command("session.edit", { theme: "示例".repeat(200) });
    // The public view may be a second old.
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    const url = `/api/v1/viewer/sessions/${sessionId}`;
    const ask = (headers: Record<string, string>) => api.app.inject({ url, headers });
    const [plain, zipped, br] = [
      await ask({}),
      await ask({ "accept-encoding": "gzip" }),
      await ask({ "accept-encoding": "gzip, br" }),
    ];
    expect([
      plain.headers["content-encoding"],
      zipped.headers["content-encoding"],
      br.headers["content-encoding"],
    ]).toEqual([undefined, "gzip", "br"]);
    const bodies = [gunzipSync(zipped.rawPayload), brotliDecompressSync(br.rawPayload)].map((body) =>
      JSON.parse(String(body)),
    );
    for (const body of bodies) expect(body).toMatchObject({ sessionId, slices: plain.json().slices });
    expect(zipped.rawPayload.length).toBeLessThan(plain.rawPayload.length / 2);
    const tags = [plain, zipped, br].map(({ headers }) => String(headers.etag));
    expect(new Set(tags).size).toBe(3);
    for (const tag of tags) expect((await ask({ "if-none-match": tag, "accept-encoding": "br" })).statusCode).toBe(304);
    expect(br.headers.vary).toBe("accept-encoding");
  });

  it("says the same to who asks once it is packed as to who asked first", async () => {
    await command("session.edit", { theme: "示例".repeat(300) });
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    const url = `/api/v1/viewer/sessions/${sessionId}`;
    const ask = async (how: { url?: string; method?: "GET" | "HEAD"; headers?: Record<string, string> } = {}) => {
      const { headers, ...rest } = await api.app.inject({
        url,
        ...how,
        headers: { "accept-encoding": "br", ...how.headers },
      });
      const { date: _date, "x-kaibo-now": clock, "keep-alive": _alive, ...said } = headers;
      expect(Math.abs(Number(clock) - Date.now())).toBeLessThan(5_000);
      return { said, ...rest };
    };
    const first = await ask();
    const later = await ask();
    expect([later.statusCode, later.said]).toEqual([200, first.said]);
    expect(later.rawPayload).toEqual(first.rawPayload);
    expect(later.said).toMatchObject({
      "x-content-type-options": "nosniff",
      "content-length": String(first.rawPayload.length),
    });
    expect(later.said.etag).not.toBe((await ask({ headers: { "accept-encoding": "" } })).said.etag);
    const known = await ask({ headers: { "if-none-match": String(later.said.etag) } });
    expect([known.statusCode, known.rawPayload.length, known.said["content-type"]]).toEqual([304, 0, undefined]);
    expect((await ask({ method: "HEAD" })).rawPayload.length).toBe(0);
    for (const odd of ["?in=elsewhere", "?in=web&in=web", "?in=constructor"]) {
      expect((await api.app.inject({ url: url + odd })).statusCode).toBe(400);
    }
  });
});

describe("claims", () => {
  it("are refused to anonymous persons where the show does not say so", async () => {
    const { token } = await visitor();
    expect(await claim(token)).toMatchObject({ status: 403, body: { code: "viewer.anonymous" } });
    // Nor by the door of the staff.
    const url = `/api/v1/sessions/${sessionId}/commands`;
    const payload = { id: "c", type: "coupon.claim", input: { couponId } };
    const headers = { authorization: `Bearer ${token}` };
    expect((await api.app.inject({ method: "POST", url, headers, payload })).statusCode).toBe(403);
    await command("session.edit", { anonymousClaims: true });
  });

  it("are given once a person, never beyond the total, and stand in the person's own view", async () => {
    // The public view that the check reads may be a second old.
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    const persons = await Promise.all([visitor(), visitor(), visitor()]);
    const answers = [];
    for (const { token } of persons) answers.push(await claim(token));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 409]);
    expect(answers[2]?.body).toMatchObject({ status: "rejected", code: "coupon.allClaimed" });
    const token = persons[0]?.token ?? "";
    expect(await claim(token)).toEqual(answers[0]);
    expect((await claim(token, { "idempotency-key": "other" })).body).toMatchObject({ code: "coupon.alreadyClaimed" });
    const me = await api.app.inject({
      url: `/api/v1/viewer/sessions/${sessionId}/me`,
      headers: { authorization: `Bearer ${token}` },
    });
    expect(me.headers["cache-control"]).toContain("private");
    expect(JSON.stringify(me.json())).toContain(answers[0]?.body.result.code);
  });

  it("need a token of this very show, unforged", async () => {
    const { token } = await visitor();
    const forged = token.replace(/.$/, (letter) => (letter === "A" ? "B" : "A"));
    expect((await claim(forged)).status).toBe(401);
    const other = (
      await staff("/api/v1/sessions", { roomId: api.roomId, title: "别场", plannedStartAt: 1, plannedEndAt: 2 })
    ).id;
    const url = `/api/v1/viewer/sessions/${other}/me`;
    expect((await api.app.inject({ url, headers: { authorization: `Bearer ${token}` } })).statusCode).toBe(403);
    const view = `/api/v1/sessions/${sessionId}/view?audience=control`;
    expect((await api.app.inject({ url: view, headers: { authorization: `Bearer ${token}` } })).statusCode).toBe(403);
  });
});
