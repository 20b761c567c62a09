import { randomBytes } from "node:crypto";
import type { NewRow } from "#db/event-store-contract.ts";
import type { Engine, Execution } from "#domain/engine.ts";
import { reject, type Ctx } from "#domain/op.ts";
import type { CommandAnswer } from "#domain/wire.ts";
import type { Vault } from "../lib/vault.ts";
import type { Fold } from "./fold.ts";
import type { ShowClock } from "./show-clock.ts";
import type { Waiting, WaitingRoom } from "./waiting-room.ts";

/** Bounds of one batch: what the database takes in a few milliseconds, and a fold that does not hold up the event loop. */
export const BATCH_COMMANDS_MAX = 1_000;
const BATCH_BYTES_MAX = 4 * 1024 * 1024;
/** A command that has waited this long undecided is sent back; its sender's patience is nearly over. */
const WAIT_MS_MAX = 3_000;

export type Deciding = {
  readonly fold: Fold;
  readonly engine: Engine;
  readonly clock: ShowClock;
  readonly vault: Vault;
};

/** What is answered without this batch. */
export type Aside = {
  /** Perhaps in the log already, at one of these seqs. */
  readonly known: { readonly waiting: Waiting; readonly seqs: readonly number[] }[];
  readonly late: Waiting[];
};

/** A command of this batch, by the seq at which the fold's table says that it begins. */
type Twin = { readonly key: string; readonly hash: string; readonly answer: CommandAnswer };

/** Commands that were decided and will be stored together. It takes more until it is sent to the database, and is closed once it is full or broken. */
export class Batch {
  readonly rows: NewRow[] = [];
  /** To be given once the rows are stored. */
  readonly answers: { readonly waiting: Waiting; readonly answer: CommandAnswer }[] = [];
  readonly #deciding: Deciding;
  readonly #twins = new Map<number, Twin>();
  #broken: { readonly waiting: Waiting; readonly error: Error } | null = null;
  #closed = false;
  #bytes = 0;

  constructor(deciding: Deciding) {
    this.#deciding = deciding;
  }

  /** A bug: the state can't be trusted any more. What was decided before it can. */
  get broken(): { readonly waiting: Waiting; readonly error: Error } | null {
    return this.#broken;
  }

  get isEmpty(): boolean {
    return this.answers.length === 0 && this.#broken === null;
  }

  /** The state is not what it was before this batch. */
  get changesState(): boolean {
    return this.rows.length > 0 || this.#broken !== null;
  }

  /** Everybody whose command is in it. */
  get waiting(): Waiting[] {
    const decided = this.answers.map(({ waiting }) => waiting);
    return this.#broken ? [...decided, this.#broken.waiting] : decided;
  }

  /**
   * Decides what waits, folding each command's events before the next is decided. Synchronous: nothing comes in between. `before` is on its way to the
   * log: its commands are known by nobody else yet. `most`: commands that this batch may then hold.
   */
  fill(room: WaitingRoom, { before, most }: { before: Batch | null; most: number }): Aside {
    const aside: Aside = { known: [], late: [] };
    const now = performance.now();
    while (!this.#closed && this.answers.length < most && this.#bytes < BATCH_BYTES_MAX) {
      if (this.answers.length > 0 && room.peek()?.solo === true) break;
      const waiting = room.take();
      if (!waiting) break;
      if (now - waiting.receivedAt > WAIT_MS_MAX) aside.late.push(waiting);
      else this.#take(waiting, before, aside);
      if (waiting.solo) this.#closed = true;
    }
    return aside;
  }

  /** The command of this batch that begins at one of these seqs under the same key. */
  twinOf({ key }: Waiting, seqs: readonly number[]): Twin | undefined {
    for (const seq of seqs) {
      const twin = this.#twins.get(seq);
      if (twin?.key === key) return twin;
    }
    return undefined;
  }

  #take(waiting: Waiting, before: Batch | null, { known }: Aside): void {
    const seqs = this.#deciding.fold.table.find(waiting.key);
    if (seqs.length === 0) {
      this.#decide(waiting);
      return;
    }
    const twin = this.twinOf(waiting, seqs) ?? before?.twinOf(waiting, seqs);
    if (twin) {
      this.answers.push({ waiting, answer: twin.hash === waiting.hash ? twin.answer : reject("command.idReused") });
    } else if (seqs.every((seq) => waiting.notAt.includes(seq))) {
      this.#decide(waiting);
    } else {
      known.push({ waiting, seqs });
    }
  }

  #decide(waiting: Waiting): void {
    const result = decideOne(this.#deciding, waiting);
    if (result instanceof Error) {
      this.#broken = { waiting, error: result };
      this.#closed = true;
      return;
    }
    const { rows, answer } = result;
    this.answers.push({ waiting, answer });
    const [first] = rows;
    // Refusals are not remembered: they are decided anew.
    if (!first) return;
    const { key, hash } = waiting;
    this.#deciding.fold.table.add(key, first.seq);
    this.#twins.set(first.seq, { key, hash, answer });
    for (const row of rows) {
      this.rows.push(row);
      this.#bytes += row.json.length;
    }
  }
}

function decideOne(
  { fold, engine, clock, vault }: Deciding,
  { command, sender, hash }: Waiting,
): { rows: NewRow[]; answer: CommandAnswer } | Error {
  try {
    const ctx: Ctx = {
      now: clock.now(fold.state),
      realNow: clock.real(),
      by: sender.id,
      commandId: command.id,
      newId,
      randomBytes: (count) => new Uint8Array(randomBytes(count)),
      seal: vault.seal,
      open: vault.open,
    };
    const { answer, events } = engine.execute(fold.state, command, ctx);
    return { answer, rows: events.map((event) => rowOf(engine, event, hash)) };
  } catch (error) {
    return new Error(`deciding ${command.type} failed`, { cause: error });
  }
}

/** An event that its own schema refuses could be stored, but never be read again: it stops here, as the bug that it is. */
function rowOf(engine: Engine, event: Execution["events"][number], hash: string): NewRow {
  const checked = engine.events.get(event.type)?.schema.safeParse(event.data);
  if (!checked?.success) {
    throw new Error(`${event.type} does not fit its schema`, { cause: checked?.error });
  }
  return { ...event, commandHash: hash, json: JSON.stringify(event.data) };
}

const ID_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";

/** 80 bits of chance in 16 letters that can't be misread; starts with a letter or digit, so that it fits `Id`. */
export function newId(): string {
  let id = "";
  for (const byte of randomBytes(16)) id += ID_LETTERS[byte & 31];
  return id;
}
