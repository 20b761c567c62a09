import { parentPort, workerData } from "node:worker_threads";
import { openEventStore } from "#db/event-store.ts";
import { DamagedSnapshotError, openSnapshotStore } from "#db/snapshot-store.ts";
import { engineOf } from "#domain/stream-engine.ts";
import { stepBack } from "../lib/step-back.ts";
import { decodeFold, encodeFold } from "./fold-codec.ts";
import { Fold } from "./fold.ts";

/**
 * The thread that writes snapshots. It folds a copy of its own from the log, so the live loop never serialises anything. It works on one wish after the
 * other and keeps the last few copies, because a show that grows fast is asked for again soon.
 */
const COPIES_MAX = 2;

type Settings = { readonly url: string; readonly fingerprint: string };
export type SnapshotDone =
  | { readonly sessionId: string; readonly seq: number; readonly bytes: number; readonly tookMs: number }
  | { readonly sessionId: string; readonly error: string };

const { url, fingerprint } = workerData as Settings;
const store = openEventStore({ url, name: "kaibo-snapshot" });
const snapshots = openSnapshotStore({ url, name: "kaibo" });
const copies = new Map<string, Fold>();
let queue = Promise.resolve();

// A snapshot may come a little later; a claim may not.
stepBack();

parentPort?.on("message", (sessionId: string) => {
  queue = queue.then(() => save(sessionId));
});

async function save(sessionId: string): Promise<void> {
  const startedAt = performance.now();
  try {
    const fold = copies.get(sessionId) ?? (await begin(sessionId));
    copies.delete(sessionId);
    await fold.catchUp(store, sessionId);
    const pieces = [...encodeFold(fold.data)];
    await snapshots.save({ sessionId, seq: fold.state.seq, fingerprint, pieces });
    copies.set(sessionId, fold);
    const oldest = copies.keys().next().value;
    if (copies.size > COPIES_MAX && oldest !== undefined) copies.delete(oldest);
    const bytes = pieces.reduce((sum, { length }) => sum + length, 0);
    tell({ sessionId, seq: fold.state.seq, bytes, tookMs: performance.now() - startedAt });
  } catch (error) {
    // The copy may be half way; the next wish begins anew.
    copies.delete(sessionId);
    tell({ sessionId, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

async function begin(sessionId: string): Promise<Fold> {
  for await (const { pieces } of snapshots.load(sessionId, fingerprint)) {
    try {
      return new Fold(engineOf(sessionId), await decodeFold(pieces));
    } catch (error) {
      // The log is enough; what else failed shows when it is read.
      if (!(error instanceof DamagedSnapshotError)) throw error;
    }
  }
  return new Fold(engineOf(sessionId));
}

function tell(done: SnapshotDone): void {
  parentPort?.postMessage(done);
}
