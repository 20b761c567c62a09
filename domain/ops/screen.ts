import { z } from "zod";
import { defineOp, reject } from "../op.ts";
import { same } from "../same.ts";
import { Id, Instant, type Instant as At } from "../units.ts";

/** What a host's screen can show. */
export const BOARDS = ["host", "figures", "prompt", "leaderboard", "assistant"] as const;
const Board = z.enum(BOARDS);
export type Board = z.infer<typeof Board>;

/** Links that a show can turn; more than any room has screens, also with all that were revoked (SCR5). */
export const SCREENS_MAX = 200;

export type ScreenRow = {
  readonly board: Board;
  readonly moneyHidden: boolean;
  /** When it was last asked to show its number; real time by the server's clock, also in a rehearsal. */
  readonly identifyAt: At | null;
};

/** What a screen shows that nobody turned yet. */
const UNTURNED: ScreenRow = { board: "host", moneyHidden: false, identifyAt: null };

export type ScreenState = { readonly screens: ReadonlyMap<string, ScreenRow> };

const hands = ["owner", "manager", "operator", "floor"] as const;

/** Rules SCR1–SCR5 in SPEC.md: which board a host's screen shows. Its link itself, name and token, lives outside the log. */
export const screen = defineOp({
  name: "screen",
  initial: (): ScreenState => ({ screens: new Map() }),
  events: {
    "screen.boardSet.v1": z.object({ linkId: Id, from: Board, to: Board }),
    "screen.moneySet.v1": z.object({ linkId: Id, from: z.boolean(), to: z.boolean() }),
    "screen.identified.v1": z.object({ linkId: Id, shownAt: Instant }),
  },
  quiet: ["screen.identified.v1"],
  commands: {
    show: {
      by: hands,
      risk: "reversible",
      input: z.object({ linkId: Id, board: Board }),
      decide(see, { linkId, board: to }) {
        const { board: from } = rowOf(see.own, linkId);
        if (from === to) return [];
        return refuseOneMore(see.own, linkId) ?? [{ type: "screen.boardSet.v1", data: { linkId, from, to } }];
      },
    },
    hideMoney: {
      by: hands,
      risk: "reversible",
      input: z.object({ linkId: Id, hidden: z.boolean() }),
      decide(see, { linkId, hidden: to }) {
        const { moneyHidden: from } = rowOf(see.own, linkId);
        if (from === to) return [];
        return refuseOneMore(see.own, linkId) ?? [{ type: "screen.moneySet.v1", data: { linkId, from, to } }];
      },
    },
    /** Has a screen show its number large for a moment, so that those in front of it know which it is. */
    identify: {
      by: hands,
      risk: "compensable",
      input: z.object({ linkId: Id }),
      decide: (see, { linkId }, ctx) =>
        refuseOneMore(see.own, linkId) ?? [{ type: "screen.identified.v1", data: { linkId, shownAt: ctx.realNow } }],
    },
  },
  apply: {
    "screen.boardSet.v1": (own, { linkId, to }) => withRow(own, linkId, { board: to }),
    "screen.moneySet.v1": (own, { linkId, to }) => withRow(own, linkId, { moneyHidden: to }),
    "screen.identified.v1": (own, { linkId, shownAt }) => withRow(own, linkId, { identifyAt: shownAt }),
  },
  undo: {
    "screen.boardSet.v1": (see, { linkId, from, to }) =>
      rowOf(see.own, linkId).board === to
        ? [{ type: "screen.boardSet.v1", data: { linkId, from: to, to: from } }]
        : reject("undo.superseded", { linkId }),
    "screen.moneySet.v1": (see, { linkId, from, to }) =>
      rowOf(see.own, linkId).moneyHidden === to
        ? [{ type: "screen.moneySet.v1", data: { linkId, from: to, to: from } }]
        : reject("undo.superseded", { linkId }),
  },
  slices: {
    screens: {
      kind: "keyed",
      rows: (see) => see.own.screens,
      show: { control: (row: ScreenRow) => row, host: (row: ScreenRow) => row, review: (row: ScreenRow) => row },
    },
  },
});

const rowOf = (own: ScreenState, linkId: string): ScreenRow => own.screens.get(linkId) ?? UNTURNED;

/** A screen that shows what nobody turned has no row, also when it was turned back. */
function withRow(own: ScreenState, linkId: string, change: Partial<ScreenRow>): ScreenState {
  const screens = new Map(own.screens);
  const row = { ...rowOf(own, linkId), ...change };
  if (same(row, UNTURNED)) screens.delete(linkId);
  else screens.set(linkId, row);
  return { screens };
}

/** Links live outside the log, so any id could be named. */
function refuseOneMore({ screens }: ScreenState, linkId: string) {
  return screens.size < SCREENS_MAX || screens.has(linkId) ? undefined : reject("screen.tooMany", { max: SCREENS_MAX });
}
