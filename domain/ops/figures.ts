import { interrupted, resumed } from "../air-time.ts";
import {
  beginRound,
  dropRound,
  emptyRounds,
  endRound,
  endShow,
  explainedTotal,
  foldOwners,
  foldSale,
  moveEnd,
  reopenShow,
  shownRound,
  withAir,
  type Rounds,
} from "../metrics/rounds.ts";
import { shownMinute, type MinuteRow } from "../metrics/series.ts";
import {
  emptyFigures,
  foldComment,
  foldPosting,
  foldSample,
  foldShifts,
  headlineOf,
  shownFigures,
  shownProduct,
  shownShift,
  shownSku,
  type ShowFigures,
} from "../metrics/show-figures.ts";
import { defineOp, type See } from "../op.ts";
import { audience, counterOf, gaugeOf, roomClicks } from "./audience.ts";
import { bag } from "./bag.ts";
import { comment } from "./comment.ts";
import { order } from "./order.ts";
import { session, type SessionState } from "./session.ts";

export type FiguresState = { readonly show: ShowFigures; readonly rounds: Rounds };

/** The series shows two days from the start, as rooms that never rest (日不落) are on for longer than one, and the hours before; what happened outside is in the totals only. */
const SERIES_BEFORE_MS = 6 * 3_600_000;
const SERIES_MS = SERIES_BEFORE_MS + 48 * 3_600_000;

const reads = { session, order, audience, comment, bag };
type Seen = See<FiguresState, typeof reads>;

/** Rules FIG1–FIG16 in SPEC.md: every figure has one definition, a source and an age. It asks for nothing: it folds what others report. */
export const figures = defineOp({
  name: "figures",
  reads,
  initial: (): FiguresState => ({ show: emptyFigures(), rounds: emptyRounds() }),
  events: {},
  commands: {},
  apply: {},
  on: {
    "order.recorded.v1": (own, { postings, uncountedRefundFen }, { at }) => {
      let { show } = own;
      for (const posting of postings) {
        show = foldPosting(show, posting);
        foldSale(own.rounds, posting);
      }
      show = { ...show, ordersAt: at, uncountedRefundFen: show.uncountedRefundFen + uncountedRefundFen };
      return { ...own, show };
    },
    "audience.sampled.v1": (own, sampled) => ({ ...own, show: foldSample(own.show, sampled) }),
    "comment.noted.v1": (own, { happenedAt }) => ({ ...own, show: foldComment(own.show, happenedAt) }),
    "session.shiftsSet.v1": (own, { to }) => ({ ...own, show: foldShifts(own.show, to) }),
    "session.interrupted.v1": (own, { happenedAt }) =>
      withRounds(own, (of) => withAir(of, interrupted(of.air, happenedAt))),
    "session.resumed.v1": (own, { happenedAt }) => withRounds(own, (of) => withAir(of, resumed(of.air, happenedAt))),
    "session.ended.v1": (own, { happenedAt }) => withRounds(own, (of) => endShow(of, happenedAt)),
    "session.reopened.v1": (own) => withRounds(own, reopenShow),
    "session.timesCorrected.v1": (own, { to }) => withRounds(own, (of) => moveEnd(of, to.endedAt)),
    "bag.planChanged.v1": (own, change) => inRounds(own, (rounds) => foldOwners(rounds, change)),
    "bag.explained.v1": (own, { from, to }) =>
      inRounds(own, (rounds) => {
        if (from) endRound(rounds, from, to.since);
        beginRound(rounds, to, to.since);
      }),
    "bag.explainEnded.v1": (own, { from, endedAt }) => inRounds(own, (rounds) => endRound(rounds, from, endedAt)),
    "bag.explainRestored.v1": (own, { from, to }) =>
      inRounds(own, (rounds) => {
        if (from) dropRound(rounds, from);
        if (to) endRound(rounds, to, null);
      }),
  },
  slices: {
    figures: {
      kind: "value",
      show: {
        control: figuresShown,
        review: figuresShown,
        host: (see) => headline(see),
      },
    },
    productFigures: {
      kind: "keyed",
      rows: (see) => see.own.show.products,
      show: { control: shownProduct, review: shownProduct },
    },
    skuFigures: {
      kind: "keyed",
      rows: (see) => see.own.show.skus,
      show: { control: shownSku, review: shownSku },
    },
    series: {
      kind: "keyed",
      rows: (see) => dayOf(see.own.show.minutes, see.session),
      show: { control: shownMinute, review: shownMinute },
    },
    shiftFigures: {
      kind: "keyed",
      rows: (see) => see.own.show.shifts,
      show: { control: shownShift, review: shownShift },
    },
    roundFigures: {
      kind: "keyed",
      rows: (see) => see.own.rounds.rows,
      show: { control: shownRound, review: shownRound },
    },
  },
});

const withRounds = (own: FiguresState, change: (rounds: Rounds) => Rounds): FiguresState => ({
  ...own,
  rounds: change(own.rounds),
});

/** Rows are changed in place; a new outer object would say no more. */
function inRounds(own: FiguresState, change: (rounds: Rounds) => void): FiguresState {
  change(own.rounds);
  return own;
}

/** What the figures are made of. */
type Counted = Pick<Seen, "own" | "audience">;

function headline({ own, audience: heard }: Counted) {
  return headlineOf(own.show, gaugeOf(heard, "paidFen"), gaugeOf(heard, "orders"));
}

/** The slice `figures` of control and review; the host's is its `headline`. */
export type ShownFigures = ReturnType<typeof figuresShown>;

export function figuresShown(see: Counted) {
  const viewers = gaugeOf(see.audience, "viewers")?.value ?? null;
  const views = counterOf(see.audience, "views")?.value ?? null;
  return {
    ...shownFigures(see.own.show, headline(see), { viewers, views, room: roomClicks(see.audience) }),
    explained: explainedTotal(see.own.rounds),
  };
}

function dayOf(
  minutes: ReadonlyMap<string, MinuteRow>,
  { startedAt, plannedStartAt }: SessionState,
): ReadonlyMap<string, MinuteRow> {
  const from = (startedAt ?? plannedStartAt) - SERIES_BEFORE_MS;
  const inside = ({ minute }: MinuteRow) => minute >= from && minute < from + SERIES_MS;
  for (const row of minutes.values()) {
    if (!inside(row)) return new Map([...minutes].filter(([, each]) => inside(each)));
  }
  return minutes;
}
