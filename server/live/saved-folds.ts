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
  close(): Promise<void>;
};

/** For tests that need none. */
export const noSavedFolds: SavedFolds = { load: () => Promise.resolve(null), wish: () => Promise.resolve(null) };

export function createFoldKeeper({ url, log }: { url: string; log: Logger }): FoldKeeper {
  const fingerprint = codeFingerprint();
  const snapshots = openSnapshotStore({ url, name: "kaibo" });
  const wished = new Map<string, PromiseWithResolvers<number | null>>();
  let worker: Worker | null = null;

  const settle = (sessionId: string, seq: number | null) => {
    wished.get(sessionId)?.resolve(seq);
    wished.delete(sessionId);
  };
  const start = (): Worker => {
    const started = new Worker(new URL("./snapshot-worker.ts", import.meta.url), { workerData: { url, fingerprint } });
    started.unref();
    started.on("message", (done: SnapshotDone) => {
      if ("error" in done) log.error(done, "a snapshot failed");
      else log.info(done, "snapshot");
      settle(done.sessionId, "error" in done ? null : done.seq);
    });
    started.on("error", (err) => {
      log.error({ err }, "the snapshot thread failed");
      worker = null;
      for (const sessionId of wished.keys()) settle(sessionId, null);
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
      const open = wished.get(sessionId);
      if (open) return open.promise;
      const wish = Promise.withResolvers<number | null>();
      wished.set(sessionId, wish);
      worker ??= start();
      worker.postMessage(sessionId);
      return wish.promise;
    },
    async close() {
      await worker?.terminate();
      await snapshots.close();
    },
  };
}
