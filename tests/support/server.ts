import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stopLeftover } from "#db/postmaster.ts";
import { freePort } from "./ports.ts";
import { tempDir } from "./temp-dir.ts";

/** A real Kaibo process, started the way npm start does it, on a port and data of its own. */
export type ServerOptions = {
  /** Wins over what is set below and over the environment of the tests. */
  env?: Record<string, string>;
  /** Kept after stop() when given, so that a second start finds it. */
  dataDir?: string;
  port?: number;
  readyMs?: number;
};

export type TestServer = {
  url: string;
  port: number;
  pid: number;
  dataDir: string;
  /** From spawn to ready. */
  startedInMs: number;
  /** Everything it printed so far, stdout and stderr. */
  output: () => string;
  signal: (name: NodeJS.Signals) => void;
  /** Nobody reads what it prints any more: every write fails from now on. */
  closeOutput: () => void;
  /** Ends with the exit code, null when a signal ended it. */
  exited: Promise<number | null>;
  /** SIGTERM and wait; cleans up its temporary data. */
  stop: () => Promise<number | null>;
  /** SIGKILL and wait; the embedded PostgreSQL lives on, as after a real crash. */
  kill: () => Promise<void>;
};

const projectDir = path.resolve(import.meta.dirname, "../..");
export const nodeBinary = path.join(projectDir, "node_modules/.bin/node");

export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const port = options.port ?? (await freePort());
  const place = options.dataDir ? null : tempDir("server");
  const dataDir = options.dataDir ?? place?.dir ?? "";
  const startedAt = performance.now();
  const child = spawn(nodeBinary, ["server/main.ts"], {
    cwd: projectDir,
    env: { ...cleanEnv(), PORT: String(port), KAIBO_DATA_DIR: dataDir, KAIBO_SAMPLES: "off", ...options.env },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let text = "";
  child.stdout?.on("data", (chunk: Buffer) => (text += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const leave = () => child.kill("SIGKILL");
  process.once("exit", leave);
  void exited.then(() => process.removeListener("exit", leave));

  const url = await readyUrl({ child, exited, readyMs: options.readyMs ?? 120_000 }, () => text);
  const end = async (name: NodeJS.Signals) => {
    child.kill(name);
    return exited;
  };
  return {
    url,
    port,
    pid: child.pid ?? 0,
    dataDir,
    startedInMs: performance.now() - startedAt,
    output: () => text,
    signal: (name) => void child.kill(name),
    closeOutput: () => {
      child.stdout?.destroy();
      child.stderr?.destroy();
    },
    exited,
    stop: async () => {
      const code = await end("SIGTERM");
      await stopLeftover(path.join(dataDir, "postgres"), 5_000);
      place?.remove();
      return code;
    },
    kill: async () => {
      await end("SIGKILL");
    },
  };
}

type Waiting = { child: ChildProcess; exited: Promise<number | null>; readyMs: number };

async function readyUrl({ child, exited, readyMs }: Waiting, output: () => string) {
  const ready = new Promise<string>((resolve) => {
    child.on("message", (message: unknown) => {
      if (typeof message !== "object" || message === null) return;
      if ("kind" in message && message.kind === "ready" && "url" in message) {
        resolve(String(message.url));
      }
    });
  });
  const timer = new AbortController();
  try {
    return await Promise.race([
      ready,
      exited.then((code) => {
        throw new Error(`the server exited with ${code} before it was ready:\n${output()}`);
      }),
      sleep(readyMs, undefined, { signal: timer.signal }).then(() => {
        child.kill("SIGKILL");
        throw new Error(`the server was not ready within ${readyMs} ms:\n${output()}`);
      }),
    ]);
  } finally {
    timer.abort();
  }
}

/** Without what the person or the runner has set, which would make tests differ by machine. */
function cleanEnv() {
  const { PATH = "", HOME = "", LANG = "C.UTF-8", TMPDIR } = process.env;
  const fixed = { NODE_ENV: "production", LOG_LEVEL: "info" } as const;
  return { PATH, HOME, LANG, ...fixed, ...(TMPDIR ? { TMPDIR } : {}) };
}
