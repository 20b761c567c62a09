import { Worker } from "node:worker_threads";
import type { ShowHistory } from "#domain/history/show-history.ts";
import { BusyError } from "../live/directory-contract.ts";

/**
 * Histories of whole shows, each made by a thread of its own in one pass over the log: a second for a rehearsal, some for an evening of a million
 * events. What was made is kept until the log has gone on.
 */
export type Histories = {
  /** At least up to `seq`, or made at most `agedMs` ago. */
  of(sessionId: string, seq: number, agedMs?: number): Promise<ShowHistory>;
  close(): Promise<void>;
};

export type HistoryAnswer = { readonly history: ShowHistory } | { readonly away: true };

const HELD = 8;
const AGAIN_MS = 2_000;
/** Each takes a core while it runs. */
const RUNNING_MAX = 2;
const SILENT_MS = 55_000;

export function createHistories(databaseUrl: string): Histories {
  const held = new Map<string, { readonly history: ShowHistory; readonly madeAt: number }>();
  const running = new Map<string, Promise<ShowHistory>>();
  const workers = new Set<Worker>();

  const pass = (sessionId: string): Promise<ShowHistory> => {
    const { promise, resolve, reject } = Promise.withResolvers<ShowHistory>();
    const worker = new Worker(new URL("./history-worker.ts", import.meta.url), {
      workerData: { databaseUrl, sessionId },
    });
    workers.add(worker);
    const tooLate = setTimeout(() => void worker.terminate(), SILENT_MS);
    worker.on("message", (answer: HistoryAnswer) => {
      if ("history" in answer) resolve(answer.history);
      else reject(new BusyError(AGAIN_MS));
    });
    worker.on("error", (error) => reject(error instanceof Error ? error : new Error(String(error))));
    worker.on("exit", () => {
      clearTimeout(tooLate);
      workers.delete(worker);
      // Stopped before it answered, at the close or for its length; after an answer this changes nothing.
      reject(new BusyError(AGAIN_MS));
    });
    return promise;
  };
  const made = async (sessionId: string): Promise<ShowHistory> => {
    const history = await pass(sessionId);
    held.delete(sessionId);
    held.set(sessionId, { history, madeAt: performance.now() });
    for (const oldest of held.keys()) {
      if (held.size <= HELD) break;
      held.delete(oldest);
    }
    return history;
  };

  return {
    async of(sessionId, seq, agedMs = 0) {
      const kept = held.get(sessionId);
      if (kept && (kept.history.seq >= seq || performance.now() - kept.madeAt < agedMs)) return kept.history;
      const under = running.get(sessionId);
      if (under) {
        // It may have begun before what is asked for was stored.
        const history = await under;
        if (history.seq >= seq) return history;
      }
      const beside = running.get(sessionId);
      if (beside) return beside;
      if (running.size >= RUNNING_MAX) throw new BusyError(AGAIN_MS);
      const next = made(sessionId).finally(() => running.delete(sessionId));
      running.set(sessionId, next);
      return next;
    },
    async close() {
      await Promise.all([...workers].map((worker) => worker.terminate()));
    },
  };
}
