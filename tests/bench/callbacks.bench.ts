import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import postgres from "postgres";
import { startEmbedded } from "#db/embedded.ts";
import { migrateDatabase } from "#db/migrate.ts";
import { delivery, groupEvent } from "#tests/support/wecom-callbacks.ts";
import { tempDir } from "#tests/support/temp-dir.ts";
import type { Bench } from "./bench.ts";
import type { CallbackOrder, CallbackResult } from "./callback-load.ts";

const ROUNDS = 9;
const DELIVERIES = 4_000;
const CONNECTIONS = 200;
/** The rate at which the time of an answer is measured. */
const RATE = 200;
const CALM_SECONDS = 15;
const CALM_CONNECTIONS = 20;

type Requests = CallbackOrder["requests"];

/** Deliveries that are verified, stored and answered, against a POST of the same body that does nothing; and how long an answer takes at a busy corp's rate. */
export const callbacks: Bench = {
  name: "callbacks",
  async run(say) {
    const place = tempDir("callbacks");
    // Durable, as in a real house: an answer waits for the disk.
    const database = await startEmbedded({ dataDir: place.dir, say: () => undefined, durable: true });
    await migrateDatabase(database.url);
    const server = fork(path.join(import.meta.dirname, "callback-server.ts"), [database.url]);
    const [port] = (await once(server, "message")) as [number];
    const load = fork(path.join(import.meta.dirname, "callback-load.ts"));
    const fire = async (requests: Requests, connections: number, rate: number | null): Promise<CallbackResult> => {
      load.send({ port, connections, rate, requests } satisfies CallbackOrder);
      const [result] = (await once(load, "message")) as [CallbackResult];
      if (result.statuses["200"] !== requests.length) {
        throw new Error(`not all deliveries got a 200: ${JSON.stringify(result.statuses)}`);
      }
      return result;
    };
    try {
      const rates = { ours: [] as number[], empty: [] as number[] };
      for (let round = 0; round <= ROUNDS; round += 1) {
        const requests = deliveries(`round-${round}`, DELIVERIES);
        const ours = await fire(requests, CONNECTIONS, null);
        const empty = await fire(
          requests.map(({ body }) => ({ path: "/empty", body })),
          CONNECTIONS,
          null,
        );
        // The first round warms up everything.
        if (round === 0) continue;
        rates.ours.push((DELIVERIES / ours.wallMs) * 1_000);
        rates.empty.push((DELIVERIES / empty.wallMs) * 1_000);
      }
      const calm = await fire(deliveries("calm", RATE * CALM_SECONDS), CALM_CONNECTIONS, RATE);
      const stored = await count(database.url);
      const wanted = (ROUNDS + 1) * DELIVERIES + RATE * CALM_SECONDS;
      if (stored !== wanted) throw new Error(`${stored} stored of ${wanted} that were answered`);
      say(`${stored} answered with 200, all of them stored once`);
      const p99 = calm.tookMs.toSorted((a, b) => a - b)[Math.floor(calm.tookMs.length * 0.99)] ?? 0;
      return [
        {
          name: "callbacks",
          value: Math.round(median(rates.ours)),
          unit: "deliveries/s",
          baseline: Math.round(median(rates.empty)),
          goal: { kind: "ratioAtLeast", value: 0.3 },
        },
        {
          name: "callbacks.p99",
          value: Math.round(p99 * 10) / 10,
          unit: "ms",
          baseline: null,
          goal: { kind: "atMost", value: 200 },
        },
      ];
    } finally {
      for (const child of [server, load] satisfies ChildProcess[]) child.disconnect();
      await database.stop();
      place.remove();
    }
  },
};

/** Somebody came into a group: the most frequent event by far. */
function deliveries(label: string, amount: number): Requests {
  const more = (n: number) =>
    `<UpdateDetail>add_member</UpdateDetail><JoinScene>3</JoinScene><MemChangeCnt>1</MemChangeCnt><MemChangeList><Item>wm-${label}-${n}</Item></MemChangeList><LastMemVer>${"a".repeat(32)}</LastMemVer><CurMemVer>${"b".repeat(32)}</CurMemVer>`;
  return Array.from({ length: amount }, (_, n) => {
    const { url, body } = delivery(groupEvent("update", `wr-sample-group-${n % 500}`, { more: more(n) }));
    return { path: url, body };
  });
}

async function count(url: string): Promise<number> {
  const sql = postgres(url, { max: 1 });
  const [row] = await sql<{ stored: number }[]>`select count(*)::int as stored from wecom_callbacks`;
  await sql.end();
  return row?.stored ?? 0;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
