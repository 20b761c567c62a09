import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { browserPath } from "#tests/support/browser.ts";

/** Finds what the tests need on this machine, installs what is missing, or says how to. */
const projectDir = path.resolve(import.meta.dirname, "..");

export function ensureBrowser(): void {
  if (browserPath() || playwrightHasOne()) return;
  console.log("  a browser is missing: installing Chromium with Chinese fonts (once)");
  if (aptInstall(["chromium", "fonts-noto-cjk"])) return;
  const npx = path.join(projectDir, "node_modules", ".bin", "playwright");
  const done = spawnSync(npx, ["install", "chromium"], { stdio: "inherit" });
  if (done.status !== 0) {
    throw new Error("no browser for the tests; install one, for example: apt-get install chromium");
  }
}

export function ensureRedis(): void {
  if (isOnPath("redis-server")) return;
  console.log("  redis-server is missing: installing it (once)");
  if (aptInstall(["redis-server"])) return;
  throw new Error(
    "no redis-server for the tests; install it, for example: apt-get install redis-server, brew install redis",
  );
}

function playwrightHasOne(): boolean {
  const script = "process.stdout.write(require('playwright-core').chromium.executablePath())";
  const options = { cwd: projectDir, encoding: "utf8" } as const;
  return existsSync(execFileSync(process.execPath, ["-e", script], options));
}

function aptInstall(packages: string[]): boolean {
  if (!isOnPath("apt-get")) return false;
  const sudo = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  if (sudo.length > 0 && spawnSync("sudo", ["-n", "true"]).status !== 0) return false;
  const env = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=300", "-y"];
  const apt = (args: string[]) => {
    const [command = "env", ...rest] = [...sudo, ...env, ...args];
    return spawnSync(command, rest, { stdio: ["ignore", "ignore", "inherit"] }).status === 0;
  };
  // A service that the package would start is not wanted: tests start their own.
  return apt(["update"]) && apt(["install", "--no-install-recommends", ...packages]);
}

function isOnPath(name: string): boolean {
  return (process.env["PATH"] ?? "").split(":").some((dir) => existsSync(path.join(dir, name)));
}
