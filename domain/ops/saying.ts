import { amountsOf } from "../metrics/ledger.ts";
import { headlineOf } from "../metrics/show-figures.ts";
import { defineOp, type See } from "../op.ts";
import { LINES_MAX, type SayLine } from "../say-lines.ts";
import { couponLines, overtakingLine, stockLines, targetLine, unpaidLine } from "../say-sources.ts";
import type { Instant } from "../units.ts";
import { audience, gaugeOf, type AudienceState } from "./audience.ts";
import { bag } from "./bag.ts";
import { coupon } from "./coupon.ts";
import { figures } from "./figures.ts";
import { leaderboard } from "./leaderboard.ts";
import { order } from "./order.ts";
import { isOnAir, session } from "./session.ts";

/** All that is asked of the past: when money passed the target. What the lines say stands in the ops that are read. */
export type SayingState = {
  readonly targetFen: number | null;
  readonly ordersFen: number | null;
  /** Totals that were typed or measured; without the book that only `audience` itself decides by. */
  readonly heard: AudienceState;
  /** The target that money passed last and has not fallen under since. */
  readonly passed: { readonly targetFen: number; readonly at: Instant } | null;
};

/** Behind two lines that press more; never pushed out by a long row of low stocks. */
const UNPAID_PLACE = 2;

const reads = { session, order, audience, coupon, bag, figures, leaderboard };
type Seen = See<SayingState, typeof reads>;

/** Rules SAY1–SAY7 in SPEC.md: lines worth saying on air. It asks for nothing and tells nothing: its lines follow from what others report. */
export const saying = defineOp({
  name: "saying",
  reads,
  initial: (): SayingState => ({
    targetFen: null,
    ordersFen: null,
    heard: { sources: {}, book: null },
    passed: null,
  }),
  events: {},
  commands: {},
  apply: {},
  on: {
    // A target that is set below what is paid already is not passed by anybody.
    "session.targetsSet.v1": (own, { to }) => ({ ...own, targetFen: to.paidFen }),
    "order.recorded.v1": (own, { postings }, { at }) => {
      let ordersFen = own.ordersFen ?? 0;
      for (const { kind, fen, freightFen } of postings) if (kind === "paid") ordersFen += fen + freightFen;
      return passing(own, { ...own, ordersFen }, at);
    },
    "audience.sampled.v1": (own, sampled, meta) =>
      passing(own, { ...own, heard: audience.apply["audience.sampled.v1"](own.heard, sampled, meta) }, meta.at),
  },
  slices: {
    saying: {
      kind: "value",
      show: { control: lines, host: lines, review: lines },
    },
  },
});

function passing(before: SayingState, own: SayingState, at: Instant): SayingState {
  const { targetFen, passed } = own;
  const paidFen = paidOf(own);
  if (targetFen !== null && paidOf(before) < targetFen && paidFen >= targetFen)
    return { ...own, passed: { targetFen, at } };
  return passed && paidFen < passed.targetFen ? { ...own, passed: null } : own;
}

/** As the headline counts (FIG3): by orders once there are any, else by what was typed or measured. */
const paidOf = ({ ordersFen, heard }: SayingState): number => ordersFen ?? gaugeOf(heard, "paidFen")?.value ?? 0;

/** Target and overtaking beside the others: they leave by time, which only screens know (`sayLinesAt`), and keep no other line out meanwhile. */
function lines(see: Seen): SayLine[] {
  if (!isOnAir(see.session.phase)) return [];
  const { show } = see.figures;
  const { targetFen, passed } = see.own;
  const { paidFen } = headlineOf(show, gaugeOf(see.audience, "paidFen"), gaugeOf(see.audience, "orders"));
  const standing = [
    ...stockLines(see.bag.products.values(), see.bag.explained?.productId ?? null, show.ordersAt),
    ...couponLines(see.coupon.coupons.values()),
  ];
  const unpaid = unpaidLine(amountsOf(show.total, "all").unpaid.orders, show.ordersAt);
  return [
    ...targetLine(paidFen, targetFen, passed?.targetFen === targetFen ? passed.at : null),
    ...overtakingLine(see.leaderboard),
    ...standing.toSpliced(UNPAID_PLACE, 0, ...unpaid).slice(0, LINES_MAX),
  ];
}
