import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";

import type { ThreadTask } from "./import-file.ts";
import { runTask } from "./import-task.ts";

/** Runs in a thread of `import-file.ts`: one task in, one answer out. The task comes from there and nowhere else. */
const task = z
  .custom<ThreadTask>((value) => typeof value === "object" && value !== null && "task" in value)
  .parse(workerData);
parentPort?.postMessage(runTask(task));
