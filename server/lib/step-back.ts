import { readlinkSync } from "node:fs";
import { constants, getPriority, setPriority } from "node:os";
import path from "node:path";

/**
 * Lets this thread work when the others of its process, and PostgreSQL, leave a processor free. Linux keeps a priority for each thread; where
 * a thread has none of its own, nothing is changed.
 */
export function stepBack(): void {
  whereAllowed(() => goBehind(Number(path.basename(readlinkSync("/proc/thread-self")))));
}

/** The same for the whole process, at its start. */
export function stepBackWholly(): void {
  whereAllowed(() => goBehind(0));
}

/** Never forward, where the whole process stands further back already: that takes a right that few have. `id` 0: this process. */
function goBehind(id: number): void {
  setPriority(id, Math.max(getPriority(), constants.priority.PRIORITY_BELOW_NORMAL));
}

function whereAllowed(step: () => void): void {
  try {
    step();
  } catch {
    // Not Linux, or no right to: the work is done all the same, only not last.
  }
}
