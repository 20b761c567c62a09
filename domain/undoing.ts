import type { Command, Engine, ShowState } from "./engine.ts";
import { reject, type AnyEvent, type Ctx, type Rejection } from "./op.ts";
import type { TapeState } from "./ops/tape.ts";

/** Decides `tape.undo` (rules TAP2–TAP4): the op of the event says what takes it back, or why nothing can. */
export function undoEvent(
  engine: Engine,
  state: ShowState,
  command: Command,
  ctx: Ctx,
): readonly AnyEvent[] | Rejection {
  const { seq } = command.input as { seq: number };
  const tape = state.slices["tape"] as TapeState;
  const entry = findBySeq(tape.entries, seq);
  if (!entry) return reject("undo.notOnTape", { seq });
  const done = tape.undone.get(seq);
  if (done) return reject("undo.alreadyUndone", { by: done.by, seq: done.seq });
  const op = engine.events.get(entry.type)?.op;
  const way = op?.undo?.[entry.type];
  if (!op || !way) return reject("undo.notReversible", { type: entry.type });
  const events = way(engine.see(state, op), entry.data, { ...entry, commandId: command.id }, ctx);
  if ("status" in events) return events;
  return [{ type: "tape.undone.v1", data: { seq, type: entry.type } }, ...events];
}

/** Entries are in order of seq. */
function findBySeq<T extends { readonly seq: number }>(entries: readonly T[], seq: number): T | undefined {
  let low = 0;
  let high = entries.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const entry = entries[middle];
    if (!entry || entry.seq === seq) return entry;
    if (entry.seq < seq) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}
