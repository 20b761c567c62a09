import type { Command, ShowState } from "./engine.ts";
import { reject, type AnyEvent, type Ctx, type Json, type Rejection } from "./op.ts";
import type { TapeEntry, TapeState } from "./ops/tape.ts";
import { seeOf, type Registry } from "./registry.ts";

/** Decides `tape.undo` (rules TAP2–TAP4): the op of the event says what takes it back, or why nothing can. */
export function undoEvent(
  registry: Registry,
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
  const op = registry.events.get(entry.type)?.op;
  const way = op?.undo?.[entry.type];
  if (!op || !way) return reject("undo.notReversible", { type: entry.type });
  const events = way(seeOf(state, op), entry.data, { ...entry, commandId: command.id }, ctx);
  if ("status" in events) return events.code === "undo.superseded" ? explained(events, tape.entries, entry) : events;
  for (const { op: other, veto } of registry.undoGuards.get(entry.type) ?? []) {
    const refused = veto(seeOf(state, other), entry.data, ctx);
    if (refused) return refused;
  }
  return [{ type: "tape.undone.v1", data: { seq, type: entry.type } }, ...events];
}

/** Adds who changed it since and when, as far as the tape tells: the last later act of the same op on the same ids. */
function explained(refusal: Rejection, entries: readonly TapeEntry[], entry: TapeEntry): Rejection {
  const op = entry.type.slice(0, entry.type.indexOf(".") + 1);
  const later = entries.findLast(
    ({ seq, type, data }) => seq > entry.seq && type.startsWith(op) && sameSubject(data, entry.data),
  );
  if (!later) return refusal;
  const { by, at, seq } = later;
  return reject(refusal.code, { ...(isRecord(refusal.data) ? refusal.data : {}), by, at, seq });
}

function isRecord(data: Json | undefined): data is { readonly [key: string]: Json | undefined } {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}

/** Whether ids that both name are the same ones. */
function sameSubject(a: unknown, b: unknown): boolean {
  const ids = idsIn(b);
  return [...idsIn(a)].every(([key, id]) => !ids.has(key) || ids.get(key) === id);
}

function idsIn(data: unknown): Map<string, unknown> {
  if (typeof data !== "object" || data === null) return new Map();
  return new Map(Object.entries(data).filter(([key]) => key.endsWith("Id")));
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
