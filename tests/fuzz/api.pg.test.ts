import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { followerCheckpoints } from "#db/schema/reports.ts";
import { engine } from "#domain/ops/index.ts";
import { FOLLOWER } from "#server/followers/follow.ts";
import { chance, randomCommand, remember } from "#tests/support/random-command.ts";
import { API_TOKEN, ORIGIN, testApi, type TestApi } from "#tests/support/api.ts";
import { describedBy, type Description } from "#tests/support/described.ts";

/**
 * Bad input of any kind: a 4xx with a stable code and the path in the input; never a 5xx, never half done. Every route of the description is
 * called with things that nobody sends on purpose. The seed is fixed; a nightly run may set another.
 */

const SEED = 20_261_111;
let api: TestApi;
let owner = "";
let viewer = "";
let sessionId = "";
let description: Description;

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

beforeAll(async () => {
  api = await testApi();
  await api.addPerson("boss", { owner: true });
  owner = await api.signIn("boss");
  const made = await api.app.inject({
    method: "POST",
    url: "/api/v1/sessions",
    headers: { origin: ORIGIN, cookie: owner },
    payload: { roomId: api.roomId, title: "示例", plannedStartAt: 1, plannedEndAt: 2, anonymousClaims: true },
  });
  sessionId = z.object({ id: z.string() }).parse(made.json()).id;
  // No follower runs here; downloads would wait for it, and rightly say so.
  const followed = { follower: FOLLOWER, sessionId, seq: Number.MAX_SAFE_INTEGER };
  await api.context.db.insert(followerCheckpoints).values(followed);
  const visitor = await api.app.inject({ method: "POST", url: `/api/v1/viewer/sessions/${sessionId}/visitor` });
  viewer = z.object({ token: z.string() }).parse(visitor.json()).token;
  description = await describedBy(api.app);
});
afterAll(() => api.stop());

const METHODS = new Set(["GET", "POST", "PUT", "PATCH", "DELETE"]);
const isMethod = (method: string): method is Method => METHODS.has(method);
const Answer = z.object({ status: z.string() });
/** How often each status came: a fuzz that only ever meets a closed door shows nothing. */
const met = new Map<number, number>();

type Request = { method: Method; url: string; headers: Record<string, string>; payload?: Buffer | string };

/** Every refusal says what it is, in one of the shapes of the contract. */
async function answers({ method, url, headers, payload }: Request): Promise<number> {
  const answer = await api.app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
  const told = () =>
    `${method} ${url} ${String(payload).slice(0, 300)} → ${answer.statusCode} ${answer.body.slice(0, 300)}`;
  expect(answer.statusCode, told()).toBeLessThan(500);
  met.set(answer.statusCode, (met.get(answer.statusCode) ?? 0) + 1);
  const contentType = String(answer.headers["content-type"] ?? "");
  const wrong = description.complaint({ method, url, status: answer.statusCode, contentType, body: answer.body });
  if (wrong !== null) undescribed.add(wrong);
  // A page for people says in words what is wrong.
  if (answer.statusCode < 400 || contentType.startsWith("text/html")) return answer.statusCode;
  const body = Answer.safeParse(JSON.parse(answer.body));
  expect(body.success && ["error", "invalid", "rejected"].includes(body.data.status), told()).toBe(true);
  return answer.statusCode;
}

/** Answers that the description of the API does not know, or knows otherwise. */
const undescribed = new Set<string>();

const WORDS = [
  "",
  "\u0000",
  "\ud800",
  "'; drop table people; --",
  "../../etc/passwd",
  "__proto__",
  "constructor",
  "%00",
  "%",
];
const NUMBERS = ["9007199254740993", "-1", "1e999", "NaN", "null", "[]", "=cmd|' /C calc'!A0"];
const nasty = fc.oneof(
  fc.constantFrom(...WORDS, ...NUMBERS, "💥".repeat(40), "a".repeat(5_000)),
  fc.string({ unit: "binary", maxLength: 60 }),
);
const anything = fc.oneof(
  fc.anything({ maxDepth: 3, maxKeys: 6, withNullPrototype: false }).map(jsonOf),
  fc
    .dictionary(nasty, fc.oneof(nasty, fc.integer(), fc.double(), fc.boolean(), fc.constant(null)), { maxKeys: 6 })
    .map(jsonOf),
  nasty.map(jsonOf),
  // Not JSON at all, not UTF-8, far too deep.
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.constantFrom(
    "{",
    "[1,",
    '{"a":',
    `${"[".repeat(5_000)}${"]".repeat(5_000)}`,
    '{"__proto__":{"x":1}}',
    '"\\ud800"',
    '"\\u0000"',
  ),
);

function jsonOf(value: unknown): string {
  return JSON.stringify(value, (_key, field: unknown) => (typeof field === "bigint" ? Number(field) : field)) ?? "null";
}

const credentials = fc.constantFrom("owner", "viewer", "program", "none", "forged", "cookie");
function headersOf(as: string): Record<string, string> {
  switch (as) {
    case "owner":
      return { origin: ORIGIN, cookie: owner };
    case "viewer":
      return { authorization: `Bearer ${viewer}` };
    case "program":
      return { authorization: `Bearer ${API_TOKEN}` };
    case "forged":
      return { authorization: `Bearer ${viewer.slice(0, -3)}AAA` };
    case "cookie":
      return { origin: ORIGIN, cookie: "kaibo.session_token=%E0%A4%A; =; kaibo.session_token=abc.def" };
    default:
      return {};
  }
}

/** What stands in for `{id}`: mostly something that exists, else the door of the show would stop everything. */
const paramOf = fc.oneof({ weight: 3, arbitrary: fc.constant("known") }, { weight: 1, arbitrary: nasty });

