import { fork } from "node:child_process";
import { once } from "node:events";
import { constants, getPriority } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";

it("outlives the terminal's Ctrl C, which its server gets too, and goes when the server lets it go", async () => {
  const file = path.join(import.meta.dirname, "rehearsal-worker.ts");
  const child = fork(file, [], { execArgv: [], stdio: ["ignore", "ignore", "pipe", "ipc"] });
  const gone = once(child, "exit");
  await once(child, "spawn");
  // It steps back behind the server once it has loaded, and listens for signals in the same breath.
  const isThereAlready = getPriority() === constants.priority.PRIORITY_BELOW_NORMAL;
  await expect.poll(() => getPriority(child.pid)).toBe(constants.priority.PRIORITY_BELOW_NORMAL);
  await sleep(isThereAlready ? 3_000 : 300);
  for (const signal of ["SIGINT", "SIGTERM"] as const) child.kill(signal);
  await sleep(300);
  expect([child.exitCode, child.signalCode]).toEqual([null, null]);
  child.disconnect();
  expect(await gone).toEqual([0, null]);
});
