import "#server/lib/no-pretenuring.ts";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { openEventStore } from "#db/event-store.ts";
import { engine } from "#domain/ops/index.ts";
import { createLog } from "#server/lib/log.ts";
import { recover } from "#server/live/recover.ts";
import { createFoldKeeper, noSavedFolds } from "#server/live/saved-folds.ts";

/** One recovery in a process of its own, as after a restart: node recover-once.ts URL SESSION saved|whole. Prints one JSON line. */
const [url = "", sessionId = "", way = ""] = process.argv.slice(2);
const store = openEventStore({ url, name: "bench" });
const keeper = createFoldKeeper({ url, log: createLog("warn") });
// The longest time in which nothing else on the node was served. Reading the code is not part of it.
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const startedAt = performance.now();
const cpuBefore = process.cpuUsage();
const recovery = { sessionId, engine, store, saved: way === "saved" ? keeper : noSavedFolds };
const { fold, savedSeq } = await recover(recovery);
const cpu = process.cpuUsage(cpuBefore);
const ms = performance.now() - startedAt;
delay.disable();
const figures = { ms, cpuMs: (cpu.user + cpu.system) / 1_000, longestBlockMs: delay.max / 1_000_000 };
process.stdout.write(`${JSON.stringify({ ...figures, savedSeq, seq: fold.state.seq })}\n`);
await Promise.all([store.close(), keeper.close()]);
