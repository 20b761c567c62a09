import { StoreUnavailableError } from "#db/event-store-contract.ts";
import type { CallbackStore, NewCallback, StoredCallback } from "#db/wecom-callback-store.ts";
import type { Logger } from "../lib/log.ts";

/**
 * Takes deliveries in and stores them in batches: while one INSERT is under way the next batch gathers, so that the disk is waited for once for all of them.
 * A delivery is answered only when it stands in the table. When an INSERT gets no answer, everybody who waits is told so: the platform delivers again, and
 * what did get in is then found as seen.
 */
export type CallbackInbox = {
  /** `seen`: it stands there from an earlier delivery. Throws StoreUnavailableError: it may stand there or not. */
  put(row: NewCallback): Promise<"stored" | "seen">;
  /** Whatever waits is stored first. */
  close(): Promise<void>;
};

type Parts = {
  readonly store: Pick<CallbackStore, "add">;
  readonly log: Logger;
  /** Told of what is new, once it is committed. */
  readonly onStored: (rows: readonly StoredRow[]) => void;
};

export type StoredRow = NewCallback & { readonly id: number };

type Waiting = PromiseWithResolvers<"stored" | "seen"> & { readonly row: NewCallback };

const BATCH_ROWS = 200;
const BATCH_CHARACTERS = 2 * 1024 * 1024;
/** Far more than the platform delivers in the second that an INSERT may take. */
const WAITING_MAX = 5_000;

export function createCallbackInbox({ store, log, onStored }: Parts): CallbackInbox {
  let waiting: Waiting[] = [];
  let running: Promise<void> | null = null;
  let closed = false;

  const run = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = takeBatch(waiting);
      waiting = waiting.slice(batch.length);
      try {
        answer(batch, await store.add(batch.map(({ row }) => row)));
      } catch (error) {
        if (error instanceof StoreUnavailableError) refuse([...batch, ...waiting.splice(0)], error);
        else await oneByOne(batch, error);
      }
    }
    running = null;
  };

  const answer = (batch: readonly Waiting[], added: readonly StoredCallback[]): void => {
    const ids = new Map(added.map(({ id, appKey, dedupeKey }) => [`${appKey} ${dedupeKey}`, id]));
    const stored: StoredRow[] = [];
    for (const { row, resolve } of batch) {
      const key = `${row.appKey} ${row.dedupeKey}`;
      const id = ids.get(key);
      // The second of two alike in one batch was seen with the first.
      ids.delete(key);
      if (id !== undefined) stored.push({ ...row, id });
      resolve(id === undefined ? "seen" : "stored");
    }
    if (stored.length > 0) onStored(stored);
  };

  /** A row that the database can never take must not cost those beside it. */
  const oneByOne = async (batch: readonly Waiting[], cause: unknown): Promise<void> => {
    if (batch.length === 1) {
      log.error({ err: cause, callback: batch[0]?.row.name }, "a callback can't be stored");
      return refuse(batch, new StoreUnavailableError("the callback can't be stored", { cause }));
    }
    for (const one of batch) {
      try {
        answer([one], await store.add([one.row]));
      } catch (error) {
        if (error instanceof StoreUnavailableError) refuse([one], error);
        else await oneByOne([one], error);
      }
    }
  };

  return {
    put(row) {
      if (closed) return Promise.reject(new StoreUnavailableError("no callback is taken in any more"));
      if (waiting.length >= WAITING_MAX) return Promise.reject(new StoreUnavailableError("too many callbacks wait"));
      const one = { ...Promise.withResolvers<"stored" | "seen">(), row };
      waiting.push(one);
      running ??= Promise.resolve().then(run);
      return one.promise;
    },
    async close() {
      closed = true;
      await running;
    },
  };
}

function takeBatch(waiting: readonly Waiting[]): Waiting[] {
  let characters = 0;
  const end = waiting.findIndex(({ row }, at) => {
    characters += row.raw.length + row.message.length;
    return at > 0 && (at >= BATCH_ROWS || characters > BATCH_CHARACTERS);
  });
  return waiting.slice(0, end < 0 ? undefined : end);
}

function refuse(waiting: readonly Waiting[], error: Error): void {
  for (const { reject } of waiting) reject(error);
}
