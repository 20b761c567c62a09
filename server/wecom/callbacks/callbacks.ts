import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "#db/client.ts";
import { forgetCallbacks } from "#db/queries/wecom-callbacks.ts";
import { openCallbackStore } from "#db/wecom-callback-store.ts";
import type { Logger } from "../../lib/log.ts";
import { createCallbackInbox, type CallbackInbox } from "../callback-inbox.ts";
import type { AppKeys } from "./app-keys.ts";
import { createCallbackWorker } from "./callback-worker.ts";
import type { WecomPeople } from "./people-contract.ts";
import type { CallsOf } from "./wecom-calls.ts";
import { createWelcomes } from "./welcomes.ts";

/**
 * The receiver of callbacks as a whole: the inbox for the routes, and the work on what it holds. Any number of nodes may run it on one database; what one
 * took in and left, another works.
 */
export type Callbacks = {
  readonly inbox: Pick<CallbackInbox, "put">;
  begin(): void;
  /** What was taken in and waits to be stored is stored; what is in work may end. */
  close(): Promise<void>;
};

export type CallbacksParts = {
  readonly db: Database;
  readonly databaseUrl: string;
  readonly appKeys: AppKeys;
  readonly people: WecomPeople;
  readonly callsOf: CallsOf;
  readonly log: Logger;
};

const PAUSE_MS = 500;
const PAUSE_AFTER_ERROR_MS = 3_000;
const FORGET_EVERY_MS = 3_600_000;
/** Long enough to look into a dispute; rows hold ids of customers and staff. */
const KEEP_MS = 14 * 24 * 3_600_000;

export function createCallbacks({ databaseUrl, ...parts }: CallbacksParts): Callbacks {
  const { db, log } = parts;
  const now = Date.now;
  const store = openCallbackStore({ url: databaseUrl, name: "kaibo" });
  const welcomes = createWelcomes({ ...parts, now });
  const worker = createCallbackWorker({ ...parts, now });
  // A welcome code lives 20 s: it waits neither for the next round nor for anything before it.
  const inbox = createCallbackInbox({ store, log, onWelcomes: (ids) => void welcomes.send(ids) });
  const stopping = new AbortController();
  let forgetAt = 0;

  const round = async (): Promise<number> => {
    try {
      const ended = (await worker.round()) + (await welcomes.sendLeft());
      if (now() >= forgetAt) {
        await forgetCallbacks(db, now() - KEEP_MS);
        forgetAt = now() + FORGET_EVERY_MS;
      }
      return ended > 0 ? 0 : PAUSE_MS;
    } catch (err) {
      log.warn({ err }, "callbacks could not be worked, trying again");
      return PAUSE_AFTER_ERROR_MS;
    }
  };
  const work = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await sleep(await round(), undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  let working: Promise<void> = Promise.resolve();

  return {
    inbox,
    begin() {
      working = work();
    },
    async close() {
      stopping.abort();
      await inbox.close();
      await working;
      await store.close();
    },
  };
}
