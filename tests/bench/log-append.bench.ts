import { setImmediate as nextTurn } from "node:timers/promises";
import postgres from "postgres";
import { startEmbedded } from "#db/embedded.ts";
import type { NewRow } from "#db/event-store-contract.ts";
import { appendArguments, openEventStore } from "#db/event-store.ts";
import { migrateDatabase } from "#db/migrate.ts";
import { engine } from "#domain/ops/index.ts";
import { createLog } from "#server/lib/log.ts";
import { createVault } from "#server/lib/vault.ts";
import { createDirectory } from "#server/live/directory.ts";
import { noMetrics } from "#server/live/live-metrics.ts";
import { noSavedFolds } from "#server/live/saved-folds.ts";
import { tempDir } from "#tests/support/temp-dir.ts";
import type { Bench } from "./bench.ts";

const ROUNDS = 20;
/** Rounds before it counts: the writer of a running show is compiled code. */
const WARM_UP = 5;
const ROUND = 8_000;
const BATCH = 200;
const START = 1_800_000_000_000;
const id = "append-show";
const operator = { id: "staff:op", grants: ["operator"] } as const;

/** The plain way to put the same rows there: batches without an owner, without rules. */
const BARE = `
  insert into session_events (session_id, seq, at, type, by, command_id, data)
  select $1::text, $3::bigint + r.n - 1, r.at, r.type, r.sender, r.command_id, r.data::jsonb
  from unnest(
    $4::text::bigint[], $5::text::text[], $6::text::text[], $7::text::text[], $8::text::text[]
  ) with ordinality as r (at, type, sender, command_id, data, n)
  where $2::bigint >= 0`;

/** Events a second through decide, group commit and apply, without HTTP. */
export const logAppend: Bench = {
  name: "log.append",
  async run(say) {
    // Durable, as in a real house: both ways wait for the disk.
    const place = tempDir("append");
    const database = await startEmbedded({ dataDir: place.dir, say: () => undefined, durable: true });
    await migrateDatabase(database.url);
    const store = openEventStore({ url: database.url, name: "bench" });
    const sql = postgres(database.url, { max: 1, fetch_types: false });
    const batches: number[] = [];
    const directory = createDirectory({
      engineOf: () => engine,
      store,
      saved: noSavedFolds,
      node: { owner: "bench", address: "" },
      wall: Date.now,
      vault: createVault("a secret for benches that is long enough"),
      metrics: { ...noMetrics, committed: ({ events }) => batches.push(events) },
      log: createLog("warn"),
      opened: () => undefined,
      remote: null,
    });
    const send = async (commandId: string, type: string, input: unknown) => {
      const checked = engine.parse({ id: commandId, type, input });
      if (!("parsed" in checked)) throw new Error(JSON.stringify(checked.issues));
      const answer = await directory.send(id, checked.parsed, operator);
      if (answer.status !== "ok") throw new Error(`${type}: ${JSON.stringify(answer)}`);
    };
    try {
      const times = { plannedStartAt: START, plannedEndAt: START + 14_400_000 };
      const show = { sessionId: id, roomId: "room", title: "示例", rehearsal: true, ...times };
      await send("create", "session.create", show);
      // A tap on a tally pad: one small event, and a rule that costs nearly nothing, so that the writer is what is measured.
      // Parsing belongs to the edge: the commands come here parsed.
      const input = { tallyId: "size", delta: 1, ago: 0 };
      const tap = async (n: number) => {
        const answer = await directory.send(id, { id: `tap-${n}`, type: "tally.add", input }, operator);
        if (answer.status !== "ok") throw new Error(JSON.stringify(answer));
      };
      /** Two crowds, each as many as a batch shall hold; everybody sends on when answered. While the batch of one is being stored, the other waits. */
      const senders = async (from: number, count: number) => {
        let next = from;
        const sender = async () => {
          while (next < from + count) await tap((next += 1));
        };
        const crowd = () => Promise.all(Array.from({ length: BATCH }, sender));
        const first = crowd();
        await nextTurn();
        await Promise.all([first, crowd()]);
      };
      const writeBare = async (after: number) => {
        const rows: NewRow[] = [];
        for await (const events of store.read(id, { after })) {
          rows.push(...events.map((event) => ({ ...event, json: JSON.stringify(event.data) })));
        }
        const startedAt = performance.now();
        for (let first = 0; first < rows.length; first += BATCH) {
          const batch = rows.slice(first, first + BATCH);
          await sql.unsafe(BARE, appendArguments({ sessionId: "bare", epoch: 0 }, batch), { prepare: true });
        }
        return performance.now() - startedAt;
      };
      say(`${ROUNDS} rounds of ${ROUND} commands by ${BATCH} senders, and the same rows bare`);
      let [liveMs, bareMs, cpuUs] = [0, 0, 0];
      // Round by round, so that what else the machine does meets both; the first rounds only warm up.
      for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
        const before = await store.head(id);
        const startedAt = performance.now();
        const cpuBefore = process.threadCpuUsage();
        await senders(round * ROUND, ROUND);
        const tookMs = performance.now() - startedAt;
        const { user, system } = process.threadCpuUsage(cpuBefore);
        const bareTookMs = await writeBare(before);
        if (round < WARM_UP) continue;
        cpuUs += user + system;
        liveMs += tookMs;
        bareMs += bareTookMs;
      }
      say(
        `${(batches.reduce((sum, events) => sum + events, 0) / batches.length).toFixed(0)} events in a batch on average`,
      );
      say(`${(cpuUs / (ROUNDS * ROUND)).toFixed(1)} µs of the writer's thread an event, its senders' included`);
      const rate = (ms: number) => Math.round((ROUNDS * ROUND * 1_000) / ms);
      const goal = { kind: "ratioAtLeast", value: 0.6 } as const;
      return [{ name: "log.append", value: rate(liveMs), unit: "events/s", baseline: rate(bareMs), goal }];
    } finally {
      await directory.close();
      await Promise.all([store.close(), sql.end()]);
      await database.stop();
      place.remove();
    }
  },
};
