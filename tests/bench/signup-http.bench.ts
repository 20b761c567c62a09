import postgres from "postgres";
import { createDeviceTokens } from "#server/auth/device-token.ts";
import { createViewerTokens } from "#server/auth/viewer-token.ts";
import type { Bench, Measure } from "./bench.ts";
import { type House, median, newShow, p99Of, type Requests, SECRET, startHouse } from "./http-house.ts";

const SCREENS = 20;
const ROUNDS = 3;
/** Rounds before it counts: the server of a running show is compiled code. */
const WARM_UP = 3;
const SIGNUPS = 20_000;
const PLAIN = 4_000;
const INVITERS = 400;
/** A forwarded address is believed of this machine alone. */
const ENV = { KAIBO_TRUSTED_PROXIES: "127.0.0.1" };

type Round = { readonly people: readonly string[]; readonly brought: readonly string[]; readonly requests: Requests };

/**
 * Durable sign-ups a second over HTTP, with followers and control screens running, against the plain way and an empty POST. Everybody is known by WeChat, so that
 * to whom they are new is asked; every second one came by an inviter's link, which stands in the table alone; each has a phone and an address of their own.
 */
export const signupHttp: Bench = {
  name: "signup.http",
  async run(say) {
    const house = await startHouse("signups", ENV);
    const sql = postgres(house.databaseUrl, { max: 2, onnotice: () => undefined });
    try {
      const sessionId = await newShow(house);
      await house.watch(sessionId, SCREENS);
      const codes = await firstInviters(house, sessionId);
      const acked: string[] = [];
      const brought: string[] = [];
      const rates = { signup: [] as number[], plain: [] as number[], empty: [] as number[] };
      const took: number[] = [];
      const processor = house.spent().map(({ who }) => ({ who, ms: 0 }));
      for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
        const { people, requests, ...came } = await comeBy(sql, { sessionId, codes, round });
        const plains: Requests = people.slice(0, PLAIN).map((person, n) => ({
          path: `/plain-signup/${person}/${n % 2 === 0 ? 0 : 1 + (n % INVITERS)}`,
          token: "-",
        }));
        // The same headers and the same body as a sign-up.
        const empties: Requests = requests.map((request) => ({ ...request, path: "/empty" }));
        const before = house.spent();
        const ours = await house.fire(requests);
        const spent = house.spent().map(({ ms }, at) => ms - (before[at]?.ms ?? 0));
        const theirs = await house.fire(plains, house.plainPort);
        const nothing = await house.fire(empties, house.plainPort);
        if (ours.statuses["200"] !== SIGNUPS)
          throw new Error(`not all sign-ups got a 200: ${JSON.stringify(ours.statuses)}`);
        acked.push(...people);
        brought.push(...came.brought);
        if (round < WARM_UP) continue;
        for (const [at, ms] of spent.entries()) if (processor[at]) processor[at].ms += ms;
        rates.signup.push((SIGNUPS / ours.wallMs) * 1_000);
        rates.plain.push((PLAIN / theirs.wallMs) * 1_000);
        rates.empty.push((SIGNUPS / nothing.wallMs) * 1_000);
        took.push(...ours.tookMs);
      }
      const each = processor.map(({ who, ms }) => `${who} ${((ms * 1_000) / (SIGNUPS * ROUNDS)).toFixed(0)}`);
      say(`µs of processor a sign-up: ${each.join(", ")}`);
      await checkLog(sql, sessionId, { acked, brought });
      say(
        `${acked.length} sign-ups acknowledged, all in the log once, ${brought.length} of them brought and counted once`,
      );
      return measures(rates, took);
    } finally {
      await sql.end();
      await house.stop();
    }
  },
};

