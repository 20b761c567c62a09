import { randomBytes } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { persons } from "#db/schema/people.ts";
import { linkDomains, personPictures, wechatApps } from "#db/schema/warmup-wechat.ts";
import { identityFacts } from "#db/schema/wecom-identities.ts";
import { wecomContacts } from "#db/schema/wecom-people.ts";
import { STAND_IN_CORP } from "#domain/wecom-stand-in.ts";
import { sha256Hex } from "#server/auth/ids.ts";
import { personKeys } from "#server/auth/person-keys.ts";
import { undoFact } from "#server/wecom/identities/identities.ts";
import type { EmulatedApp } from "#server/wechat/emulator/state.ts";
import { startWechatEmulator, type WechatEmulator } from "#server/wechat/emulator/start.ts";
import { API_TOKEN, ORIGIN, SECRET, testApi, type TestApi } from "#tests/support/api.ts";

/** The whole way of a phone: out to the stand-in's page and back, and what is whose afterwards. */

let wechat: WechatEmulator;
let api: TestApi;
let boss = "";
let official: EmulatedApp;
let mini: EmulatedApp;
let sessionId = "";
let couponId = "";

beforeAll(async () => {
  wechat = await startWechatEmulator();
  api = await testApi({ wechatUrl: wechat.url });
  await api.addPerson("boss", { owner: true });
  boss = await api.signIn("boss");
  official = wechat.state.addApp({ kind: "official", returnDomains: [new URL(ORIGIN).host] });
  mini = wechat.state.addApp({ kind: "miniProgram" });
  for (const [name, app] of [
    ["服务号", official],
    ["小程序", mini],
  ] as const) {
    const { kind, appId, secret } = app;
    const made = await staff("/api/v1/wechat/apps", { kind, appId, secret, name });
    expect(made.statusCode).toBe(201);
  }
});
afterAll(async () => {
  await api.stop();
  await wechat.close();
});
beforeEach(async () => {
  await api.context.db.execute(sql`truncate identity_keys, identity_facts, persons, person_pictures`);
  wechat.faults.remove(null);
  wechat.state.users.clear();
  official.bound = true;
  for (const id of ["ann", "bob", "sam", "eve"]) {
    wechat.state.addUser({ id, nickname: `${id}的昵称`, snapshot: id === "sam", limited: id === "eve" });
  }
  sessionId = await newShow();
  const discount = { kind: "direct", offFen: 1_000, productIds: null };
  couponId = (await command("coupon.plan", { carrier: "own", title: "新人券", discount, total: 99, perPerson: 2 }))
    .couponId;
  await command("coupon.push", { couponId });
});

const staff = (url: string, payload: object) =>
  api.app.inject({ method: "POST", url, headers: { origin: ORIGIN, cookie: boss }, payload });
async function newShow(rehearsal = false): Promise<string> {
  const plan = { roomId: api.roomId, title: "示例", plannedStartAt: 1, plannedEndAt: 2, rehearsal };
  return (await staff("/api/v1/sessions", { ...plan, anonymousClaims: true })).json().id;
}
let commands = 0;
async function command(type: string, input: object) {
  const answer = await staff(`/api/v1/sessions/${sessionId}/commands`, { id: `c${(commands += 1)}`, type, input });
  expect(answer.json()).toMatchObject({ status: "ok" });
  return answer.json().result;
}

type Holder = { readonly token: string; readonly personId: string };
const post = (url: string, payload: object | undefined, holder?: Holder) =>
  api.app.inject({
    method: "POST",
    url,
    ...(payload ? { payload } : {}),
    headers: holder ? { authorization: `Bearer ${holder.token}` } : {},
  });
const visitor = async (): Promise<Holder> =>
  (await post(`/api/v1/viewer/sessions/${sessionId}/visitor`, undefined)).json();
