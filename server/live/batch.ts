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
export const BATCH_BYTES_MAX = 4 * 1024 * 1024;
/** A command that has waited this long undecided is sent back; its sender's patience is nearly over. */
export const WAIT_MS_MAX = 3_000;

export type Decided = {
  readonly rows: NewRow[];
  /** To be given once the rows are stored. */
  readonly answers: { readonly waiting: Waiting; readonly answer: CommandAnswer }[];
  /** Perhaps in the log already, at one of these seqs. */
  readonly known: { readonly waiting: Waiting; readonly seqs: readonly number[] }[];
  readonly late: Waiting[];
  /** A bug: the state can't be trusted any more. What was decided before it can. */
  readonly broken: { readonly waiting: Waiting; readonly error: Error } | null;
};

export type Deciding = {
  readonly room: WaitingRoom;
  readonly fold: Fold;
  readonly engine: Engine;
  readonly clock: ShowClock;
  readonly vault: Vault;
};

type Twin = { readonly hash: string; readonly answer: CommandAnswer; readonly remembered: boolean };

/** Decides what waits, folding each command's events before the next is decided. Synchronous: nothing comes in between. */
export function decideBatch(deciding: Deciding): Decided {
  const { room, fold } = deciding;
  const decided = { rows: [], answers: [], known: [], late: [], broken: null } as Decided;
  const twins = new Map<string, Twin>();
  const now = performance.now();
  let bytes = 0;
  while (decided.answers.length < BATCH_COMMANDS_MAX && bytes < BATCH_BYTES_MAX) {
    if (decided.answers.length > 0 && room.peek()?.solo === true) break;
    const waiting = room.take();
    if (!waiting) break;
    const twin = twins.get(waiting.key);
    const seqs = twin || waiting.fresh ? [] : fold.table.find(waiting.key);
    if (now - waiting.receivedAt > WAIT_MS_MAX) {
      decided.late.push(waiting);
    } else if (twin && twin.hash === waiting.hash) {
      decided.answers.push({ waiting, answer: twin.answer });
    } else if (twin?.remembered === true) {
      decided.answers.push({ waiting, answer: reject("command.idReused") });
    } else if (seqs.length > 0) {
      decided.known.push({ waiting, seqs });
    } else {
      const result = decideOne(deciding, waiting);
      if (result instanceof Error) return { ...decided, broken: { waiting, error: result } };
      decided.rows.push(...result.rows);
      for (const { json } of result.rows) bytes += json.length;
      decided.answers.push({ waiting, answer: result.answer });
      const remembered = result.rows.length > 0;
      twins.set(waiting.key, { hash: waiting.hash, answer: result.answer, remembered });
    }
    if (waiting.solo) break;
  }
  return decided;
}

function decideOne(
  { fold, engine, clock, vault }: Deciding,
  { command, sender, hash }: Waiting,
): { rows: NewRow[]; answer: CommandAnswer } | Error {
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
  try {
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
