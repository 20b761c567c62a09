import { execFileSync } from "node:child_process";
import path from "node:path";
import { z } from "zod";
import { openEventStore } from "#db/event-store.ts";
import { inheritedEnv } from "#server/env.ts";
import { createLog } from "#server/lib/log.ts";
import { createFoldKeeper } from "#server/live/saved-folds.ts";
import { STORM_EVENTS_MAX } from "#server/live/snapshot-pace.ts";
import { createLongShow } from "#tests/support/long-show.ts";
import { startTestServer, testDatabase } from "#tests/support/pg.ts";
import type { Bench, Measure } from "./bench.ts";

const EVENTS = Number(process.argv.find((arg) => arg.startsWith("--events="))?.slice(9) ?? 1_000_000);
/** As many as can be unsaved at the worst: in a storm, or a twentieth of the log. */
const TAIL = Math.max(Math.min(STORM_EVENTS_MAX, EVENTS / 2), EVENTS / 20);
const id = "long-show";

const Recovered = z.object({
  ms: z.number(),
  cpuMs: z.number(),
  longestBlockMs: z.number(),
  savedSeq: z.number(),
  seq: z.number(),
});

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
      const snapshotMs = await timed(() => keeper.wish(id));
      await write(TAIL);
      const saved = recoverOnce(database.url, "saved");
      const whole = recoverOnce(database.url, "whole");
      if (saved.savedSeq !== EVENTS - TAIL) throw new Error(`no snapshot was used: ${saved.savedSeq}`);
      if (saved.seq !== EVENTS || whole.seq !== EVENTS) throw new Error("the log was not recovered whole");
      const ms = (name: string, value: number, goal: Measure["goal"]): Measure => {
        return { name, value: Math.round(value), unit: "ms", baseline: null, goal };
      };
      return [
        ms("recovery.withSnapshot", saved.ms, { kind: "atMost", value: 5_000 }),
        // What it takes of the processor, whatever else the machine does meanwhile.
        ms("recovery.withSnapshot.cpu", saved.cpuMs, null),
        // How long the other shows of the node stand still at most.
        ms("recovery.withSnapshot.block", saved.longestBlockMs, { kind: "atMost", value: 100 }),
        ms("recovery.wholeLog", whole.ms, null),
        ms("recovery.wholeLog.block", whole.longestBlockMs, null),
        ms("recovery.firstSnapshot", snapshotMs, null),
      ];
    } finally {
      await Promise.all([store.close(), keeper.close()]);
      await database.drop();
      await stopServer();
    }
  },
};

function recoverOnce(url: string, way: "saved" | "whole"): z.infer<typeof Recovered> {
  const file = path.join(import.meta.dirname, "recover-once.ts");
  const line = execFileSync(process.execPath, [file, url, id, way], {
    encoding: "utf8",
    env: { ...inheritedEnv(), NODE_ENV: "production" },
  });
  return Recovered.parse(JSON.parse(line));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