async function claim(holder: Holder, key: string): Promise<number> {
  const url = `/api/v1/viewer/sessions/${sessionId}/coupons/${couponId}/claim`;
  const headers = { authorization: `Bearer ${holder.token}`, "idempotency-key": key };
  return (await api.app.inject({ method: "POST", url, headers })).statusCode;
}
async function claimsOf(holder: Holder): Promise<number> {
  const url = `/api/v1/viewer/sessions/${sessionId}/me`;
  const me = (await api.app.inject({ url, headers: { authorization: `Bearer ${holder.token}` } })).json();
  return me.me.coupon.length;
}

type Out = { readonly to: string; readonly cookie: string; readonly nonce: string };
async function goOut(scope: "base" | "userinfo", origin = ORIGIN): Promise<Out> {
  const nonce = randomBytes(24).toString("base64url");
  const query = new URLSearchParams({
    session: sessionId,
    scope,
    nonce: sha256Hex(nonce),
    origin,
    to: "i=AB12&s=store1",
  });
  const answer = await api.app.inject({ url: `/api/v1/viewer/sign-in/wechat/start?${query.toString()}` });
  const cookie = String(answer.headers["set-cookie"] ?? "").split(";")[0] ?? "";
  return { to: answer.statusCode === 302 ? String(answer.headers.location) : "", cookie, nonce };
}
/** At the stand-in; where it leads back to. */
async function agree(to: string, userId: string): Promise<string> {
  const answer = await fetch(`${to.split("#")[0]}&emulator_as=${userId}`, { redirect: "manual" });
  const { origin, pathname, search } = new URL(answer.headers.get("location") ?? "");
  expect(origin).toBe(ORIGIN);
  return pathname + search;
}
const comeBack = (url: string, cookie: string) => api.app.inject({ url, headers: { cookie } });

async function signInAs(userId: string, options: { scope?: "base" | "userinfo"; holder?: Holder } = {}) {
  const { to, cookie, nonce } = await goOut(options.scope ?? "userinfo");
  const back = await comeBack(await agree(to, userId), cookie);
  const { hash, search } = new URL(String(back.headers.location));
  expect(search).toBe("?i=AB12&s=store1");
  const url = `/api/v1/viewer/sessions/${sessionId}/sign-in`;
  const answer = await post(url, { completion: hash.slice("#c=".length), nonce }, options.holder);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<Holder & { name: string | null; avatar: boolean }>();
}
const byMiniProgram = (userId: string, holder?: Holder) => {
  const code = wechat.state.newCode({ appId: mini.appId, userId, kind: "mini", scope: "" });
  return post("/api/v1/viewer/mini-program", { sessionId, appId: mini.appId, code }, holder);
};
const merges = () => api.directory.logOf(sessionId).filter(({ type }) => type === "person.merged.v1").length;

describe("signing in on a page", () => {
  it("makes the visitor of the phone who WeChat names, with all that they had", async () => {
    const before = await visitor();
    expect(await claim(before, "k1")).toBe(200);
    const after = await signInAs("ann", { holder: before });
    expect(after).toMatchObject({ personId: before.personId, name: "ann的昵称", avatar: false });
    expect(await claimsOf(after)).toBe(1);
    expect(merges()).toBe(0);
  });

  it("finds the same person again, and both phones' claims stay", async () => {
    const first = await signInAs("ann", { holder: await visitor() });
    expect(await claim(first, "k1")).toBe(200);
    const second = await visitor();
    expect(await claim(second, "k2")).toBe(200);
    const joined = await signInAs("ann", { holder: second });
    expect(joined.personId).toBe(first.personId);
    expect(await claimsOf(joined)).toBe(2);
    expect(await claimsOf(second)).toBe(2);
    expect(merges()).toBe(1);
    expect(await claim(joined, "k3")).toBe(409);
    // Again on the same phone nothing happens any more.
    await signInAs("ann", { holder: second });
    expect(merges()).toBe(1);
  });

  it("never makes one of two accounts of WeChat, though one phone held both", async () => {
    const ann = await signInAs("ann", { holder: await visitor() });
    const bob = await signInAs("bob", { holder: ann });
    expect(bob.personId).not.toBe(ann.personId);
    expect(merges()).toBe(0);
  });

  it("knows a silent sign-in and a named one for the same", async () => {
    const silent = await signInAs("ann", { scope: "base", holder: await visitor() });
    expect(silent.name).toBeNull();
    const named = await signInAs("ann", { holder: silent });
    expect(named).toMatchObject({ personId: silent.personId, name: "ann的昵称" });
  });

  it("finds who was reported by that openid or unionid before", async () => {
    const openid = `o_${official.appId.slice(-6)}_ann`;
    const keyHash = personKeys(SECRET).hashOf(openid);
    await api.context.db.insert(persons).values({ id: "v_buyer", keyHash, name: null, createdAt: 1 });
    const holder = await visitor();
    const ann = await signInAs("ann", { holder });
    expect(ann.personId).toBe("v_buyer");
    expect(merges()).toBe(1);
  });
});

