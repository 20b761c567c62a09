import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { eq, sql } from "drizzle-orm";
import pino from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { linkDomains, showCodes } from "#db/schema/warmup-wechat.ts";
import { answerToWord, WORD_PATH } from "#server/links/domain-word.ts";
import { createLinkDomains } from "#server/links/link-domains.ts";
import { ORIGIN, SECRET, testApi, type TestApi } from "#tests/support/api.ts";

let api: TestApi;
let boss = "";
let op = "";
let sessionId = "";

beforeAll(async () => {
  api = await testApi();
  await api.addPerson("boss", { owner: true });
  await api.addPerson("op", { roles: ["operator"] });
  boss = await api.signIn("boss");
  op = await api.signIn("op");
  const plan = { roomId: api.roomId, title: "周五<好物>", plannedStartAt: 1, plannedEndAt: 2, theme: "半价" };
  sessionId = (await ask(boss, "POST", "/api/v1/sessions", plan)).json().id;
});
afterAll(() => api.stop());

type Method = "GET" | "POST" | "PATCH" | "DELETE";
const ask = (cookie: string, method: Method, url: string, payload?: object) =>
  api.app.inject({ method, url, headers: { origin: ORIGIN, cookie }, ...(payload ? { payload } : {}) });
const links = async () => (await api.app.inject({ url: `/api/v1/viewer/sessions/${sessionId}/links` })).json();

describe("short links", () => {
  it("of any number of inviters cost one row", async () => {
    const { short, code, origin } = await links();
    expect([short, origin]).toEqual([`${ORIGIN}/s/${code}`, ORIGIN]);
    for (let n = 0; n < 20; n += 1) {
      const page = await api.app.inject({ url: `/s/${code}-i00A7F${n}-sstore1` });
      expect(page.body).toContain(`url=/v/${sessionId}?i=00A7F${n}&amp;s=store1"`);
    }
    expect(await api.context.db.select().from(showCodes)).toHaveLength(1);
    expect((await ask(op, "GET", `/api/v1/sessions/${sessionId}/short-links`)).json()).toMatchObject({ short, code });
  });

  it("show a card to chats, with nothing that a title could break", async () => {
    const { code } = await links();
    const page = await api.app.inject({ url: `/s/${code.toUpperCase()}` });
    expect(page.statusCode).toBe(200);
    expect(page.headers["content-type"]).toContain("text/html");
    expect(page.headers["content-security-policy"]).toContain("default-src 'none'");
    expect(page.body).toContain(`<meta property="og:title" content="周五&lt;好物&gt;">`);
    expect(page.body).toContain(`<meta property="og:description" content="半价">`);
    expect(page.body).not.toContain("<script");
  });

  it("of no show say so", async () => {
    for (const code of ["zzzzzz", "nolink!", "a"]) {
      const page = await api.app.inject({ url: `/s/${encodeURIComponent(code)}` });
      expect(page.statusCode).toBe(404);
      expect(page.body).toContain("链接无效");
    }
  });
});

