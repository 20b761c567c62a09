import { fork } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { inheritedEnv } from "../env.ts";
import { keepChild } from "../lib/kept-child.ts";
import type { Logger } from "../lib/log.ts";

/** Keeps one rendering process alive; it is started again when it dies. */
export type NextChild = {
  socketPath: string;
  isReady: () => boolean;
  /** The first time it is ready. */
  ready: Promise<void>;
  stop: () => Promise<void>;
  abort: () => void;
};

export type NextChildOptions = {
  projectDir: string;
  dataDir: string;
  dev: boolean;
  /** Where pages reach /api while they are rendered on the server. */
  apiUrl: string;
  log: Logger;
};

/** sun_path is 104 bytes on macOS and 108 on Linux, with the closing zero. */
const socketPathBytesMax = 103;
/** Before it was ever ready a start that keeps failing is a mistake; later it is an accident. */
const firstTriesMax = 3;

export class NextStartError extends Error {
  override readonly name = "NextStartError";
}

export function startNext(options: NextChildOptions): NextChild {
  const socketPath = socketPathFor(options.dataDir);
  const first = Promise.withResolvers<void>();
  let wasReady = false;
  let readyNow = false;

  const child = keepChild({
    name: "pages",
    log: options.log,
    stopMs: 3_000,
    launch: () => {
      rmSync(socketPath, { force: true });
      const worker = forkWorker(options, socketPath);
      worker.on("message", () => {
        chmodSync(socketPath, 0o600);
        wasReady = true;
        readyNow = true;
        first.resolve();
      });
      return worker;
    },
    onExit: (failures) => {
      readyNow = false;
      if (wasReady || failures <= firstTriesMax) return true;
      first.reject(new NextStartError("the page process does not start; see the log above"));
      return false;
    },
  });

  return {
    socketPath,
    isReady: () => readyNow,
    ready: first.promise,
    stop: async () => {
      await child.stop();
      rmSync(socketPath, { force: true });
    },
    abort: child.abort,
  };
}

function forkWorker({ projectDir, dev, apiUrl }: NextChildOptions, socketPath: string) {
  const mode = dev ? "development" : "production";
  return fork(path.join(import.meta.dirname, "next-worker.ts"), [socketPath, mode], {
    cwd: projectDir,
    // The pages know no secret: neither database nor keys are in their environment.
    env: {
      ...inheritedEnv(),
      NODE_ENV: mode,
      NEXT_TELEMETRY_DISABLED: "1",
      KAIBO_API_URL: apiUrl,
    },
    execArgv: [],
    // Standard output is the person's; in production Next has nothing to tell them there.
    stdio: ["ignore", dev ? "inherit" : "ignore", 2, "ipc"],
  });
}

/** Also clears the sockets that killed servers left behind. */
function socketPathFor(dataDir: string): string {
  const dir = path.join(dataDir, "run");
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(dir)) {
    const pid = Number(/^next-(\d+)\.sock$/.exec(name)?.[1]);
    if (pid && !isAlive(pid)) rmSync(path.join(dir, name), { force: true });
  }
  const wanted = path.join(dir, `next-${process.pid}.sock`);
  if (Buffer.byteLength(wanted) <= socketPathBytesMax) return wanted;
  return path.join(mkdtempSync(path.join(tmpdir(), "kaibo-")), "next.sock");
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