describe("by unionid, then openid", () => {
  it("page and mini program of one account are one person", async () => {
    const page = await signInAs("ann", { holder: await visitor() });
    const answer = await byMiniProgram("ann", await visitor());
    expect(answer.json()).toMatchObject({ personId: page.personId, name: "ann的昵称" });
    expect(merges()).toBe(1);
  });

  it("two persons whose openids turn out to be one human's become one, and it is kept why", async () => {
    official.bound = false;
    const page = await signInAs("ann", { holder: await visitor() });
    expect(await claim(page, "k1")).toBe(200);
    const own = (await byMiniProgram("ann", await visitor())).json<Holder>();
    expect(own.personId).not.toBe(page.personId);
    expect(await claim(own, "k2")).toBe(200);
    official.bound = true;
    const one = await signInAs("ann", { holder: page });
    expect(one.personId).toBe(own.personId);
    expect(await claimsOf(one)).toBe(2);
    expect(await claimsOf(page)).toBe(2);
    const facts = await api.context.db.select().from(identityFacts).where(eq(identityFacts.state, "joined"));
    expect(facts.map(({ evidence }) => evidence)).toContain("merged");
    expect(await api.context.db.select().from(identityFacts).where(eq(identityFacts.state, "conflict"))).toEqual([]);
  });

  it("many phones at once make one person", async () => {
    const holders = await Promise.all(Array.from({ length: 6 }, visitor));
    const answers = await Promise.all(holders.map((holder) => byMiniProgram("ann", holder)));
    const ids = new Set(answers.map((answer) => answer.json<Holder>().personId));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array.from({ length: 6 }, () => 200));
    expect(ids.size).toBe(1);
    expect(merges()).toBe(5);
  });
});

describe("what a person took back", () => {
  it("stays taken back: they come back as somebody else", async () => {
    const first = await signInAs("ann", { holder: await visitor() });
    const { db } = api.context;
    const facts = await db.select().from(identityFacts);
    const tied = facts.find(({ a, b }) => [a, b].includes(`person||${first.personId}`));
    await undoFact(db, tied?.id ?? "", { by: "staff:p", now: Date.now() });
    const second = await signInAs("ann", { holder: first });
    expect(second.personId).not.toBe(first.personId);
    expect((await signInAs("ann", { holder: first })).personId).toBe(second.personId);
    expect(merges()).toBe(0);
    expect((await db.select().from(identityFacts)).filter(({ state }) => state === "conflict")).toEqual([]);
  });

  it("leaves shows merged that were merged before, as the settings say", async () => {
    const first = await signInAs("ann", { holder: await visitor() });
    expect(await claim(first, "k1")).toBe(200);
    const second = await visitor();
    expect(await claim(second, "k2")).toBe(200);
    await signInAs("ann", { holder: second });
    const { db } = api.context;
    const [tied] = await db.select().from(identityFacts).where(eq(identityFacts.evidence, "samePhone"));
    expect(await undoFact(db, tied?.id ?? "", { by: "staff:p", now: Date.now() })).toBe(true);
    expect([await claimsOf(first), await claimsOf(second), merges()]).toEqual([2, 2, 1]);
  });
});

