import { Worker } from "node:worker_threads";
import { openSnapshotStore } from "#db/snapshot-store.ts";
import type { Logger } from "../lib/log.ts";
import { codeFingerprint } from "./code-fingerprint.ts";
import { decodeFold } from "./fold-codec.ts";
import type { FoldData } from "./fold.ts";
import type { SavedFolds } from "./recover.ts";
import type { SnapshotDone } from "./snapshot-worker.ts";

/** Snapshots for the writer: read here, written by a thread of its own that starts with the first wish. */
export type FoldKeeper = SavedFolds & {
  /** Settles when no wish is open; for tests and measurements. */
  quiet(): Promise<void>;
  close(): Promise<void>;
};

/** For tests that need none. */
export const noSavedFolds: SavedFolds = { load: () => Promise.resolve(null), wish: () => undefined };

export function createFoldKeeper({ url, log }: { url: string; log: Logger }): FoldKeeper {
  const fingerprint = codeFingerprint();
  const snapshots = openSnapshotStore({ url, name: "kaibo" });
  const wished = new Set<string>();
  let worker: Worker | null = null;
  let onQuiet: (() => void)[] = [];

  const settle = (sessionId: string) => {
    wished.delete(sessionId);
    if (wished.size > 0) return;
    for (const resolve of onQuiet) resolve();
    onQuiet = [];
  };
  const start = (): Worker => {
    const started = new Worker(new URL("./snapshot-worker.ts", import.meta.url), { workerData: { url, fingerprint } });
    started.unref();
    started.on("message", (done: SnapshotDone) => {
      if ("error" in done) log.error(done, "a snapshot failed");
      else log.info(done, "snapshot");
      settle(done.sessionId);
    });
    started.on("error", (err) => {
      log.error({ err }, "the snapshot thread failed");
      worker = null;
      for (const sessionId of wished) settle(sessionId);
    });
    return started;
  };

  return {
    async load(sessionId): Promise<FoldData | null> {
      try {
        for await (const { seq, pieces } of snapshots.load(sessionId, fingerprint)) {
          try {
            return await decodeFold(pieces);
          } catch (err) {
            log.warn({ err, sessionId, seq }, "a snapshot can't be read");
          }
        }
      } catch (err) {
        log.warn({ err, sessionId }, "no snapshots now; the log alone is enough");
      }
      return null;
    },
    wish(sessionId) {
      if (wished.has(sessionId)) return;
      wished.add(sessionId);
      worker ??= start();
      worker.postMessage(sessionId);
    },
    quiet: () => (wished.size === 0 ? Promise.resolve() : new Promise((resolve) => onQuiet.push(resolve))),
    async close() {
      await worker?.terminate();
      await snapshots.close();
    },
  };
}
