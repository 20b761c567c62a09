import { StoreUnavailableError, type EventStore } from "#db/event-store-contract.ts";
import type { Engine } from "#domain/engine.ts";
import { reject } from "#domain/op.ts";
import { comeBack } from "./come-back.ts";
import { readStoredCommand } from "./stored-command.ts";
import type { Waiting } from "./waiting-room.ts";

/** Commands whose id the table knows are looked up in the log: a repeat gets the answer of its first time. */
export type RepeatsOptions = {
  readonly sessionId: string;
  readonly engine: Engine;
  readonly store: Pick<EventStore, "read">;
  /** The log does not hold this command after all: it is to be decided. */
  onUnknown(waiting: Waiting): void;
};

const LOOKUPS_MAX = 64;

export class Repeats {
  readonly #options: RepeatsOptions;
  #lookups = 0;

  constructor(options: RepeatsOptions) {
    this.#options = options;
  }

  /** Never fails; `seqs`: where the command may begin. */
  async answer(waiting: Waiting, seqs: readonly number[]): Promise<void> {
    if (this.#lookups >= LOOKUPS_MAX) {
      waiting.answer(comeBack(300));
      return;
    }
    this.#lookups += 1;
    try {
      await this.#answerFromLog(waiting, seqs);
    } catch (error) {
      if (error instanceof StoreUnavailableError) waiting.answer(comeBack(1_000));
      else waiting.fail(new Error("looking up a command failed", { cause: error }));
    } finally {
      this.#lookups -= 1;
    }
  }

  async #answerFromLog(waiting: Waiting, seqs: readonly number[]): Promise<void> {
    const { sessionId, store, engine, onUnknown } = this.#options;
    for (const seq of seqs) {
      const events = await readStoredCommand(store, sessionId, seq);
      const first = events[0];
      if (first?.commandId !== waiting.command.id || first.by !== waiting.sender.id) continue;
      const same = first.commandHash === waiting.hash;
      waiting.answer(same ? engine.answerOf(waiting.command.type, events) : reject("command.idReused"));
      return;
    }
    onUnknown({ ...waiting, notAt: seqs });
  }
}
