import { Worker } from "node:worker_threads";
import type { Audience } from "#domain/op.ts";
import type { Snapshot } from "#domain/wire.ts";
import { BusyError } from "../live/directory-contract.ts";
import type { ReplayWindow } from "./seek.ts";

/** Replay as the rest of the server sees it: questions to a worker thread, answered in turn. The worker is started with the first question. */

type Ask =
  | { readonly kind: "view"; readonly at: number }
  | { readonly kind: "window"; readonly from: number; readonly to: number; readonly stepMs: number };
export type ReplayQuestion = {
  readonly id: number;
  readonly sessionId: string;
  readonly audience: Audience;
  readonly ask: Ask;
};
export type ReplayAnswer =
  | { readonly id: number; readonly value: Snapshot | ReplayWindow | null }
  /** The database can't be asked now. */
  | { readonly id: number; readonly away: true }
  | { readonly id: number; readonly error: string };

export type Replay = {
  /** The view after the last event with `at` ≤ the given time; `undefined` when there is no such show. */
  viewAt(sessionId: string, audience: Audience, at: number): Promise<Snapshot | undefined>;
  /** A stretch of at most 10 minutes, with one frame for each step in which something changed. */
  windowAt(
    sessionId: string,
    audience: Audience,
    stretch: { readonly from: number; readonly to: number; readonly stepMs: number },
  ): Promise<ReplayWindow | undefined>;
  close(): Promise<void>;
};

type Waiting = { resolve(value: Snapshot | ReplayWindow | null): void; reject(error: Error): void };

/** A thread with the questions that wait for it. */
type Running = { readonly worker: Worker; readonly waiting: Map<number, Waiting> };

const WAITING_MAX = 100;
const AGAIN_MS = 1_000;
/** A first look at a very long show takes seconds; a thread that has said nothing for this long waits for a database that will never answer. */
const SILENT_MS = 60_000;

export function createReplay(databaseUrl: string): Replay {
  let running: Running | undefined;
  let lastId = 0;

  const end = ({ worker, waiting }: Running, error: Error) => {
    if (running?.worker === worker) running = undefined;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const start = (): Running => {
    const worker = new Worker(new URL("./replay-worker.ts", import.meta.url), { workerData: { databaseUrl } });
    const started: Running = { worker, waiting: new Map() };
    worker.on("message", (answer: ReplayAnswer) => {
      const asked = started.waiting.get(answer.id);
      started.waiting.delete(answer.id);
      if ("error" in answer) asked?.reject(new Error(`replay failed: ${answer.error}`));
      else if ("away" in answer) asked?.reject(new BusyError(AGAIN_MS));
      else asked?.resolve(answer.value);
    });
    // The next question starts a new thread: what this one held can be made again from the log.
    worker.on("error", (error) => end(started, error instanceof Error ? error : new Error(String(error))));
    worker.on("exit", () => end(started, new Error("the replay worker stopped")));
    return started;
  };
  const question = (sessionId: string, audience: Audience, ask: Ask) =>
    new Promise<Snapshot | ReplayWindow | null>((resolve, reject) => {
      running ??= start();
      const asked = running;
      if (asked.waiting.size >= WAITING_MAX) {
        reject(new BusyError(AGAIN_MS));
        return;
      }
      const id = ++lastId;
      const tooLate = setTimeout(() => {
        end(asked, new BusyError(AGAIN_MS));
        void asked.worker.terminate();
      }, SILENT_MS);
      const settled =
        <T>(settle: (value: T) => void) =>
        (value: T) => {
          clearTimeout(tooLate);
          settle(value);
        };
      asked.waiting.set(id, { resolve: settled(resolve), reject: settled(reject) });
      asked.worker.postMessage({ id, sessionId, audience, ask } satisfies ReplayQuestion);
    });

  return {
    async viewAt(sessionId, audience, at) {
      const value = await question(sessionId, audience, { kind: "view", at });
      return value && "slices" in value ? value : undefined;
    },
    async windowAt(sessionId, audience, stretch) {
      const value = await question(sessionId, audience, { kind: "window", ...stretch });
      return value && "snapshot" in value ? value : undefined;
    },
    async close() {
      if (!running) return;
      const closing = running;
      const { worker } = closing;
      const stopped = new Promise((resolve) => worker.once("exit", resolve));
      end(closing, new BusyError(AGAIN_MS));
      worker.postMessage("close");
      await stopped;
    },
  };
}
