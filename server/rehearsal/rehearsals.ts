import { type ChildProcess, fork } from "node:child_process";
import path from "node:path";
import { inheritedEnv } from "../env.ts";
import type { Logger } from "../lib/log.ts";
import type { WorkerNews, WorkerOrder, WorkerStart } from "./rehearsal-worker.ts";
import type { RehearsalPlan, RehearsalProgress } from "./runner.ts";

/** The rehearsals that run on this node, one process each. */

export type RehearsalState = {
  readonly sessionId: string;
  readonly state: "running" | "paused" | "done" | "failed";
  readonly seed: number;
  readonly audience: boolean;
  readonly progress: RehearsalProgress | null;
  /** What went wrong, for people; `null` while nothing did. */
  readonly message: string | null;
};

export type Rehearsals = {
  /** `undefined` when it was started, else why it was not. */
  start(plan: RehearsalPlan): "rehearsal.running" | "rehearsal.tooMany" | undefined;
  order(sessionId: string, order: WorkerOrder): boolean;
  stateOf(sessionId: string): RehearsalState | undefined;
  /** Resolves when it is over, in whatever way. */
  ended(sessionId: string): Promise<void>;
  close(): Promise<void>;
};

type Running = {
  readonly child: ChildProcess;
  readonly plan: RehearsalPlan;
  state: RehearsalState;
  readonly ended: Promise<void>;
};

export type RehearsalsConfig = {
  readonly baseUrl: string;
  tokenFor(sessionId: string): string;
  readonly log: Logger;
};

/** Two cores carry two audiences beside the server. */
const AT_ONCE = 2;
const KEPT = 50;

export function createRehearsals({ baseUrl, tokenFor, log }: RehearsalsConfig): Rehearsals {
  const all = new Map<string, Running>();
  const isOn = ({ state }: Running) => state.state === "running" || state.state === "paused";

  const take = (running: Running, news: WorkerNews) => {
    if (news.kind === "failed") {
      log.error({ sessionId: running.plan.sessionId, reason: news.message }, "a rehearsal failed");
      running.state = { ...running.state, state: "failed", message: news.message };
      return;
    }
    const state = news.progress.done ? "done" : running.state.state;
    running.state = { ...running.state, state, progress: news.progress };
  };

  return {
    start(plan) {
      const before = all.get(plan.sessionId);
      if (before && isOn(before)) return "rehearsal.running";
      if ([...all.values()].filter(isOn).length >= AT_ONCE) return "rehearsal.tooMany";
      const child = fork(path.join(import.meta.dirname, "rehearsal-worker.ts"), [], {
        env: { ...inheritedEnv(), NODE_ENV: "production" },
        execArgv: [],
        stdio: ["ignore", 2, 2, "ipc"],
      });
      const { sessionId, seed, audience } = plan;
      const running: Running = {
        child,
        plan,
        state: { sessionId, state: "running", seed, audience, progress: null, message: null },
        ended: new Promise((resolve) => {
          child.once("exit", () => resolve());
          // One that never got a pid does not exit; without a listener its error would end this process.
          child.once("error", () => child.pid === undefined && resolve());
        }),
      };
      child.on("error", (error) => {
        if (isOn(running)) take(running, { kind: "failed", message: error.message });
      });
      child.on("message", (news: WorkerNews) => take(running, news));
      child.once("exit", () => {
        if (isOn(running)) running.state = { ...running.state, state: "failed", message: "the simulator stopped" };
      });
      child.send({ kind: "start", baseUrl, token: tokenFor(sessionId), plan } satisfies WorkerStart);
      all.delete(sessionId);
      all.set(sessionId, running);
      for (const [oldest, { state }] of all) {
        if (all.size <= KEPT) break;
        if (state.state !== "running") all.delete(oldest);
      }
      return undefined;
    },
    order(sessionId, order) {
      const running = all.get(sessionId);
      if (!running || !isOn(running) || !running.child.connected) return false;
      running.child.send(order);
      if (order.kind === "pause") running.state = { ...running.state, state: order.paused ? "paused" : "running" };
      return true;
    },
    stateOf: (sessionId) => all.get(sessionId)?.state,
    async ended(sessionId) {
      await all.get(sessionId)?.ended;
    },
    async close() {
      for (const { child } of all.values()) if (child.connected) child.disconnect();
      await Promise.all([...all.values()].map(({ ended }) => ended));
    },
  };
}
