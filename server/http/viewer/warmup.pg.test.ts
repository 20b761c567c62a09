import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { firstTouches } from "#db/schema/warmup-touches.ts";
import { persons } from "#db/schema/people.ts";
import { reportSignups } from "#db/schema/warmup-reports.ts";
import { API_TOKEN, ORIGIN, testApi, type TestApi } from "#tests/support/api.ts";
import { promised } from "#tests/support/machine-pace.ts";

let api: TestApi;
let manager = "";
let sessionId = "";
const START = Date.now() + 3_600_000;

beforeAll(async () => {
  api = await testApi();
  await api.addPerson("boss", { roles: ["manager"] });
  manager = await api.signIn("boss");
});
afterAll(() => api.stop());
beforeEach(async () => {
  const show = { roomId: api.roomId, title: "示例", plannedStartAt: START, plannedEndAt: START + 3_600_000 };
  sessionId = (await staff("/api/v1/sessions", show)).id;
});

async function staff(url: string, payload: object) {
  return (await api.app.inject({ method: "POST", url, headers: { origin: ORIGIN, cookie: manager }, payload })).json();
}
let sent = 0;
const command = (type: string, input: object = {}) =>
  staff(`/api/v1/sessions/${sessionId}/commands`, { id: `c${(sent += 1)}`, type, input });

/** Somebody with a phone: a token, and the cookies of their browser. */
type Phone = { readonly token: string; readonly personId: string; cookie: string };

async function phone(name: string | null = null, cookie = ""): Promise<Phone> {
  const url = `/api/v1/viewer/sessions/${sessionId}/visitor`;
  const { token, personId } = (await api.app.inject({ method: "POST", url })).json();
  if (name !== null) await api.context.db.insert(persons).values({ id: personId, keyHash: null, name, createdAt: 1 });
  return { token, personId, cookie };
}

async function act(who: Phone, method: "GET" | "POST" | "PUT" | "DELETE", path: string, body?: object, key?: string) {
  const answer = await api.app.inject({
    method,
    url: `/api/v1/viewer/sessions/${sessionId}/${path}`,
    headers: {
      authorization: `Bearer ${who.token}`,
      cookie: who.cookie,
      ...(key === undefined ? {} : { "idempotency-key": key }),
    },
    ...(body === undefined ? {} : { payload: body }),
  });
  const [device] = answer.cookies.filter(({ name }) => name === "kaibo_d");
  if (device) who.cookie = `kaibo_d=${device.value}`;
  return { status: answer.statusCode, body: answer.json() };
}

const signUp = (who: Phone, body?: object, key?: string) => act(who, "POST", "signup", body, key);
const touch = (who: Phone, i: string) => act(who, "POST", "touch", { i });
const recorded = () =>
  api.directory.logOf(sessionId).flatMap(({ type, data }) => (type === "signup.recorded.v1" ? [Object(data)] : []));

/** As the follower would have it by now. */
async function follow(): Promise<void> {
  await api.context.db.delete(reportSignups).where(eq(reportSignups.sessionId, sessionId));
  for (const { n, personId, invite } of recorded()) {
    const row = { sessionId, n, personId, signedUpAt: 1, state: "standing", stateAt: 1, remindBy: [] };
    const brought = invite ? { inviterN: invite.inviterN, standing: invite.standing } : {};
    await api.context.db.insert(reportSignups).values({ ...row, ...brought });
  }
}

