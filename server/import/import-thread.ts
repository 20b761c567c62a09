import { parentPort, workerData } from "node:worker_threads";

import type { ThreadTask } from "./import-file.ts";
import { runTask } from "./import-task.ts";

/** Runs in a thread of `import-file.ts`: one task in, one answer out. The task comes from there and nowhere else. */
const task: ThreadTask = workerData;
parentPort?.postMessage(runTask(task));
