import { Worker } from "node:worker_threads";

import type { LiveRequest, OrderRequest, ProductRequest } from "#domain/sheet/read-table.ts";

import { BYTES_MAX, type Decoded } from "./decode-bytes.ts";
import type { ImportedFile, ImportTask } from "./import-task.ts";
import type { ImportRefusal } from "./refusal.ts";

/**
 * Reads files of at most 20 MB without holding up the event loop: each in a thread of its own with bounded memory
 * and time, which ends with it. What can't be read is a value with a stable code.
 */
export type UploadedFile = { readonly bytes: Uint8Array; readonly name: string };
export type ThreadTask = UploadedFile & { readonly task: ImportTask };

const TIME_MAX_MS = 60_000;
const HEAP_MAX_MB = 1_536;

/** The tables of a file as they stand. */
export const decodeFile = (file: UploadedFile): Promise<Decoded> => inThread<Decoded>(file, { as: "tables" });

type Sheet = { readonly sheet?: number };

export const importOrders = (
  file: UploadedFile,
  { sheet, ...request }: OrderRequest & Sheet,
): Promise<ImportedFile<"orders">> =>
  inThread<ImportedFile<"orders">>(file, { as: "orders", request, ...(sheet !== undefined && { sheet }) });

export const importLive = (
  file: UploadedFile,
  { sheet, ...request }: LiveRequest & Sheet,
): Promise<ImportedFile<"live">> =>
  inThread<ImportedFile<"live">>(file, { as: "live", request, ...(sheet !== undefined && { sheet }) });

export const importProducts = (
  file: UploadedFile,
  { sheet, ...request }: ProductRequest & Sheet,
): Promise<ImportedFile<"products">> =>
  inThread<ImportedFile<"products">>(file, { as: "products", request, ...(sheet !== undefined && { sheet }) });

type Refused = { readonly ok: false } & ImportRefusal;

function inThread<T>(file: UploadedFile, task: ImportTask): Promise<T | Refused> {
  if (file.bytes.byteLength > BYTES_MAX)
    return Promise.resolve({ ok: false, code: "import.tooLarge", detail: "bytes" });
  const bytes = new Uint8Array(file.bytes);
  const workerData: ThreadTask = { bytes, name: file.name, task };
  const worker = new Worker(new URL("./import-worker.ts", import.meta.url), {
    workerData,
    transferList: [bytes.buffer],
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MAX_MB },
  });
  return new Promise<T | Refused>((resolve, reject) => {
    const timer = setTimeout(() => resolve({ ok: false, code: "import.tookTooLong" }), TIME_MAX_MS);
    worker.once("message", (answer: T) => resolve(answer));
    worker.once("error", (error: Error & { code?: string }) => {
      if (error.code === "ERR_WORKER_OUT_OF_MEMORY")
        resolve({ ok: false, code: "import.tooLarge", detail: "unpacked" });
      else reject(new Error("reading a file failed", { cause: error }));
    });
    worker.once("exit", (code) => {
      clearTimeout(timer);
      reject(new Error(`the importing thread ended with ${code} and no answer`));
    });
  }).finally(() => void worker.terminate());
}