describe("signing up", () => {
  it("[SUP1] is once a person, says the number again, and can be taken back and done again", async () => {
    const a = await phone();
    const first = await signUp(a, { remindBy: ["group"] }, "k1");
    expect(first).toMatchObject({ status: 200, body: { status: "ok", result: { n: 1, code: expect.any(String) } } });
    expect(await signUp(a, { remindBy: ["group"] }, "k1")).toEqual(first);
    const again = await signUp(a);
    expect(again).toMatchObject({ status: 409, body: { code: "signup.already", data: { n: 1 } } });
    expect(again.body.data.code).toBe(first.body.result.code);
    expect((await act(a, "POST", "signup/cancel")).status).toBe(200);
    expect(await signUp(a)).toMatchObject({ status: 200, body: { result: { n: 1 } } });
    expect((await act(a, "PUT", "signup/reminders", { remindBy: ["contact"] })).status).toBe(200);
    expect((await act(a, "GET", "me")).body.me.signup).toMatchObject({
      n: 1,
      state: "standing",
      remindBy: ["contact"],
    });
  });

  it("[SUP3] takes who brought somebody from the first link they came by, on this phone too, and from no code of nobody", async () => {
    const [a, b] = [await phone(), await phone()];
    const [codeA, codeB] = [(await signUp(a)).body.result.code, (await signUp(b)).body.result.code];
    const friend = await phone();
    for (const code of ["NOBODY1", codeA.toLowerCase(), codeB]) expect((await touch(friend, code)).status).toBe(200);
    expect((await signUp(friend)).body.result).toMatchObject({ invite: "counts" });
    // Signs in only after coming: another person on the same phone, as far as the server knows.
    const later = await phone(null, "");
    await touch(later, codeB);
    const signedIn = await phone(null, later.cookie);
    expect((await signUp(signedIn)).body.result).toMatchObject({ invite: "counts" });
    expect(recorded().map(({ invite }) => invite?.inviterN ?? null)).toEqual([null, null, 1, 2]);
  });

  it("[SUP3] knows what another node noted a moment ago, of a person before that of their phone", async () => {
    const codes: string[] = [];
    for (let n = 0; n < 2; n += 1) codes.push((await signUp(await phone())).body.result.code);
    const elsewhere = (who: string, inviterCode: string | undefined) =>
      api.context.db.insert(firstTouches).values({ sessionId, who, inviterCode: inviterCode ?? "", at: Date.now() });
    const [alone, both, none] = [await phone(), await phone(), await phone()];
    const deviceOf = ({ cookie }: Phone) => `d_${/kd\.(\w+)\./.exec(cookie)?.[1] ?? ""}`;
    for (const one of [alone, both, none]) await touch(one, "NOBODY1");
    await elsewhere(deviceOf(alone), codes[0]);
    await elsewhere(deviceOf(both), codes[0]);
    await elsewhere(both.personId, codes[1]);
    // At once, so that all are asked for together.
    const answers = await Promise.all([alone, both, none].map((one) => signUp(one)));
    expect(answers.map(({ body }) => body.result.invite)).toEqual(["counts", "counts", null]);
    const inviterOf = ({ personId }: Phone) => recorded().find((one) => one.personId === personId)?.invite?.inviterN;
    expect([alone, both, none].map(inviterOf)).toEqual([1, 2, undefined]);
  });

  it("[SUP3] never takes facts from a viewer, nor from a program, which names the person", async () => {
    const a = await phone();
    const code = (await signUp(a)).body.result.code;
    const facts = {
      touch: { inviterCode: code, at: 1 },
      newTo: { show: true, room: true, company: true },
      suspicions: [],
    };
    const b = await phone();
    expect(await signUp(b, { facts })).toMatchObject({ status: 400, body: { status: "invalid" } });
    expect(await signUp(b, { personId: a.personId })).toMatchObject({ status: 400 });
    const url = `/api/v1/sessions/${sessionId}/commands`;
    const payload = { id: "p1", type: "signup.signUp", input: { personId: b.personId, facts } };
    const byViewer = await api.app.inject({
      method: "POST",
      url,
      headers: { authorization: `Bearer ${b.token}` },
      payload,
    });
    expect(byViewer.statusCode).toBe(403);
    const byProgram = await api.app.inject({
      method: "POST",
      url,
      headers: { authorization: `Bearer ${API_TOKEN}` },
      payload,
    });
    expect(byProgram.json()).toMatchObject({ status: "ok", result: { invite: null } });
    expect(recorded().at(-1)).toMatchObject({ personId: b.personId, invite: null });
    // To whom somebody is new is asked for whoever brought them.
    expect(recorded().at(-1)).not.toHaveProperty("newTo");
  });

  it("[SUP6] holds who signs up on the phone of the one who brought them, with counts alone for evidence", async () => {
    const a = await phone();
    const code = (await signUp(a)).body.result.code;
    const cheat = await phone(null, a.cookie);
    await touch(cheat, code);
    expect((await signUp(cheat)).body.result).toMatchObject({ invite: "held" });
    expect(recorded().at(-1)?.invite).toMatchObject({
      why: "suspicious",
      suspicions: [{ kind: "ring", evidence: { levels: 1 } }],
    });
    expect(JSON.stringify(api.directory.logOf(sessionId))).not.toMatch(/d_[0-9A-Za-z]{12}|127\.0\.0\.1/);
  });

  it("[SUP5] knows whom the room knows already", async () => {
    await command("signup.configure", { newTo: "room" });
    const a = await phone();
    const code = (await signUp(a)).body.result.code;
    const other = await staff("/api/v1/sessions", {
      roomId: api.roomId,
      title: "上一场",
      plannedStartAt: 1,
      plannedEndAt: 2,
    });
    for (const id of [sessionId, other.id]) await api.context.showIndex.refresh(id);
    const known = "v_regular00000001";
    const row = { n: 1, personId: known, signedUpAt: 1, state: "standing", stateAt: 1, remindBy: [] };
    await api.context.db.insert(reportSignups).values({ ...row, sessionId: other.id });
    const token = api.context.viewerTokens.sign({
      sessionId,
      personId: known,
      anonymous: false,
      expiresAt: Date.now() + 60_000,
    });
    const regular: Phone = { token, personId: known, cookie: "" };
    await touch(regular, code);
    expect((await signUp(regular)).body.result).toMatchObject({ invite: "not" });
    expect(recorded().at(-1)).toMatchObject({
      invite: { why: "notNew" },
      newTo: { show: true, room: false, company: false },
    });
    await api.context.db.delete(reportSignups).where(eq(reportSignups.personId, known));
  });

  it("[SUP5] holds whom only a phone remembers where the rule asks for more than this show: it may be a regular who has not signed in", async () => {
    await command("signup.configure", { newTo: "company" });
    const a = await phone();
    const code = (await signUp(a)).body.result.code;
    const somebody = await phone();
    await touch(somebody, code);
    expect((await signUp(somebody)).body.result).toMatchObject({ invite: "held" });
    expect(recorded().at(-1)).toMatchObject({
      invite: { why: "newUnknown" },
      newTo: { show: true, room: null, company: null },
    });
  });
});