describe("what cannot be done with a way back", () => {
  it("ends in the browser it began in alone, and once", async () => {
    const { to, cookie, nonce } = await goOut("userinfo");
    const back = await agree(to, "ann");
    expect((await comeBack(back, "")).statusCode).toBe(410);
    expect((await comeBack(back, (await goOut("userinfo")).cookie)).statusCode).toBe(410);
    const done = await comeBack(back, cookie);
    expect(String(done.headers["set-cookie"])).toContain("Max-Age=0");
    expect((await comeBack(back, cookie)).statusCode).toBe(410);
    const completion = new URL(String(done.headers.location)).hash.slice(3);
    const url = `/api/v1/viewer/sessions/${sessionId}/sign-in`;
    const other = await post(url, { completion, nonce: randomBytes(24).toString("base64url") });
    expect([other.statusCode, other.json().code]).toEqual([409, "signIn.stale"]);
    const first = await post(url, { completion, nonce });
    // The answer may have been lost.
    expect((await post(url, { completion, nonce })).json().personId).toBe(first.json().personId);
  });

  it("leads to no page of somebody else", async () => {
    expect((await goOut("base", "https://evil.example")).to).toBe("");
  });

  it("leads to no spare domain that has become somebody else's, or was never seen to be ours", async () => {
    const { db } = api.context;
    const spare = "https://go.example.com";
    const now = Date.now();
    await db.insert(linkDomains).values({ id: "d_spare", origin: spare, position: 1, nextAt: now, createdAt: now });
    expect((await goOut("base", spare)).to).toBe("");
    const seen = { okAt: now, checkedAt: now, failures: 0, failure: null };
    await db.update(linkDomains).set(seen).where(eq(linkDomains.id, "d_spare"));
    expect((await goOut("base", spare)).to).not.toBe("");
    // It lapsed, and whoever bought it waits there with a nonce of their own.
    const lapsed = { failures: 2, failure: "otherHouse" };
    await db.update(linkDomains).set(lapsed).where(eq(linkDomains.id, "d_spare"));
    expect((await goOut("base", spare)).to).toBe("");
    await db.delete(linkDomains).where(eq(linkDomains.id, "d_spare"));
  });

  it("signs nobody in from a snapshot, and says so", async () => {
    const { to, cookie } = await goOut("userinfo");
    const back = await comeBack(await agree(to, "sam"), cookie);
    expect(new URL(String(back.headers.location)).hash).toBe("#e=snapshot");
  });

  it("a code that was used says stale; a lost answer says away, and going out again works", async () => {
    wechat.faults.add({
      path: "access_token",
      kind: "cutAfter",
      times: 1,
      delayMs: 0,
      errcode: -1,
      share: 1,
      after: 0,
    });
    const first = await goOut("userinfo");
    const away = await comeBack(await agree(first.to, "ann"), first.cookie);
    expect(new URL(String(away.headers.location)).hash).toBe("#e=away");
    wechat.faults.add({
      path: "access_token",
      kind: "errcode",
      times: 1,
      delayMs: 0,
      errcode: 40_163,
      share: 1,
      after: 0,
    });
    const second = await goOut("userinfo");
    const used = await comeBack(await agree(second.to, "ann"), second.cookie);
    expect(new URL(String(used.headers.location)).hash).toBe("#e=stale");
    await signInAs("ann");
  });
});

