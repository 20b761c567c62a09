import type { ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "./log.ts";

/**
 * Keeps a child process of ours alive: it is started again when it dies, later each time it dies
 * young. The child ends by itself when its IPC channel closes, so it goes with us also after
 * kill -9.
 */
export type KeptChild = { stop: () => Promise<void>; abort: () => void };

export type KeptChildOptions = {
  name: string;
  /** Called for every life; wires its messages too. */
  launch: () => ChildProcess;
  stopMs: number;
  log: Logger;
  /** Told after each unwanted end; false gives up. */
  onExit?: (failures: number) => boolean;
};

const healthyMs = 60_000;
const firstDelayMs = 200;
const delayMsMax = 10_000;

export function keepChild({ name, launch, stopMs, log, onExit }: KeptChildOptions): KeptChild {
  let child: ChildProcess;
  let stopping = false;
  let failures = 0;

  const live = () => {
    const bornAt = Date.now();
    const born = launch();
    child = born;
    const ended = (how: object) => {
      if (stopping) return;
      failures = Date.now() - bornAt > healthyMs ? 1 : failures + 1;
      log.error({ child: name, ...how, failures }, "a child process exited");
      if (onExit && !onExit(failures)) return;
      const delayMs = Math.min(delayMsMax, firstDelayMs * 2 ** (failures - 1));
      void sleep(delayMs).then(() => stopping || live());
    };
    born.once("exit", (code, signal) => ended({ code, signal }));
    // Without a listener an error of a child ends this process. One that never got a pid does not exit either.
    born.on("error", (err) => {
      if (born.pid === undefined) ended({ err });
      else log.warn({ child: name, err }, "a child process can't be reached");
    });
  };
  live();

  return {
    async stop() {
      stopping = true;
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const exited = new Promise((resolve) => child.once("exit", resolve));
      if (child.connected) child.disconnect();
      const tooLate = setTimeout(() => child.kill("SIGKILL"), stopMs);
      await exited;
      clearTimeout(tooLate);
    },
    abort() {
      stopping = true;
      child.kill("SIGKILL");
    },
  };
}