describe("while the database does not answer", () => {
  it("a sign-up is told to come back within seconds, and then it is as if it had never been away", async () => {
    const a = await phone();
    const { db } = api.context;
    const held = Promise.withResolvers<void>();
    const locked = Promise.withResolvers<void>();
    const lock = db.transaction(async (tx) => {
      await tx.execute(sql`lock table first_touches in access exclusive mode`);
      locked.resolve();
      await held.promise;
    });
    await locked.promise;
    const limit = promised(5_000);
    const began = performance.now();
    const answer = await signUp(a, undefined, "k1").finally(() => held.resolve());
    expect(performance.now() - began).toBeLessThan(limit.onThisMachine());
    expect(answer).toMatchObject({ status: 503, body: { status: "retry" } });
    await lock;
    expect(await signUp(a, undefined, "k1")).toMatchObject({ status: 200, body: { result: { n: 1 } } });
  });
});

it("[INV3] also holds those before the third on one phone, once there is a third", async () => {
  const codes = [await signUp(await phone()), await signUp(await phone())].map(({ body }) => body.result.code);
  const shared = await phone();
  const people = [shared, await phone(), await phone()];
  for (const [at, one] of people.entries()) {
    one.cookie = shared.cookie;
    await touch(one, codes[at % 2]);
    const { body } = await signUp(one);
    expect(body.result.invite).toBe(at < 2 ? "counts" : "held");
  }
  await expect.poll(async () => (await act(shared, "GET", "me")).body.me.signup.n).toBe(3);
  const held = await api.directory.read(sessionId, ({ slices }) => Object(slices["invite"]).counts.held);
  expect(held).toBe(3);
});

describe("what a viewer sees of others", () => {
  it("[LDB5] is masked names alone: friends on their own page, and the board once it is published", async () => {
    const a = await phone("张小明同学");
    const code = (await signUp(a)).body.result.code;
    const friend = await phone("李四光");
    await touch(friend, code);
    await signUp(friend);
    await follow();
    const me = (await act(a, "GET", "me")).body.me;
    expect(me.invite).toMatchObject({ valid: 1, friends: [{ name: "李**光", standing: "counts" }] });
    const url = `/api/v1/viewer/sessions/${sessionId}/leaderboard`;
    expect((await api.app.inject({ url })).json()).toMatchObject({ published: false, top: [] });
    await command("leaderboard.publish");
    await api.directory.send(
      sessionId,
      { id: "t", type: "leaderboard.tell", input: {} },
      { id: "system", grants: ["system"] },
    );
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    const board = await api.app.inject({ url });
    expect(board.json()).toMatchObject({ published: true, total: 1, top: [{ rank: 1, name: "张**学", count: 1 }] });
    expect(board.body + JSON.stringify(me)).not.toMatch(/v_[0-9A-Za-z]{16}|小明|四光/);
    expect((await api.app.inject({ url, headers: { "if-none-match": String(board.headers.etag) } })).statusCode).toBe(
      304,
    );
  });
});

