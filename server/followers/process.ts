import { type ChildProcess, fork } from "node:child_process";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { inheritedEnv } from "../env.ts";
import type { Logger } from "../lib/log.ts";
import type { FollowerConfig } from "./follower-worker.ts";

/** Keeps the followers' process alive; it is started again when it dies, and goes by itself when this process does. */
export type FollowerProcess = { stop(): Promise<void>; abort(): void };

const STOP_MS = 4_000;

export function startFollowers(config: FollowerConfig, log: Logger): FollowerProcess {
  let child: ChildProcess | undefined;
  let stopping = false;
  let failures = 0;

  const launch = () => {
    const startedAt = Date.now();
    child = fork(path.join(import.meta.dirname, "follower-worker.ts"), [], {
      env: { ...inheritedEnv(), NODE_ENV: "production" },
      execArgv: [],
      stdio: ["ignore", 2, 2, "ipc"],
    });
    child.send(config);
    child.once("exit", (code, signal) => {
      if (stopping) return;
      failures = Date.now() - startedAt > 60_000 ? 0 : failures + 1;
      log.error({ code, signal, failures }, "the followers' process exited");
      void sleep(Math.min(30_000, 200 * 2 ** failures)).then(() => stopping || launch());
    });
  };
  launch();

  return {
    async stop() {
      stopping = true;
      const running = child;
      if (!running || running.exitCode !== null || running.signalCode !== null) return;
      const exited = new Promise((resolve) => running.once("exit", resolve));
      if (running.connected) running.disconnect();
      const tooLate = setTimeout(() => running.kill("SIGKILL"), STOP_MS);
      await exited;
      clearTimeout(tooLate);
    },
    abort() {
      stopping = true;
      child?.kill("SIGKILL");
    },
  };
}
