import { inPlace } from "../in-place.ts";
import { defineOp, type AnyEvent } from "../op.ts";
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
  "push.handedOver.v1",
]);
const UNDONE = "tape.undone.v1";

/** Far more than a hand does in a day; a bound for a program that went wild. */
const ACTS_MAX = 4_000;

export type ActsState = {
  /** By seq as text. Changed in place, like the tape. */
  readonly rows: ReadonlyMap<string, TapeEntry>;
  /** The command that took an act back last: what follows in it is the way back, and no act of its own. */
  readonly takingBack: string | null;
};

/** Rules ACT1–ACT2 in SPEC.md. It asks for nothing: it folds what others did. */
export const acts = defineOp({
  name: "acts",
  initial: (): ActsState => ({ rows: new Map(), takingBack: null }),
  events: {},
  commands: {},
  apply: {},
  applyAny(own, event: AnyEvent, meta) {
    const rows = inPlace(own.rows);
    const { seq, at, by, type, commandId } = meta;
    // Where it was no act (itself a way back), what follows brings the act again.
    if (event.type === UNDONE) return rows.delete(undoneSeq(event.data)) ? { ...own, takingBack: commandId } : own;
    if (!ACTS.has(event.type) || own.takingBack === commandId || rows.size >= ACTS_MAX) return own;
    rows.set(String(seq), { seq, at, by, type, data: event.data });
    return own;
  },
  slices: {
    acts: {
      kind: "keyed",
      rows: (see) => see.own.rows,
      show: { review: tapeRow },
    },
  },
});

const undoneSeq = (data: unknown): string =>
  typeof data === "object" && data !== null && "seq" in data ? String(data.seq) : "";
