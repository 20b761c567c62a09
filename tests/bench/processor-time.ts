import { readdirSync, readFileSync } from "node:fs";

/** Linux counts in hundredths of a second. */
const MS_A_TICK = 10;

/**
 * Milliseconds of processor that a process and those that it started have taken so far. Unlike a rate it hardly depends on what else the machine does. 0
 * where there is no /proc.
 */
export function processorMs(pid: number): number {
  const children = new Map<number, number[]>();
  const ticks = new Map<number, number>();
  for (const entry of processes()) {
    ticks.set(entry.pid, entry.ticks);
    children.set(entry.parent, [...(children.get(entry.parent) ?? []), entry.pid]);
  }
  const sum = (of: number): number =>
    (ticks.get(of) ?? 0) + (children.get(of) ?? []).reduce((total, child) => total + sum(child), 0);
  return sum(pid) * MS_A_TICK;
}

function processes(): { pid: number; parent: number; ticks: number }[] {
  return namesIn("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    // `pid (name) state parent …`; the name may hold anything. User and system time stand 11 and 12 behind the state.
    const fields = textOf(`/proc/${name}/stat`).split(") ").at(-1)?.split(" ") ?? [];
    if (fields.length < 13) return [];
    return [{ pid: Number(name), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }];
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Empty when the process has just ended. */
function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
