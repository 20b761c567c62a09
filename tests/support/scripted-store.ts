import { setImmediate as nextTurn } from "node:timers/promises";
import { AppendRefusedError, StoreUnavailableError, type EventStore, type NewRow } from "#db/event-store-contract.ts";

/**
 * A store whose appends go wrong as told, one act an append, then well again.
 * `lost`: not stored, no answer. `storedLost`: stored, no answer. `held`: waits for `letThrough()`.
 * `refused`: waits likewise, and is then refused for good.
 */
export type AppendAct = "lost" | "storedLost" | "held" | "refused";

export type ScriptedStore = EventStore & {
  plan(...acts: AppendAct[]): void;
  /** Resolves when an append is being held. */
  whenHeld(): Promise<void>;
  letThrough(): Promise<void>;
  /** All batches that were sent, the repeated ones too. */
  readonly sent: (readonly NewRow[])[];
};

export function scripted(store: EventStore): ScriptedStore {
  const acts: AppendAct[] = [];
  const held: (() => void)[] = [];
  const sent: (readonly NewRow[])[] = [];
  const whenHeld = async () => {
    while (held.length === 0) await nextTurn();
  };
  return {
    ...store,
    sent,
    plan: (...next) => void acts.push(...next),
    whenHeld,
    letThrough: async () => {
      await whenHeld();
      for (const go of held.splice(0)) go();
    },
    async append(lease, rows) {
      sent.push(rows);
      const act = acts.shift();
      if (act === "lost") throw new StoreUnavailableError("lost");
      if (act === "held" || act === "refused") await new Promise<void>((resolve) => held.push(resolve));
      if (act === "refused") throw new AppendRefusedError("can't be held");
      await store.append(lease, rows);
      if (act === "storedLost") throw new StoreUnavailableError("stored, but no answer");
    },
  };
}
