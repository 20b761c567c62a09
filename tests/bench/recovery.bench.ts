import { openEventStore } from "#db/event-store.ts";
import { engine } from "#domain/ops/index.ts";
import { createLog } from "#server/lib/log.ts";
import { recover } from "#server/live/recover.ts";
import { createFoldKeeper, noSavedFolds } from "#server/live/saved-folds.ts";
import { createLongShow } from "#tests/support/long-show.ts";
import { startTestServer, testDatabase } from "#tests/support/pg.ts";
import type { Bench, Measure } from "./bench.ts";

const EVENTS = Number(process.argv.find((arg) => arg.startsWith("--events="))?.slice(9) ?? 1_000_000);
/** Snapshots come at every tenth of the log at the latest. */
const TAIL = EVENTS / 10;
const id = "long-show";

/** How long a show of a million events is away when its writer is lost. */
export const recovery: Bench = {
  name: "recovery",
  async run(say) {
    const stopServer = await startTestServer();
    const database = await testDatabase();
    const store = openEventStore({ url: database.url, name: "bench" });
    const keeper = createFoldKeeper({ url: database.url, log: createLog("warn") });
    try {
      const acquired = await store.acquire(id, { owner: "bench", address: "" });
      if (acquired.status === "held") throw new Error("held");
      const show = createLongShow(id);
      const write = async (count: number) => {
        for (let left = count; left > 0; left -= 1_000) {
          await store.append(acquired.lease, show.rows(Math.min(1_000, left)));
        }
      };
      say(`writing ${EVENTS} events`);
      await write(EVENTS - TAIL);
      const snapshotMs = await timed(async () => {
        keeper.wish(id);
        await keeper.quiet();
      });
      await write(TAIL);
      const open = (saved: typeof noSavedFolds) => recover({ sessionId: id, engine, store, saved });
      let savedSeq = -1;
      const cpuBefore = process.cpuUsage();
      const withSnapshotMs = await timed(async () => {
        savedSeq = (await open(keeper)).savedSeq;
      });
      const cpu = process.cpuUsage(cpuBefore);
      const wholeLogMs = await timed(() => open(noSavedFolds));
      if (savedSeq !== EVENTS - TAIL) throw new Error(`no snapshot was used: ${savedSeq}`);
      const ms = (name: string, value: number, goal: Measure["goal"]): Measure => {
        return { name, value: Math.round(value), unit: "ms", baseline: null, goal };
      };
      return [
        ms("recovery.withSnapshot", withSnapshotMs, { kind: "atMost", value: 5_000 }),
        // What it takes of the processor, whatever else the machine does meanwhile.
        ms("recovery.withSnapshot.cpu", (cpu.user + cpu.system) / 1_000, null),
        ms("recovery.wholeLog", wholeLogMs, null),
        ms("recovery.firstSnapshot", snapshotMs, null),
      ];
    } finally {
      await Promise.all([store.close(), keeper.close()]);
      await database.drop();
      await stopServer();
    }
  },
};

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
