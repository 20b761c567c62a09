import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

/**
 * One process at a time may use a data directory (or another place named by a lock file). The
 * lock names its holder by pid and birth, so that a lock left by kill -9 or by another boot of
 * the machine never blocks, even when its pid belongs to somebody else by now.
 */
const holderSchema = z.object({ pid: z.int().positive(), birth: z.string() });
type Holder = z.infer<typeof holderSchema>;

export class AlreadyRunningError extends Error {
  readonly pid: number;
  constructor(pid: number, file: string) {
    super(
      `已在运行 · already running, pid ${pid}, on ${path.dirname(file)}; ` +
        "stop it first (Ctrl C there), or choose another directory: KAIBO_DATA_DIR=.data-2",
    );
    this.name = "AlreadyRunningError";
    this.pid = pid;
  }
}

/** Returns the release; throws AlreadyRunningError while another living process holds it. */
export function lockFile(file: string): () => void {
  mkdirSync(path.dirname(file), { recursive: true });
  const self: Holder = { pid: process.pid, birth: birthOf(process.pid) ?? "unknown" };
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      writeFileSync(file, JSON.stringify(self), { flag: "wx", mode: 0o644 });
      return () => {
        if (readHolder(file)?.pid === self.pid) rmSync(file, { force: true });
      };
    } catch (error) {
      if (!isExists(error)) throw error;
    }
    const holder = readHolder(file);
    if (holder && isAlive(holder)) throw new AlreadyRunningError(holder.pid, file);
    rmSync(file, { force: true });
  }
  throw new Error(`could not take the lock ${file}`);
}

/** Pid of the living process that holds the lock; null when it is free or stale. */
export function lockHolder(file: string): number | null {
  const holder = readHolder(file);
  return holder && isAlive(holder) ? holder.pid : null;
}

function readHolder(file: string): Holder | null {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return null;
  }
  const parsed = holderSchema.safeParse(parseJson(text));
  return parsed.success ? parsed.data : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A holder that died between creating and writing leaves an empty file.
    return null;
  }
}

function isAlive(holder: Holder): boolean {
  return birthOf(holder.pid) === holder.birth;
}

/** Identifies one life of a pid (boot and start time), as pids are used again; null when there is no such process. */
function birthOf(pid: number): string | null {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return null;
  }
  try {
    if (process.platform === "linux") {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      // Field 3 is the state (a zombie holds nothing any more), 22 the start in ticks since boot.
      if (fields[0] === "Z") return null;
      return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}/${fields[19]}`;
    }
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
  } catch {
    return null;
  }
}

function isExists(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EEXIST";
}
