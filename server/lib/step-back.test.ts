import { constants, getPriority } from "node:os";
import { Worker } from "node:worker_threads";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";
import { expect, it } from "vitest";

it.runIf(process.platform === "linux")(
  "steps back alone: the other threads of the process stay as they are",
  async () => {
    const before = getPriority();
    const code = `
    const { parentPort } = require("node:worker_threads");
    const { getPriority } = require("node:os");
    const { readlinkSync } = require("node:fs");
    import(${JSON.stringify(new URL("./step-back.ts", import.meta.url).href)}).then(({ stepBack }) => {
      stepBack();
      parentPort.postMessage(getPriority(Number(readlinkSync("/proc/thread-self").split("/").at(-1))));
    });`;
    const worker = new Worker(code, { eval: true });
    const [priority] = (await once(worker, "message")) as [number];
    expect(priority).toBe(Math.max(before, constants.priority.PRIORITY_BELOW_NORMAL));
    expect(getPriority()).toBe(before);
    await worker.terminate();
  },
);

it.runIf(process.platform === "linux")("a process that was started further back stays there, and starts", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    "--input-type=module",
    "-e",
    `import { getPriority, setPriority } from "node:os";
     import { stepBackWholly } from ${JSON.stringify(new URL("./step-back.ts", import.meta.url).href)};
     const told = [];
     for (const before of [getPriority(), 15]) {
       setPriority(before);
       stepBackWholly();
       told.push(getPriority());
     }
     console.log(JSON.stringify(told));`,
  ]);
  const before = getPriority();
  expect(JSON.parse(stdout)).toEqual([Math.max(before, constants.priority.PRIORITY_BELOW_NORMAL), 15]);
});
