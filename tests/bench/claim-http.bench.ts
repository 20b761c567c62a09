import postgres from "postgres";
import { createViewerTokens } from "#server/auth/viewer-token.ts";
import type { Bench, Measure } from "./bench.ts";
import { command, type House, median, newShow, p99Of, type Requests, SECRET, startHouse } from "./http-house.ts";

const SCREENS = 20;
const ROUNDS = 3;
/** Rounds before it counts: the server of a running show is compiled code. */
const WARM_UP = 3;
const CLAIMS = 20_000;
const PLAIN = 4_000;

/** Durable claims a second over HTTP, with followers and control screens running, against the plain way and an empty POST. */
export const claimHttp: Bench = {
  name: "claim.http",
  async run(say) {
    const house = await startHouse("claims");
    try {
      const { sessionId, couponId } = await openCoupon(house);
      await house.watch(sessionId, SCREENS);
      const tokens = createViewerTokens(SECRET);
      const claimPath = `/api/v1/viewer/sessions/${sessionId}/coupons/${couponId}/claim`;
      const acked: string[] = [];
      const rates = { claim: [] as number[], plain: [] as number[], empty: [] as number[] };
      const took: number[] = [];
      const processor = house.spent().map(({ who }) => ({ who, ms: 0 }));
      for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
        const people = Array.from(
          { length: CLAIMS },
          (_, n) => `v_bench${String(round * CLAIMS + n).padStart(12, "0")}`,
        );
        const expiresAt = Date.now() + 3_600_000;
        const claims: Requests = people.map((personId) => ({
          path: claimPath,
          token: tokens.sign({ sessionId, personId, anonymous: false, expiresAt }),
        }));
        const plains: Requests = people.slice(0, PLAIN).map((person) => ({ path: `/plain/${person}`, token: "-" }));
        // The same headers and the same body as a claim.
        const empties: Requests = claims.map(({ token }) => ({ path: "/empty", token }));
        const before = house.spent();
        const ours = await house.fire(claims);
        const spent = house.spent().map(({ ms }, at) => ms - (before[at]?.ms ?? 0));
        const theirs = await house.fire(plains, house.plainPort);
        const nothing = await house.fire(empties, house.plainPort);
        if (ours.statuses["200"] !== CLAIMS)
          throw new Error(`not all claims got a 200: ${JSON.stringify(ours.statuses)}`);
        acked.push(...people);
        if (round < WARM_UP) continue;
        for (const [at, ms] of spent.entries()) if (processor[at]) processor[at].ms += ms;
        rates.claim.push((CLAIMS / ours.wallMs) * 1_000);
        rates.plain.push((PLAIN / theirs.wallMs) * 1_000);
        rates.empty.push((CLAIMS / nothing.wallMs) * 1_000);
        took.push(...ours.tookMs);
      }
      const perClaim = processor.map(({ who, ms }) => `${who} ${((ms * 1_000) / (CLAIMS * ROUNDS)).toFixed(0)}`);
      say(`µs of processor a claim: ${perClaim.join(", ")}`);
      const oversold = await house.fire(lastCodes(tokens, sessionId, claimPath));
      const late = oversold.statuses["200"] ?? 0;
      await checkLog(house.databaseUrl, sessionId, acked, late);
      say(`${acked.length + late} claims acknowledged, all in the log once, none above the total`);
      const measure = (name: string, value: number, baseline: number | null, goal: Measure["goal"]): Measure => ({
        name,
        value: Math.round(value),
        unit: name.endsWith("p99") ? "ms" : "claims/s",
        baseline: baseline === null ? null : Math.round(baseline),
        goal,
      });
      return [
        measure("claim.http", median(rates.claim), median(rates.plain), { kind: "ratioAtLeast", value: 5 }),
        measure("claim.http.toEmptyPost", median(rates.claim), median(rates.empty), {
          kind: "ratioAtLeast",
          value: 0.4,
        }),
        measure("claim.http.p99", p99Of(took), null, { kind: "atMost", value: 150 }),
      ];
    } finally {
      await house.stop();
    }
  },
};

const SPARE = 500;

/** More people than there are coupons left. */
function lastCodes(tokens: ReturnType<typeof createViewerTokens>, sessionId: string, claimPath: string): Requests {
  return Array.from({ length: SPARE * 2 }, (_, n) => ({
    path: claimPath,
    token: tokens.sign({
      sessionId,
      personId: `v_late${String(n).padStart(13, "0")}`,
      anonymous: false,
      expiresAt: Date.now() + 3_600_000,
    }),
  }));
}

async function checkLog(url: string, sessionId: string, acked: readonly string[], late: number): Promise<void> {
  const sql = postgres(url, { max: 1 });
  const rows = await sql<{ person: string }[]>`
    select data->>'personId' as person from session_events
    where session_id = ${sessionId} and type = 'coupon.claimed.v1'`;
  await sql.end();
  const found = new Set(rows.map(({ person }) => person));
  if (found.size !== rows.length) throw new Error("a person claimed twice");
  const lost = acked.filter((person) => !found.has(person));
  if (lost.length > 0) throw new Error(`${lost.length} acknowledged claims are not in the log`);
  if (rows.length !== acked.length + SPARE || late !== SPARE) {
    throw new Error(`${rows.length} claims in the log, ${late} of the last ${SPARE} acknowledged`);
  }
}

async function openCoupon(house: House): Promise<{ sessionId: string; couponId: string }> {
  const sessionId = await newShow(house);
  const discount = { kind: "direct", offFen: 100, productIds: null };
  const total = CLAIMS * (WARM_UP + ROUNDS) + SPARE;
  const plan = { carrier: "own", title: "示例券", discount, total };
  const { couponId } = Object(await command(house, sessionId, "coupon.plan", plan));
  await command(house, sessionId, "session.start", { reason: "示例" });
  await command(house, sessionId, "coupon.push", { couponId });
  return { sessionId, couponId };
}