describe("domains of links", () => {
  let spare: Server;
  let spareOrigin = "";
  /** What the spare domain's server says. */
  let says: (word: string) => { status: number; text: string };
  const house = (word: string) => ({ status: 200, text: answerToWord(SECRET, word) });

  beforeEach(async () => {
    await api.context.db.execute(sql`truncate link_domains`);
    await api.domains.refresh();
    says = house;
    spare = createServer((request, response) => {
      const url = new URL(request.url ?? "/", "http://x");
      const { status, text } =
        url.pathname === WORD_PATH ? says(url.searchParams.get("word") ?? "") : { status: 404, text: "" };
      response.writeHead(status).end(text);
    });
    await new Promise<void>((resolve) => void spare.listen(0, "127.0.0.1", resolve));
    spareOrigin = `http://127.0.0.1:${(spare.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    const closed = new Promise<void>((resolve) => void spare.close(() => resolve()));
    spare.closeAllConnections();
    await closed;
  });

  const list = async () => (await ask(boss, "GET", "/api/v1/link-domains")).json();
  const mainId = async () => (await list()).domains.find(({ main }: { main: boolean }) => main).id;
  const check = (id: string) => ask(boss, "POST", `/api/v1/link-domains/${id}/check`);

  it("a spare one is looked at when it is added, and is used only once the first does not open", async () => {
    const added = await ask(boss, "POST", "/api/v1/link-domains", { origin: spareOrigin });
    expect([added.statusCode, added.json().state]).toEqual([201, "ok"]);
    expect((await links()).origin).toBe(ORIGIN);
    const main = await mainId();
    // Nobody answers at kaibo.test; one failed look may be chance.
    await check(main);
    expect((await links()).origin).toBe(ORIGIN);
    expect((await check(main)).json()).toMatchObject({ state: "failing", failure: expect.any(String) });
    expect((await links()).origin).toBe(spareOrigin);
    const notice = (await ask(op, "GET", "/api/v1/link-domains/notice")).json();
    expect(notice).toMatchObject({ using: spareOrigin, down: [{ origin: ORIGIN, state: "failing" }] });
  });

  it("one that leads to another house, or says nothing, is no domain of ours", async () => {
    says = () => ({ status: 200, text: "parked" });
    const added = await ask(boss, "POST", "/api/v1/link-domains", { origin: spareOrigin });
    expect(added.json()).toMatchObject({ failure: "otherHouse" });
    says = () => ({ status: 502, text: "" });
    expect((await check(added.json().id)).json()).toMatchObject({ state: "failing", failure: "status" });
    says = house;
    expect((await check(added.json().id)).json()).toMatchObject({ state: "ok", failure: null, failingSince: null });
  });

  it("one that somebody saw stopped by WeChat is not used until it is said to work again", async () => {
    await ask(boss, "POST", "/api/v1/link-domains", { origin: spareOrigin });
    const main = await mainId();
    await ask(boss, "PATCH", `/api/v1/link-domains/${main}`, { blocked: true });
    expect((await links()).origin).toBe(spareOrigin);
    await ask(boss, "PATCH", `/api/v1/link-domains/${main}`, { blocked: false });
    expect((await links()).origin).toBe(ORIGIN);
  });

  it("are put in order; a link goes out on the first", async () => {
    const added = (await ask(boss, "POST", "/api/v1/link-domains", { origin: spareOrigin })).json();
    await ask(boss, "PATCH", `/api/v1/link-domains/${added.id}`, { position: 0 });
    expect((await links()).origin).toBe(spareOrigin);
  });

  it("the main one stays; spare ones come and go by the owner, over https", async () => {
    expect((await ask(boss, "DELETE", `/api/v1/link-domains/${await mainId()}`)).json().code).toBe("linkDomain.main");
    expect((await ask(op, "POST", "/api/v1/link-domains", { origin: spareOrigin })).statusCode).toBe(403);
    for (const origin of ["http://go.example.com", "https://go.example.com/path", "javascript:alert(1)"]) {
      expect((await ask(boss, "POST", "/api/v1/link-domains", { origin })).statusCode, origin).toBe(400);
    }
    const { id } = (await ask(boss, "POST", "/api/v1/link-domains", { origin: spareOrigin })).json();
    expect((await ask(boss, "POST", "/api/v1/link-domains", { origin: spareOrigin })).json().code).toBe(
      "linkDomain.exists",
    );
    expect((await ask(boss, "DELETE", `/api/v1/link-domains/${id}`)).statusCode).toBe(200);
  });

  it("are looked at by one of several nodes, when an hour is over", async () => {
    await ask(boss, "POST", "/api/v1/link-domains", { origin: spareOrigin });
    const { db } = api.context;
    await db.update(linkDomains).set({ nextAt: Date.now() + 3_600_000 });
    await db.update(linkDomains).set({ nextAt: 1 }).where(eq(linkDomains.origin, spareOrigin));
    let looks = 0;
    says = (word) => {
      looks += 1;
      return house(word);
    };
    const node = () => createLinkDomains({ db, secret: SECRET, publicUrl: ORIGIN, log: pino({ level: "silent" }) });
    const nodes = [node(), node(), node()];
    for (const one of nodes) one.begin();
    await Promise.all(nodes.map((one) => one.close()));
    expect(looks).toBe(1);
    const [row] = await db.select().from(linkDomains).where(eq(linkDomains.origin, spareOrigin));
    expect((row?.nextAt ?? 0) - Date.now()).toBeGreaterThan(50 * 60_000);
  });
});
