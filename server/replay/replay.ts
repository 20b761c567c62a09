import { Worker } from "node:worker_threads";
import type { Audience } from "#domain/op.ts";
import type { Snapshot } from "#domain/wire.ts";
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

export function createReplay(databaseUrl: string): Replay {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let lastId = 0;

  const failAll = (error: Error) => {
    worker = undefined;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const start = (): Worker => {
    const started = new Worker(new URL("./replay-worker.ts", import.meta.url), { workerData: { databaseUrl } });
    started.on("message", (answer: ReplayAnswer) => {
      const asked = waiting.get(answer.id);
      waiting.delete(answer.id);
      if ("error" in answer) asked?.reject(new Error(`replay failed: ${answer.error}`));
      else asked?.resolve(answer.value);
    });
    // The next question starts a new worker: what it held can be made again from the log.
    started.on("error", (error) => failAll(error instanceof Error ? error : new Error(String(error))));
    started.on("exit", () => failAll(new Error("the replay worker stopped")));
    return started;
  };
  const question = (sessionId: string, audience: Audience, ask: Ask) =>
    new Promise<Snapshot | ReplayWindow | null>((resolve, reject) => {
      worker ??= start();
      const id = ++lastId;
      waiting.set(id, { resolve, reject });
      worker.postMessage({ id, sessionId, audience, ask } satisfies ReplayQuestion);
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
      const running = worker;
      if (!running) return;
      const stopped = new Promise((resolve) => running.once("exit", resolve));
      running.postMessage("close");
      await stopped;
    },
  };
}
