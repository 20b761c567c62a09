import { fork } from "node:child_process";
import path from "node:path";
import { inheritedEnv } from "../env.ts";
import { keepChild, type KeptChild } from "../lib/kept-child.ts";
import type { Logger } from "../lib/log.ts";
import type { FollowerConfig } from "./follower-worker.ts";

/** Keeps the followers' process alive. */
export function startFollowers(config: FollowerConfig, log: Logger): KeptChild {
  return keepChild({
    name: "followers",
    log,
    stopMs: 4_000,
    launch: () => {
      const worker = fork(path.join(import.meta.dirname, "follower-worker.ts"), [], {
        env: { ...inheritedEnv(), NODE_ENV: "production" },
        execArgv: [],
        stdio: ["ignore", 2, 2, "ipc"],
      });
      worker.send(config);
      return worker;
    },
  });
}