const safely = (text: string) => encodeURIComponent(text.toWellFormed());
const known = (path: string) => (path.includes("/rooms/") ? api.roomId : sessionId);

it("answers any request to any route with at most a 4xx", async () => {
  const { routes } = description;
  expect(routes.length).toBeGreaterThan(35);
  const request = fc.record({
    route: fc.nat(),
    as: credentials,
    params: fc.array(paramOf, { minLength: 3, maxLength: 3 }),
    query: fc.dictionary(
      fc.oneof(
        fc.constantFrom("audience", "after", "limit", "q", "cursor", "room", "phase", "at", "from", "to"),
        nasty,
      ),
      nasty,
      { maxKeys: 3 },
    ),
    body: anything,
    type: fc.constantFrom(
      "application/json",
      "application/json",
      "application/json",
      "text/plain",
      "application/xml",
      "",
    ),
  });
  const property = fc.asyncProperty(request, async ({ route, as, params, query, body, type }) => {
    const { method, path } = routes[route % routes.length] ?? { method: "GET", path: "/" };
    if (!isMethod(method)) throw new Error(`${method} is never sent`);
    // Signing the only owner out would leave nobody to go on with.
    if (as === "owner" && /sign-out|password|people/.test(path)) return;
    let at = 0;
    const filled = path.replaceAll(/\{\w+\}/g, () => {
      const param = params[at++] ?? "x";
      return param === "known" ? known(path) : safely(param);
    });
    const search = Object.entries(query)
      .map(([key, value]) => `${safely(key)}=${safely(value)}`)
      .join("&");
    const hasBody = method !== "GET";
    await answers({
      method,
      url: search ? `${filled}?${search}` : filled,
      headers: { ...headersOf(as), ...(hasBody && type ? { "content-type": type } : {}) },
      ...(hasBody ? { payload: body } : {}),
    });
  });
  await fc.assert(property, { numRuns: 1_500, seed: SEED });
  for (const status of [200, 400, 401, 403, 404, 415]) {
    expect(met.get(status), `${status} of ${[...met].join(" ")}`).toBeGreaterThan(10);
  }
});

it("refuses broken addresses, wrong types and bodies that are too big in the same shape", async () => {
  for (const url of [
    "/api/v1/%",
    "/api/v1/sessions/%E0%A4%A/view",
    "/api/v1/nothing",
    "/api",
    `/api/v1/rooms/${"x".repeat(300)}`,
  ]) {
    await answers({ method: "GET", url, headers: headersOf("owner") });
  }
  const url = `/api/v1/sessions/${sessionId}/commands`;
  const headers = headersOf("owner");
  const big = await api.app.inject({
    method: "POST",
    url,
    headers: { ...headers, "content-type": "application/json" },
    payload: `"${"x".repeat(1_100_000)}"`,
  });
  expect([big.statusCode, big.json()]).toEqual([413, { status: "error", code: "http.bodyTooLarge" }]);
  const wrong = await api.app.inject({
    method: "POST",
    url,
    headers: { ...headers, "content-type": "text/plain" },
    payload: "x",
  });
  expect([wrong.statusCode, wrong.json()]).toEqual([415, { status: "error", code: "http.mediaType" }]);
});

it("answers any command with random input by the rules, never by accident", async () => {
  const draw = chance(SEED);
  const rules = [...engine.commands.values()];
  const seen = new Map<string, string[]>();
  let known = 0;
  for (let at = 0; at < 600; at += 1) {
    const log = api.directory.logOf(sessionId);
    remember(seen, log.slice(known));
    known = log.length;
    const world = { seen, now: Date.now(), state: await api.directory.read(sessionId, (state) => state) };
    const command = randomCommand(draw.pick(rules), `fuzz${at}`, world, draw);
    await answers({
      method: "POST",
      url: `/api/v1/sessions/${sessionId}/commands`,
      headers: { ...headersOf("owner"), "content-type": "application/json" },
      payload: jsonOf(command),
    });
  }
  expect(met.get(409), [...met].join(" ")).toBeGreaterThan(50);
});

it("takes random reports of programs item by item", async () => {
  const draw = chance(SEED);
  const kinds = { orders: "order.recordMany", audience: "audience.sampleMany", comments: "comment.noteMany" } as const;
  for (let at = 0; at < 200; at += 1) {
    for (const [kind, type] of Object.entries(kinds)) {
      const rule = engine.commands.get(type);
      if (!rule) throw new Error(`no ${type}`);
      const world = {
        seen: new Map<string, string[]>(),
        now: Date.now(),
        state: await api.directory.read(sessionId, (state) => state),
      };
      const { items } = z
        .object({ items: z.array(z.unknown()) })
        .parse(randomCommand(rule, `i${at}`, world, draw).input);
      const sent = items.map((item) =>
        typeof item === "object"
          ? { ...item, personId: undefined, personKey: `k${at % 7}`, sampleId: `a${at}`, text: "尺码?" }
          : item,
      );
      const answer = await api.app.inject({
        method: "POST",
        url: `/api/v1/ingest/sessions/${sessionId}/${kind}`,
        headers: headersOf("program"),
        payload: { items: sent },
      });
      if (sent.length === 0) continue;
      expect(answer.statusCode, `${kind} ${JSON.stringify(sent).slice(0, 300)} → ${answer.body.slice(0, 300)}`).toBe(
        200,
      );
      expect(z.object({ items: z.array(Answer) }).parse(answer.json()).items).toHaveLength(sent.length);
    }
  }
});

it("described every answer that came", () => expect([...undescribed].toSorted()).toEqual([]));
