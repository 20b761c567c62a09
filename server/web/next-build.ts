import { spawn } from "node:child_process";
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { inheritedEnv } from "../env.ts";
import { AlreadyRunningError, lockFile } from "../lib/data-lock.ts";
import { type Say, withProgress } from "../lib/progress.ts";
import { sourceFingerprint } from "./source-fingerprint.ts";
import { compressStaticFiles } from "./static-files.ts";

export class BuildError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "BuildError";
  }
}

/** Builds the pages when the stored build was not made from this source. */
export async function ensureNextBuild(projectDir: string, say: Say): Promise<void> {
  if (isBuilt(projectDir)) return;
  const what = "生成页面(源码有变化时一次)· building the pages (once per change of source)";
  say(what);
  await withProgress({ say, what: "生成页面 · building" }, async () => {
    assertWritable(projectDir);
    const release = await lockWhenFree(path.join(projectDir, ".data", "build.lock"));
    try {
      // Whoever held the lock before us may have built just this.
      if (isBuilt(projectDir)) return;
      const fingerprint = sourceFingerprint(projectDir);
      rmSync(stampFile(projectDir), { force: true });
      await runBuild(projectDir);
      await compressStaticFiles(projectDir);
      writeFileSync(stampFile(projectDir), fingerprint);
    } finally {
      release();
    }
  });
}

function assertWritable(projectDir: string): void {
  try {
    for (const name of [".data", ".next"]) mkdirSync(path.join(projectDir, name), { recursive: true });
    for (const name of ["", ".data", ".next"]) {
      accessSync(path.join(projectDir, name), constants.W_OK);
    }
  } catch (cause) {
    throw new BuildError(
      `the pages must be built from the source in ${projectDir}, but this user may not write there; ` +
        "start once as its owner, or give it away: chown -R",
      { cause },
    );
  }
}

function isBuilt(projectDir: string): boolean {
  const stamp = stampFile(projectDir);
  return (
    existsSync(path.join(projectDir, ".next", "BUILD_ID")) &&
    existsSync(stamp) &&
    readFileSync(stamp, "utf8") === sourceFingerprint(projectDir)
  );
}

function stampFile(projectDir: string): string {
  return path.join(projectDir, ".next", "kaibo-source");
}

async function lockWhenFree(file: string): Promise<() => void> {
  for (;;) {
    try {
      return lockFile(file);
    } catch (error) {
      if (!(error instanceof AlreadyRunningError)) throw error;
      await sleep(500);
    }
  }
}

async function runBuild(projectDir: string): Promise<void> {
  const next = path.join(projectDir, "node_modules", "next", "dist", "bin", "next");
  const child = spawn(process.execPath, [next, "build"], {
    cwd: projectDir,
    // Only what a build needs: secrets of the server must not reach the pages.
    env: { ...inheritedEnv(), NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", CI: "1", NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.once("error", reject);
  child.once("close", resolve);
  // A build that goes on after we were stopped would race with the next start.
  const end = () => child.kill("SIGKILL");
  process.once("exit", end);
  const code = await promise;
  process.removeListener("exit", end);
  if (code !== 0) throw new BuildError(`the pages could not be built:\n${output.trim().slice(-4_000)}`);
}
