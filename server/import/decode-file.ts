import { Worker } from "node:worker_threads";

import { BYTES_MAX, type Decoded } from "./decode-bytes.ts";

const TIME_MAX_MS = 60_000;
const HEAP_MAX_MB = 1_536;

/**
 * Reads a file of at most 20 MB into tables without holding up the event loop: the work is done in a thread of its
 * own with bounded memory and time, which ends with it. What can't be read is a value with a stable code.
 */
export function decodeFile(bytes: Uint8Array, name: string): Promise<Decoded> {
  if (bytes.byteLength > BYTES_MAX) return Promise.resolve({ ok: false, code: "import.tooLarge", detail: "bytes" });
  const copy = new Uint8Array(bytes);
  const worker = new Worker(new URL("./decode-thread.ts", import.meta.url), {
    workerData: { bytes: copy, name },
    transferList: [copy.buffer],
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MAX_MB },
  });
  return new Promise<Decoded>((resolve, reject) => {
    const timer = setTimeout(() => resolve({ ok: false, code: "import.tookTooLong" }), TIME_MAX_MS);
    worker.once("message", (answer: Decoded) => resolve(answer));
    worker.once("error", (error: Error & { code?: string }) => {
      if (error.code === "ERR_WORKER_OUT_OF_MEMORY") resolve({ ok: false, code: "import.tooLarge", detail: "unpacked" });
      else reject(new Error("decoding a file failed", { cause: error }));
    });
    worker.once("exit", (code) => {
      clearTimeout(timer);
      reject(new Error(`the decoding thread ended with ${code} and no answer`));
    });
  }).finally(() => worker.terminate());
}
