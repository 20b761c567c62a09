import { z } from "zod";
import { listInPlace } from "../in-place.ts";
import { defineOp, reject, type AnyEvent } from "../op.ts";
import type { Instant } from "../units.ts";

/** One act of the staff or of Kaibo itself, as it stands on the tape. */
export type TapeEntry = {
  readonly seq: number;
  readonly at: Instant;
  readonly by: string;
  readonly type: string;
  readonly data: unknown;
};

/** `undone`: seq of the event taken back → seq of the act that did it. */
export type TapeState = {
  readonly entries: readonly TapeEntry[];
  readonly undone: ReadonlyMap<number, { readonly seq: number; readonly by: string }>;
};

/** Rules TAP1–TAP4 in SPEC.md: everything done stands on the tape (but what is too frequent: `quiet`), and what can be undone is undone once. */
export const tape = defineOp({
  name: "tape",
  initial: (): TapeState => ({ entries: [], undone: new Map() }),
  events: {
    "tape.undone.v1": z.object({ seq: z.int().positive(), type: z.string() }),
  },
  commands: {
    /** Takes back the event `seq`; decided by the engine (`undoing.ts`), which knows every op's way back. */
    undo: {
      // Not floor: what is taken back may be an act (a price) that floor may not do.
      by: ["owner", "manager", "operator"],
      risk: "compensable",
      input: z.object({ seq: z.int().positive() }),
      decide: () => reject("undo.notOnTape"),
    },
  },
  apply: {
    "tape.undone.v1": (own, { seq }, meta) => ({
      ...own,
      undone: new Map(own.undone).set(seq, { seq: meta.seq, by: meta.by }),
    }),
  },
  applyAny: (own, event: AnyEvent, meta) => {
    const { seq, at, by, type } = meta;
    // A four-hour show has thousands of acts.
    listInPlace(own.entries).push({ seq, at, by, type, data: (event as TapeEntry).data });
    return own;
  },
  slices: {
    tape: {
      kind: "appended",
      cap: 200,
      items: (see) => see.own.entries,
      show: { control: tapeRow, review: tapeRow },
    },
  },
});

/** As shown: without persons and long lists. */
export function tapeRow({ seq, at, by, type, data }: TapeEntry) {
  return { seq, at, by, type, data: light(data) as { readonly [key: string]: string } };
}

/** Longer lists are told by their length alone, and so are lists within lists: a sheet would weigh more than the rest of a snapshot. */
const LIST_MAX = 20;
/** Who won or claimed stands where prizes are delivered (LOT10), not on the record of what was done. */
const PERSONS: ReadonlySet<string> = new Set(["personId", "personIds", "inviterId"]);

function light(data: unknown, lists = 0): unknown {
  if (typeof data !== "object" || data === null) return data;
  if (Array.isArray(data)) {
    return lists > 0 || data.length > LIST_MAX ? { length: data.length } : data.map((item) => light(item, lists + 1));
  }
  return Object.fromEntries(
    Object.entries(data).flatMap(([field, value]) => (PERSONS.has(field) ? [] : [[field, light(value, lists)]])),
  );
}