function measures(rates: Readonly<Record<"signup" | "plain" | "empty", number[]>>, took: readonly number[]): Measure[] {
  const rate = Math.round(median(rates.signup));
  const unit = "sign-ups/s";
  return [
    {
      name: "signup.http",
      value: rate,
      unit,
      baseline: Math.round(median(rates.plain)),
      goal: { kind: "ratioAtLeast", value: 5 },
    },
    {
      name: "signup.http.toEmptyPost",
      value: rate,
      unit,
      baseline: Math.round(median(rates.empty)),
      goal: { kind: "ratioAtLeast", value: 0.4 },
    },
    {
      name: "signup.http.p99",
      value: Math.round(p99Of(took)),
      unit: "ms",
      baseline: null,
      goal: { kind: "atMost", value: 150 },
    },
  ];
}

const tokens = createViewerTokens(SECRET);
const devices = createDeviceTokens(SECRET);
const tokenOf = (sessionId: string, personId: string) =>
  tokens.sign({ sessionId, personId, anonymous: false, expiresAt: Date.now() + 3_600_000 });

/** Who has codes to bring others by. */
async function firstInviters(house: House, sessionId: string): Promise<string[]> {
  const codes: string[] = [];
  for (let n = 0; n < INVITERS; n += 1) {
    const token = tokenOf(sessionId, `v_inviter${String(n).padStart(12, "0")}`);
    const headers = { authorization: `Bearer ${token}` };
    const url = `${house.url}/api/v1/viewer/sessions/${sessionId}/signup`;
    const answer = await fetch(url, { method: "POST", headers });
    codes.push(Object(await answer.json()).result.code);
  }
  return codes;
}

type Coming = { readonly sessionId: string; readonly codes: readonly string[]; readonly round: number };

/** People who have opened the page, every second one by an inviter's link: on another node, so that this one remembers nobody. */
async function comeBy(sql: postgres.Sql, { sessionId, codes, round }: Coming): Promise<Round> {
  const people = Array.from({ length: SIGNUPS }, (_, n) => `v_bench${String(round * SIGNUPS + n).padStart(12, "0")}`);
  const brought = people.filter((_, n) => n % 2 === 1);
  const now = Date.now();
  const touches = brought.map((who, n) => ({
    session_id: sessionId,
    who,
    inviter_code: codes[n % codes.length] ?? "",
    at: now,
  }));
  for (let from = 0; from < touches.length; from += 5_000) {
    await sql`insert into first_touches ${sql(touches.slice(from, from + 5_000))}`;
  }
  const path = `/api/v1/viewer/sessions/${sessionId}/signup`;
  const requests = people.map((personId, n) => ({
    path,
    token: tokenOf(sessionId, personId),
    headers: {
      cookie: `kaibo_d=${devices.fresh(now - 60_000).token}`,
      "x-forwarded-for": `198.${18 + (n % 2)}.${(n >> 8) % 250}.${1 + (n % 250)}`,
    },
  }));
  return { people, brought, requests };
}

type Claimed = { readonly acked: readonly string[]; readonly brought: readonly string[] };

async function checkLog(sql: postgres.Sql, sessionId: string, { acked, brought }: Claimed): Promise<void> {
  const rows = await sql<{ person: string; n: number; standing: string | null }[]>`
    select data->>'personId' as person, (data->>'n')::int as n, data->'invite'->>'standing' as standing
    from session_events where session_id = ${sessionId} and type = 'signup.recorded.v1'`;
  const found = new Map(rows.map(({ person, standing }) => [person, standing]));
  if (found.size !== rows.length) throw new Error("a person signed up twice");
  if (new Set(rows.map(({ n }) => n)).size !== rows.length) throw new Error("a number was given twice");
  const lost = acked.filter((person) => !found.has(person));
  if (lost.length > 0) throw new Error(`${lost.length} acknowledged sign-ups are not in the log`);
  if (rows.length !== acked.length + INVITERS) throw new Error(`${rows.length} sign-ups in the log`);
  const counted = brought.filter((person) => found.get(person) === "counts");
  if (counted.length !== brought.length) throw new Error(`${counted.length} of ${brought.length} brought count`);
}
