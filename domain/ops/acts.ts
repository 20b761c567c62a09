import { defineOp, type AnyEvent, type EventMeta } from "../op.ts";
import { tapeRow, type TapeEntry } from "./tape.ts";

/**
 * What was done to the show and may have moved it: the marks on the review's axis. The tape holds everything, but a screen gets only its
 * last lines; the acts of a whole evening are few enough to be sent at once.
 */
const ACTS: ReadonlySet<string> = new Set([
  "session.started.v1",
  "session.interrupted.v1",
  "session.resumed.v1",
  "session.ended.v1",
  "rundown.taken.v1",
  "bag.explained.v1",
  "bag.saleOpened.v1",
  "bag.pricesSet.v1",
  "bag.released.v1",
  "coupon.pushed.v1",
  "lottery.opened.v1",
  "lottery.drawn.v1",
  "lottery.winnersRecorded.v1",
]);
const UNDONE = "tape.undone.v1";

/** Far more than a hand does in a day; a bound for a program that went wild. */
const ACTS_MAX = 4_000;

export type ActsState = {
  /** By seq as text. Changed in place, like the tape. */
  readonly rows: ReadonlyMap<string, TapeEntry>;
  /** Acts of the command that is being folded: those of an undo are no acts of their own. */
  readonly running: { readonly commandId: string; readonly keys: readonly string[] };
};

/** Rules ACT1–ACT2 in SPEC.md. It asks for nothing: it folds what others did. */
export const acts = defineOp({
  name: "acts",
  initial: (): ActsState => ({ rows: new Map(), running: { commandId: "", keys: [] } }),
  events: {},
  commands: {},
  apply: {},
  applyAny(own, event: AnyEvent, meta) {
    if (event.type === UNDONE) return takenBack(own, event, meta);
    if (!ACTS.has(event.type) || own.rows.size >= ACTS_MAX) return own;
    const { seq, at, by, type, commandId } = meta;
    const key = String(seq);
    (own.rows as Map<string, TapeEntry>).set(key, { seq, at, by, type, data: event.data });
    const before = own.running.commandId === commandId ? own.running.keys : [];
    return { ...own, running: { commandId, keys: [...before, key] } };
  },
  slices: {
    acts: {
      kind: "keyed",
      rows: (see) => see.own.rows,
      show: { review: tapeRow },
    },
  },
});

function takenBack(own: ActsState, event: AnyEvent, { commandId }: EventMeta): ActsState {
  const rows = own.rows as Map<string, TapeEntry>;
  const data = event.data;
  if (typeof data === "object" && data !== null && "seq" in data) rows.delete(String(data.seq));
  if (own.running.commandId === commandId) for (const key of own.running.keys) rows.delete(key);
  return own;
}