describe("mini programs of embedders", () => {
  it("are told why not: used, restricted, set up wrong, away", async () => {
    const code = wechat.state.newCode({ appId: mini.appId, userId: "ann", kind: "mini", scope: "" });
    const ask = (given: object) =>
      post("/api/v1/viewer/mini-program", { sessionId, appId: mini.appId, code, ...given });
    expect((await ask({})).statusCode).toBe(200);
    expect((await ask({})).json()).toMatchObject({ code: "signIn.code" });
    expect((await byMiniProgram("eve")).json()).toMatchObject({ code: "signIn.limited" });
    expect((await ask({ appId: "wxunknown0000000" })).statusCode).toBe(404);
    expect((await ask({ appId: official.appId })).statusCode).toBe(404);
    wechat.faults.add({
      path: "jscode2session",
      kind: "errcode",
      times: 1,
      delayMs: 0,
      errcode: 40_125,
      share: 1,
      after: 0,
    });
    expect((await ask({})).json()).toMatchObject({ code: "signIn.setup", data: { errcode: 40_125 } });
    wechat.faults.add({
      path: "jscode2session",
      kind: "http502",
      times: 1,
      delayMs: 0,
      errcode: -1,
      share: 1,
      after: 0,
    });
    expect((await ask({})).json()).toMatchObject({ status: "retry" });
  });
});

describe("rehearsals", () => {
  it("have a sign-in by name, and no true one; true shows have it the other way round", async () => {
    const real = sessionId;
    sessionId = await newShow(true);
    const offer = (id: string) => api.app.inject({ url: `/api/v1/viewer/sessions/${id}/sign-in` });
    expect((await offer(sessionId)).json()).toEqual({ wechat: null, demo: true, miniPrograms: [] });
    expect((await offer(real)).json()).toMatchObject({
      wechat: { start: `${ORIGIN}/api/v1/viewer/sign-in/wechat/start` },
      demo: false,
      miniPrograms: [{ appId: mini.appId }],
    });
    expect((await goOut("base")).to).toBe("");
    expect((await byMiniProgram("ann")).statusCode).toBe(404);
    const demo = (id: string, name: string, holder?: Holder) =>
      post(`/api/v1/viewer/sessions/${id}/demo-sign-in`, { name }, holder);
    const one = (await demo(sessionId, "小明", await visitor())).json<Holder>();
    const other = (await demo(sessionId, "小明", await visitor())).json<Holder>();
    expect(other.personId).toBe(one.personId);
    expect((await demo(sessionId, "小红")).json().personId).not.toBe(one.personId);
    expect((await demo(real, "小明")).statusCode).toBe(404);
  });

  it("let somebody be a customer of 示例企业, the same in each rehearsal, and nobody of a true company", async () => {
    const contact = (id: string, corpId: string) => ({
      id,
      corpId,
      externalUserid: id,
      unionid: `u_${id}`,
      firstSeenAt: 1,
    });
    const { db } = api.context;
    await db.insert(wecomContacts).values([contact("wm_example", STAND_IN_CORP), contact("wm_true", "w_true")]);
    const as = (id: string, name: string, customer: string) =>
      post(`/api/v1/viewer/sessions/${id}/demo-sign-in`, { name, customer });
    const [first, second] = [await newShow(true), await newShow(true)];
    const { personId } = (await as(first, "小鹿", "wm_example")).json<Holder>();
    expect((await as(second, "木木", "wm_example")).json().personId).toBe(personId);
    // Another name of theirs in the same show is no second person, and no conflict.
    expect((await as(first, "木木", "wm_example")).json().personId).toBe(personId);
    const [conflicts] = await db.execute(sql`select count(*)::int as n from identity_facts where state = 'conflict'`);
    expect(conflicts).toEqual({ n: 0 });
    // Orders that name them as a shop would are theirs.
    const [row] = await db.select().from(persons).where(eq(persons.id, personId));
    expect(row?.keyHash).toBe(personKeys(SECRET).hashOf("u_wm_example"));
    expect((await as(first, "小鹿", "wm_true")).statusCode).toBe(404);
    expect((await as(first, "小鹿", "wm_nobody")).statusCode).toBe(404);
  });
});

