import { readlinkSync } from "node:fs";
import { constants, getPriority, setPriority } from "node:os";
import path from "node:path";

/**
 * Lets this thread work when the others of its process, and PostgreSQL, leave a processor free. Linux keeps a priority for each thread; where
 * a thread has none of its own, nothing is changed.
 */
export function stepBack(): void {
  try {
    const threadId = Number(path.basename(readlinkSync("/proc/thread-self")));
    // Never forward, where the whole process stands further back already.
    setPriority(threadId, Math.max(getPriority(), constants.priority.PRIORITY_BELOW_NORMAL));
  } catch {
    // Not Linux, or no right to: the work is done all the same, only not last.
  }
}
