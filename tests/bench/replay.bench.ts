import postgres from "postgres";
import { openEventLogReader } from "#db/event-log-reader.ts";
import { openEventStore } from "#db/event-store.ts";
import { engine } from "#domain/ops/index.ts";
import { createSeek } from "#server/replay/seek.ts";
import { createTimeline } from "#server/replay/timeline.ts";
import { createLongShow } from "#tests/support/long-show.ts";
import { startTestServer, testDatabase } from "#tests/support/pg.ts";
import type { Bench, Measure } from "./bench.ts";

const EVENTS = Number(process.argv.find((arg) => arg.startsWith("--events="))?.slice(9) ?? 1_000_000);
const SEEKS = 300;
const id = "long-show";

/** Any second of a show of a million events, and how long it takes to make it seekable after a restart. */
export const replay: Bench = {
  name: "replay",
  async run(say) {
    const stopServer = await startTestServer();
    const database = await testDatabase();
    const store = openEventStore({ url: database.url, name: "bench" });
    const reader = openEventLogReader(database.url, "bench");
    try {
      say(`writing ${EVENTS} events`);
      const { firstAt, lastAt } = await write(store);
      const bare = await timed(() => bareRead(database.url));
      const timeline = createTimeline(engine);
      const rebuild = await timed(() => reader.read(id, { after: 0 }, (events) => timeline.append(events)));
      say(`checkpoints hold ${(timeline.bytes / 1e6).toFixed(0)} MB`);
      const seek = createSeek(engine, reader);
      await seek.viewAt(id, "control", lastAt);
      const took: number[] = [];
      for (let n = 0; n < SEEKS; n += 1) {
        // Spread over the whole show, never twice the same second, in no order.
        const at = firstAt + Math.floor(((n * 7919) % SEEKS) * ((lastAt - firstAt) / SEEKS));
        took.push(await timed(() => seek.viewAt(id, "control", at)));
      }
      took.sort((a, b) => a - b);
      const p = (share: number) => took[Math.floor(took.length * share)] ?? 0;
      const measure = (name: string, value: number, unit: string, more: Partial<Measure> = {}): Measure => ({
        name,
        value: Math.round(value * 10) / 10,
        unit,
        baseline: null,
        goal: null,
        ...more,
      });
      return [
        measure("replay.seek.p99", p(0.99), "ms", { goal: { kind: "atMost", value: 100 } }),
        measure("replay.seek.p50", p(0.5), "ms"),
        measure("replay.rebuild", (EVENTS / rebuild) * 1_000, "events/s", {
          baseline: (EVENTS / bare) * 1_000,
          goal: { kind: "ratioAtLeast", value: 0.5 },
        }),
      ];
    } finally {
      await Promise.all([store.close(), reader.close()]);
      await database.drop();
      await stopServer();
    }
  },
};

async function write(store: ReturnType<typeof openEventStore>): Promise<{ firstAt: number; lastAt: number }> {
  const acquired = await store.acquire(id, { owner: "bench", address: "" });
  if (acquired.status === "held") throw new Error("held");
  const show = createLongShow(id);
  let firstAt = 0;
  let lastAt = 0;
  for (let left = EVENTS; left > 0; left -= 1_000) {
    const rows = show.rows(Math.min(1_000, left));
    firstAt ||= rows[0]?.at ?? 0;
    lastAt = rows.at(-1)?.at ?? lastAt;
    await store.append(acquired.lease, rows);
  }
  return { firstAt, lastAt };
}

/** The rows themselves, by cursor, with nothing done to them. */
async function bareRead(url: string): Promise<void> {
  const sql = postgres(url, { max: 1 });
  let rows = 0;
  const query = sql`select seq, at, type, by, command_id, data from session_events where session_id = ${id} order by seq`;
  for await (const chunk of query.cursor(5_000)) rows += chunk.length;
  await sql.end();
  if (rows !== EVENTS) throw new Error(`read ${rows} rows`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