describe("who sends sign-ups without end", () => {
  it("with one token is told to wait before anything is looked up", async () => {
    const looked = vi.spyOn(api.context.warmup, "findFacts");
    const a = await phone();
    const answers = await Promise.all(Array.from({ length: 200 }, () => signUp(a)));
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(140);
    expect(looked).toHaveBeenCalledTimes(60);
    looked.mockRestore();
  });

  it("from one address, by however many tokens, too; the next address is served", async () => {
    const looked = vi.spyOn(api.context.warmup, "findFacts");
    const from = async (remoteAddress: string, n: number) => {
      const claim = { sessionId, personId: `v_crowd${n}`, anonymous: true, expiresAt: Date.now() + 60_000 };
      const headers = { authorization: `Bearer ${api.context.viewerTokens.sign(claim)}` };
      const url = `/api/v1/viewer/sessions/${sessionId}/signup`;
      return (await api.app.inject({ method: "POST", url, headers, remoteAddress })).statusCode;
    };
    const statuses = await Promise.all(Array.from({ length: 1_300 }, (_, n) => from("203.0.113.9", n)));
    expect(statuses.filter((status) => status === 429)).toHaveLength(100);
    expect(looked).toHaveBeenCalledTimes(1_200);
    expect(await from("203.0.113.10", 1_300)).toBe(200);
    looked.mockRestore();
  });
});

describe("deleting my data", () => {
  it("[INV4] takes the sign-up back, forgets person, phone and first touch, and leaves a valid log", async () => {
    const a = await phone();
    const code = (await signUp(a)).body.result.code;
    const b = await phone("王五");
    await touch(b, code);
    await signUp(b);
    expect(await api.context.db.select().from(firstTouches).where(eq(firstTouches.who, b.personId))).toHaveLength(1);
    const { suspicions } = api.context.warmup;
    const remembered = suspicions.size;
    expect(await act(b, "DELETE", "me")).toMatchObject({ status: 200 });
    expect(suspicions.size).toBeLessThan(remembered);
    expect(b.cookie).toBe("kaibo_d=");
    const touches = await api.context.db.select().from(firstTouches).where(eq(firstTouches.sessionId, sessionId));
    expect(touches).toEqual([]);
    expect(await api.context.db.select().from(persons).where(eq(persons.id, b.personId))).toEqual([]);
    expect((await act(a, "GET", "me")).body.me.invite).toMatchObject({
      valid: 0,
      friends: [{ standing: "takenBack", name: null }],
    });
    expect((await act(b, "GET", "me")).body.me.signup).toMatchObject({ state: "cancelled" });
  });
});

describe("who watched", () => {
  it("[SUP12] is who opened the page while the show was live", async () => {
    const [early, late] = [await phone(), await phone()];
    for (const who of [early, late]) await signUp(who);
    await act(early, "POST", "touch", {});
    await command("session.start", { reason: "示例" });
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    await act(late, "POST", "touch", {});
    await act(late, "POST", "touch", {});
    await api.context.warmup.watched.flush();
    const told = api.directory.logOf(sessionId).filter(({ type }) => type === "signup.watched.v1");
    expect(told.map(({ data }) => data)).toEqual([{ people: [{ n: 2, personId: late.personId }] }]);
  });

  it("[SUP9] is also who signed up only once they were there", async () => {
    await command("session.start", { reason: "示例" });
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    const a = await phone();
    await act(a, "POST", "touch", {});
    // Told before there is anybody to count.
    await api.context.warmup.watched.flush();
    await signUp(a);
    await act(a, "POST", "touch", {});
    await api.context.warmup.watched.flush();
    const told = api.directory.logOf(sessionId).filter(({ type }) => type === "signup.watched.v1");
    expect(told.map(({ data }) => data)).toEqual([{ people: [{ n: 1, personId: a.personId }] }]);
  });
});
