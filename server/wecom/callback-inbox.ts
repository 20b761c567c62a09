import { setImmediate as nextTurn } from "node:timers/promises";
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
  /** Told which of the new ones wait for a welcome, once they are committed. */
  readonly onWelcomes: (ids: readonly number[]) => void;
};

type Answer = "stored" | "seen";
type Waiting = {
  readonly row: NewCallback;
  readonly key: string;
  readonly settled: PromiseWithResolvers<Answer>;
};

const BATCH_ROWS = 200;
const BATCH_CHARACTERS = 2 * 1024 * 1024;
/** One is on its way to the database or back while the other is being stored. */
const BATCHES_AT_ONCE = 2;
/** Far more than the platform delivers in the second that an INSERT may take. */
const WAITING_MAX = 5_000;

export function createCallbackInbox({ store, log, onWelcomes }: Parts): CallbackInbox {
  let waiting: Waiting[] = [];
  /** What waits or is being stored: a second delivery of it gets the first one's answer, and two batches never wait for one another's rows. */
  const held = new Map<string, Promise<Answer>>();
  const running = new Set<Promise<void>>();
  let closed = false;

  const run = async (): Promise<void> => {
    // Whoever else is read from the sockets in this turn comes along.
    await nextTurn();
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
  };

  const answer = (batch: readonly Waiting[], added: readonly StoredCallback[]): void => {
    const ids = new Map(added.map((row) => [keyOf(row), row.id]));
    const welcomes: number[] = [];
    for (const { row, key, settled } of batch) {
      const id = ids.get(key);
      held.delete(key);
      if (id !== undefined && row.welcomeUntil !== null) welcomes.push(id);
      settled.resolve(id === undefined ? "seen" : "stored");
    }
    if (welcomes.length > 0) onWelcomes(welcomes);
  };

  const refuse = (batch: readonly Waiting[], error: Error): void => {
    for (const { key, settled } of batch) {
      held.delete(key);
      settled.reject(error);
    }
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

  const start = (): void => {
    if (running.size >= BATCHES_AT_ONCE) return;
    const one = run().finally(() => running.delete(one));
    running.add(one);
  };

  return {
    put(row) {
      const key = keyOf(row);
      const first = held.get(key);
      if (first) return first.then(() => "seen");
      if (closed) return Promise.reject(new StoreUnavailableError("no callback is taken in any more"));
      if (waiting.length >= WAITING_MAX) return Promise.reject(new StoreUnavailableError("too many callbacks wait"));
      const settled = Promise.withResolvers<Answer>();
      held.set(key, settled.promise);
      waiting.push({ row, key, settled });
      start();
      return settled.promise;
    },
    async close() {
      closed = true;
      await Promise.all(running);
    },
  };
}

const keyOf = ({ appKey, dedupeKey }: Pick<NewCallback, "appKey" | "dedupeKey">) => `${appKey} ${dedupeKey}`;

function takeBatch(waiting: readonly Waiting[]): Waiting[] {
  let characters = 0;
  const end = waiting.findIndex(({ row }, at) => {
    characters += row.raw.length + row.message.length;
    return at > 0 && (at >= BATCH_ROWS || characters > BATCH_CHARACTERS);
  });
  return waiting.slice(0, end < 0 ? undefined : end);
}
