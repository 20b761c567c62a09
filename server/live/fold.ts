import { setImmediate as nextTurn } from "node:timers/promises";
import type { EventStore, LoggedEvent } from "#db/event-store-contract.ts";
import type { Engine, ShowState } from "#domain/engine.ts";
import { commandKey } from "./command-hash.ts";
import { CommandTable, type CommandTableData } from "./command-table.ts";

/**
 * The fold of one log: what the writer holds of a show, what recovery rebuilds and what the snapshot worker keeps a copy of.
 * Events come parsed through their schemas: a log that this code can't read stops here instead of becoming a wrong state.
 */
export type FoldData = { readonly state: ShowState; readonly table: CommandTableData };

/** An event that this code does not know or can't read: the log was written by other code, or is damaged. */
export class UnreadableLogError extends Error {
  override readonly name = "UnreadableLogError";
}

const EVENTS_A_LOOK = 64;
const TURN_MS = 8;

export class Fold {
  readonly state: ShowState;
  readonly table: CommandTable;
  readonly #engine: Engine;
  /** Key of the command whose events are being added; only its first seq is kept. */
  #open = "";

  constructor(engine: Engine, data?: FoldData) {
    this.#engine = engine;
    this.state = data?.state ?? engine.initial();
    this.table = new CommandTable(data?.table);
  }

  get data(): FoldData {
    return { state: this.state, table: this.table.data };
  }

  add(event: LoggedEvent): void {
    const known = this.#engine.events.get(event.type);
    if (!known) throw new UnreadableLogError(`event ${event.seq}: ${event.type} is not known to this version`);
    const data = known.schema.safeParse(event.data);
    if (!data.success) {
      throw new UnreadableLogError(`event ${event.seq}: ${event.type} has another shape`, { cause: data.error });
    }
    if (event.seq !== this.state.seq + 1) {
      throw new UnreadableLogError(`event ${event.seq} follows ${this.state.seq}`);
    }
    this.#engine.apply(this.state, { ...event, data: data.data });
    const key = commandKey(event.by, event.commandId);
    if (key === this.#open) return;
    this.#open = key;
    this.table.add(key, event.seq);
  }

  /** Folds what the log holds beyond this fold. */
  async catchUp(store: Pick<EventStore, "read">, sessionId: string): Promise<void> {
    for await (const events of store.read(sessionId, { after: this.state.seq })) {
      let since = performance.now();
      for (const event of events) {
        this.add(event);
        if (event.seq % EVENTS_A_LOOK !== 0 || performance.now() - since < TURN_MS) continue;
        // Other shows of this node go on meanwhile.
        await nextTurn();
        since = performance.now();
      }
    }
  }
}
