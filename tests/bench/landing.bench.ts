import { planSampleWarmup } from "#server/rehearsal/sample-warmup.ts";
import type { Bench, Measure } from "./bench.ts";
import { command, type House, median, newShow, type Requests, startHouse } from "./http-house.ts";

const ROUNDS = 3;
/** Rounds before it counts: the server of a running show is compiled code. */
const WARM_UP = 2;
const GETS = 40_000;

/**
 * How fast the public data of a show's landing page is given to many at once, against a GET of the same Fastify that does nothing: packed, as phones ask for it, and
 * unchanged since they asked last.
 */
export const landing: Bench = {
  name: "landing",
  async run(say) {
    const house = await startHouse("landing");
    try {
      const { path, etag, bytes } = await publishedPage(house);
      say(`the page's data is ${bytes} bytes, packed`);
      const fresh = await rates(house, { path, headers: { "accept-encoding": "br" } });
      const unchanged = await rates(house, { path, headers: { "accept-encoding": "br", "if-none-match": etag } });
      say(`to who asks first, ${fresh.spent}`);
      say(`to who asks again, ${unchanged.spent}`);
      return [measure("landing", fresh), measure("landing.unchanged", unchanged)];
    } finally {
      await house.stop();
    }
  },
};

type Rates = { readonly ours: number; readonly empty: number; readonly spent: string };
type Asked = { readonly path: string; readonly headers: Readonly<Record<string, string>> };

async function rates(house: House, asked: Asked): Promise<Rates> {
  const request = { ...asked, method: "GET", token: "-" } as const;
  const requests: Requests = Array.from({ length: GETS }, () => request);
  const empties: Requests = Array.from({ length: GETS }, () => ({ ...request, path: "/empty" }));
  const [ours, empty]: [number[], number[]] = [[], []];
  const processor = house.spent().map(({ who }) => ({ who, ms: 0 }));
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    const before = house.spent();
    const given = await house.fire(requests);
    const spent = house.spent().map(({ ms }, at) => ms - (before[at]?.ms ?? 0));
    const nothing = await house.fire(empties, house.plainPort);
    const answered = (given.statuses["200"] ?? 0) + (given.statuses["304"] ?? 0);
    if (answered !== GETS) throw new Error(`not all were given the page: ${JSON.stringify(given.statuses)}`);
    if (round < WARM_UP) continue;
    for (const [at, ms] of spent.entries()) if (processor[at]) processor[at].ms += ms;
    ours.push((GETS / given.wallMs) * 1_000);
    empty.push((GETS / nothing.wallMs) * 1_000);
  }
  const each = processor.map(({ who, ms }) => `${who} ${((ms * 1_000) / (GETS * ROUNDS)).toFixed(0)}`);
  return { ours: median(ours), empty: median(empty), spent: `µs of processor a GET: ${each.join(", ")}` };
}

const measure = (name: string, { ours, empty }: Rates): Measure => ({
  name,
  value: Math.round(ours),
  unit: "GET/s",
  baseline: Math.round(empty),
  goal: { kind: "ratioAtLeast", value: 0.7 },
});

const unasked = () => Promise.reject(new Error("the sample's warm-up needs no view"));

/** A show whose page says something: that of the sample, with a coupon. */
async function publishedPage(house: House): Promise<{ path: string; etag: string; bytes: number }> {
  const sessionId = await newShow(house);
  const send = (type: string, input: unknown) => command(house, sessionId, type, input);
  await send("session.edit", { theme: "示例:秋冬上新,前三件直降" });
  const discount = { kind: "direct", offFen: 1_000, productIds: null };
  await send("coupon.plan", {
    carrier: "own",
    title: "示例券",
    discount,
    total: 500,
    rules: "每人限领一张,本场有效。",
  });
  await planSampleWarmup({ send: (type, input) => send(type, input).then(() => undefined), snapshot: unasked });
  const path = `/api/v1/viewer/sessions/${sessionId}`;
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const answer = await fetch(`${house.url}${path}`, { headers: { "accept-encoding": "br" } });
  const bytes = (await answer.arrayBuffer()).byteLength;
  return { path, etag: answer.headers.get("etag") ?? "", bytes };
}
