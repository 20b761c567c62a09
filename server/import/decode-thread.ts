import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";

import { decodeBytes } from "./decode-bytes.ts";

/** Runs in a thread of `decode-file.ts`: one file in, one answer out. */
const Task = z.object({ bytes: z.instanceof(Uint8Array), name: z.string() });

const task = Task.parse(workerData);
parentPort?.postMessage(decodeBytes(task.bytes, task.name));
