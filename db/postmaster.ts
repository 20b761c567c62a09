import { readFileSync, rmSync } from "node:fs";
import { execFileSync } from "node:child_process";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** What PostgreSQL itself says about a running server, in PGDATA/postmaster.pid. */
export type Postmaster = { pid: number; ready: boolean };

const pollMs = 20;

export function readPostmaster(pgdata: string): Postmaster | null {
  let lines: string[];
  try {
    lines = readFileSync(path.join(pgdata, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return null;
  }
  const pid = Math.abs(Number(lines[0]));
  if (!Number.isSafeInteger(pid) || pid <= 1) return null;
  return { pid, ready: lines[7]?.trim() === "ready" };
}

/**
 * Ends what a killed Kaibo left behind. Fast shutdown first (it writes a checkpoint), immediate
 * after `graceMs`: the log survives either way.
 */
export async function stopLeftover(pgdata: string, graceMs: number): Promise<number | null> {
  const left = readPostmaster(pgdata);
  if (!left) return null;
  if (!isOurs(left.pid, pgdata)) {
    // The pid belongs to somebody else by now; PostgreSQL would refuse to start beside the file.
    rmSync(path.join(pgdata, "postmaster.pid"), { force: true });
    return null;
  }
  signal(left.pid, "SIGINT");
  if (!(await gone(left.pid, graceMs))) {
    signal(left.pid, "SIGQUIT");
    if (!(await gone(left.pid, graceMs))) signal(left.pid, "SIGKILL");
  }
  return left.pid;
}

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

async function gone(pid: number, deadlineMs: number): Promise<boolean> {
  const end = Date.now() + deadlineMs;
  while (isAlive(pid)) {
    if (Date.now() > end) return false;
    await sleep(pollMs);
  }
  return true;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie answers to signals; in a container nobody may ever collect it.
    return process.platform !== "linux" || !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function isOurs(pid: number, pgdata: string): boolean {
  try {
    const command =
      process.platform === "linux"
        ? readFileSync(`/proc/${pid}/cmdline`, "utf8")
        : execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
    return command.includes("postgres") && command.includes(pgdata) && isAlive(pid);
  } catch {
    return false;
  }
}
