import { tapeRow, type TapeEntry } from "../ops/tape.ts";
import { fieldOf } from "./stock-course.ts";

/** What was held or taken back, by whom (HIS4). */
export type Deed = {
  readonly seq: number;
  readonly at: number;
  readonly by: string;
  /** `stopped`: one armed act by hand. `disarmed`: it did not go out, `reason` says why. `held`: everything. */
  readonly kind: "stopped" | "disarmed" | "held" | "released" | "undone";
  readonly reason: string | null;
  /** What it was done to; `type` is a command's of an armed act, an event's of what was taken back. */
  readonly of: { readonly at: number; readonly by: string; readonly type: string; readonly data: unknown } | null;
};

const KINDS: Readonly<Record<string, Deed["kind"]>> = {
  "arm.stopped.v1": "stopped",
  "arm.disarmed.v1": "disarmed",
  "arm.held.v1": "held",
  "arm.released.v1": "released",
  "tape.undone.v1": "undone",
};

export function heldAndUndone(entries: readonly TapeEntry[]): Deed[] {
  const bySeq = new Map<number, TapeEntry>();
  const armed = new Map<unknown, TapeEntry>();
  for (const entry of entries) {
    bySeq.set(entry.seq, entry);
    if (entry.type === "arm.armed.v1") armed.set(fieldOf(entry.data, "armId"), entry);
  }
  return entries.flatMap(({ seq, at, by, type, data }): Deed[] => {
    const kind = KINDS[type];
    if (!kind) return [];
    const reason = fieldOf(data, "reason");
    const of = kind === "undone" ? undoneAct(bySeq.get(Number(fieldOf(data, "seq")))) : armedAct(armed, data);
    return [{ seq, at, by, kind, reason: typeof reason === "string" ? reason : null, of }];
  });
}

function undoneAct(entry: TapeEntry | undefined): Deed["of"] {
  if (!entry) return null;
  const { at, by, type, data } = tapeRow(entry);
  return { at, by, type, data };
}

function armedAct(armed: ReadonlyMap<unknown, TapeEntry>, data: unknown): Deed["of"] {
  const entry = armed.get(fieldOf(data, "armId"));
  if (!entry) return null;
  const { at, by, data: act } = tapeRow(entry);
  return { at, by, type: String(fieldOf(act, "type")), data: fieldOf(act, "input") };
}
