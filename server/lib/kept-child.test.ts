import { type ChildProcess, fork, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { keepChild } from "#server/lib/kept-child.ts";
import { createLog } from "#server/lib/log.ts";
import { tempDir } from "#tests/support/temp-dir.ts";

const place = tempDir("child");
afterAll(place.remove);
const program = path.join(place.dir, "child.mjs");
writeFileSync(program, 'process.on("disconnect", () => process.exit(0)); process.send("here");');

describe("a kept child", () => {
  it("lives again after it was killed, and ends with us in good order", async () => {
    const lives: ChildProcess[] = [];
    let told: (() => void) | undefined;
    const here = () => new Promise<void>((resolve) => (told = resolve));
    let next = here();
    const child = keepChild({
      name: "test",
      log: createLog("silent"),
      stopMs: 2_000,
      launch: () => {
        const born = fork(program);
        born.once("message", () => told?.());
        lives.push(born);
        return born;
      },
    });
    await next;
    next = here();
    lives[0]?.kill("SIGKILL");
    await next;
    await child.stop();
    expect(lives.map(({ exitCode, signalCode }) => exitCode ?? signalCode)).toEqual(["SIGKILL", 0]);
  });

  it("is tried again, and takes nobody with it, when the system can't start it", async () => {
    let tries = 0;
    const twice = Promise.withResolvers<void>();
    const child = keepChild({
      name: "test",
      log: createLog("silent"),
      stopMs: 500,
      launch: () => {
        tries += 1;
        if (tries > 1) twice.resolve();
        return spawn(path.join(place.dir, "no-such-program"), { stdio: ["ignore", "ignore", "ignore", "ipc"] });
      },
    });
    await twice.promise;
    await child.stop();
    expect(tries).toBe(2);
  });
});
