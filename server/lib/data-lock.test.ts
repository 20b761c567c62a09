import { spawn } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { AlreadyRunningError, lockFile, lockHolder } from "#server/lib/data-lock.ts";
import { nodeBinary } from "#tests/support/server.ts";
import { tempDir } from "#tests/support/temp-dir.ts";

const place = tempDir("lock");
afterAll(place.remove);

async function heldByAnother(file: string) {
  const program = `
    const { lockFile } = await import(${JSON.stringify(import.meta.resolve("./data-lock.ts"))});
    lockFile(process.argv[1]);
    process.stdout.write("held");
    setInterval(() => {}, 1000);`;
  const child = spawn(nodeBinary, ["--input-type=module", "-e", program, file]);
  const exited = new Promise((resolve) => child.once("exit", resolve));
  await new Promise((resolve) => child.stdout.once("data", resolve));
  const end = () => {
    child.kill("SIGKILL");
    return exited;
  };
  return { pid: child.pid, end };
}

describe("data lock", () => {
  it("refuses with the pid while its holder lives, and is free after kill -9", async () => {
    const file = path.join(place.dir, "a.lock");
    const other = await heldByAnother(file);
    expect(() => lockFile(file)).toThrow(AlreadyRunningError);
    expect(() => lockFile(file)).toThrow(`already running, pid ${other.pid}`);
    await other.end();
    expect(lockHolder(file)).toBeNull();
    lockFile(file)();
    expect(existsSync(file)).toBe(false);
  });

  it("does not believe a pid that another process has by now", () => {
    const file = path.join(place.dir, "b.lock");
    writeFileSync(file, JSON.stringify({ pid: process.pid, birth: "an earlier boot" }));
    lockFile(file)();
  });

  it("takes over a lock whose holder died while writing it", () => {
    const file = path.join(place.dir, "c.lock");
    writeFileSync(file, "");
    lockFile(file)();
  });
});