describe("forgetting", () => {
  it("takes name, keys and every id they were known by; who comes back is somebody new", async () => {
    const first = await signInAs("ann", { holder: await visitor() });
    await signInAs("ann", { holder: await visitor() });
    const url = `/api/v1/persons/${first.personId}`;
    const gone = await api.app.inject({ method: "DELETE", url, headers: { origin: ORIGIN, cookie: boss } });
    expect(gone.statusCode).toBe(200);
    const left = await api.context.db.execute(sql`select count(*)::int as n from identity_keys`);
    expect([...left]).toEqual([{ n: 0 }]);
    expect((await signInAs("ann")).personId).not.toBe(first.personId);
  });

  it.each(["visitor", "former person"])(
    "takes all of it as well when the phone still holds the token of a %s",
    async (as) => {
      const { db } = api.context;
      official.bound = as === "visitor";
      const page = await signInAs("ann", { holder: await visitor() });
      official.bound = true;
      const old = as === "visitor" ? await visitor() : page;
      const one = (await byMiniProgram("ann", as === "visitor" ? old : await visitor())).json<Holder>();
      const { personId } = as === "visitor" ? one : await signInAs("ann", { holder: one });
      expect(personId).not.toBe(old.personId);
      await db
        .insert(personPictures)
        .values({ personId, url: "https://wx.qlogo.cn/1", updatedAt: 1 })
        .onConflictDoNothing();
      const headers = { authorization: `Bearer ${old.token}` };
      const url = `/api/v1/viewer/sessions/${sessionId}/me`;
      expect((await api.app.inject({ method: "DELETE", url, headers })).statusCode).toBe(200);
      const left = await db.execute(sql`select (select count(*) from identity_keys)::int as keys,
      (select count(*) from identity_facts)::int as facts, (select count(*) from persons where name is not null)::int as names,
      (select count(*) from person_pictures)::int as pictures`);
      expect([...left]).toEqual([{ keys: 0, facts: 0, names: 0, pictures: 0 }]);
    },
  );
});

describe("faults", () => {
  it("a show that can't be told says so, and the same sent again ends it", async () => {
    const first = await signInAs("ann", { holder: await visitor() });
    const second = await visitor();
    expect(await claim(second, "k2")).toBe(200);
    const { to, cookie, nonce } = await goOut("userinfo");
    const back = await comeBack(await agree(to, "ann"), cookie);
    const completion = new URL(String(back.headers.location)).hash.slice(3);
    const url = `/api/v1/viewer/sessions/${sessionId}/sign-in`;
    const busy = vi.spyOn(api.directory, "send").mockResolvedValueOnce({ status: "retry", retryAfterMs: 700 });
    const lost = await post(url, { completion, nonce }, second);
    expect([lost.statusCode, lost.json()]).toEqual([503, { status: "retry", retryAfterMs: 700 }]);
    busy.mockRestore();
    const again = await post(url, { completion, nonce }, second);
    expect(again.json().personId).toBe(first.personId);
    expect([merges(), await claimsOf(first)]).toEqual([1, 1]);
  });

  it("a secret that can't be opened any more is as good as none", async () => {
    const { db } = api.context;
    const [row] = await db.select().from(wechatApps).where(eq(wechatApps.appId, official.appId));
    await db.update(wechatApps).set({ secretSealed: "broken" }).where(eq(wechatApps.appId, official.appId));
    api.wechat.apps.forget();
    expect((await goOut("base")).to).toBe("");
    await db
      .update(wechatApps)
      .set({ secretSealed: row?.secretSealed ?? "" })
      .where(eq(wechatApps.appId, official.appId));
    api.wechat.apps.forget();
    expect((await goOut("base")).to).not.toBe("");
  });
});

it("programs hold no token of a viewer's", async () => {
  const url = `/api/v1/viewer/sessions/${sessionId}/sign-in`;
  const answer = await post(url, { completion: "x", nonce: "n".repeat(22) }, { token: API_TOKEN, personId: "" });
  expect(answer.json()).toMatchObject({ code: "signIn.stale" });
});
