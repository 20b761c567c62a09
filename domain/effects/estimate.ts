import { explainedMinutes } from "./explained.ts";
import type { Word } from "./judge.ts";
import { effectOf, gaugeOf, type Estimate, type Gauge } from "./measuring.ts";
import type { Window } from "./placebo.ts";
import {
  EFFECT_KINDS,
  type ActEffect,
  type EffectAct,
  type EffectKind,
  type EffectsInput,
  type EffectsReport,
  type KindEffect,
  type Measure,
  type Reason,
} from "./report.ts";
import { divide, instantOf, isNearEdge, minuteIn, overlapsOf, windowAt, type Division } from "./windows.ts";

/** Rules EFF1–EFF10 in SPEC.md; method and limits in docs/effects.md. Nothing is drawn: the same show gives the same report. */

/** Minutes of a show under which nothing is said. */
export const SHOW_MINUTES_MIN = 40;
/** Windows without an act under which chance is not known. */
const WINDOWS_MIN = 6;
/** From this part of a window on it belongs to the others as much. */
const SHARED_MAX = 0.5;
/** One side of a range of 90 %. */
const CHANCE = 0.05;

/** `windowMinutes` null: 5, or 3 where acts stand close. */
export function estimateEffects(
  input: EffectsInput,
  { windowMinutes }: { readonly windowMinutes: number | null },
): EffectsReport {
  const division = divide(input, windowMinutes);
  const windows = input.acts.map(({ at }) => windowAt(minuteIn(input, at), division));
  const trouble = troubleOf(input, division);
  const gauge = (measure: Measure): Gauge =>
    trouble ? { estimate: () => undefined } : gaugeOf(input, measure, division, windows);
  const show = {
    input,
    division,
    trouble,
    gauges: { paidFen: gauge("paidFen"), orders: gauge("orders"), online: gauge("online") },
  };
  const judged = input.acts.map((act, index) => judge(show, act, index));
  return {
    windowMinutes: division.shape.window,
    fadeMinutes: division.shape.fade,
    comparable: { minutes: division.free.reduce((sum, each) => sum + each, 0), windows: division.apart },
    acts: judged.map(({ shown }) => shown),
    kinds: EFFECT_KINDS.flatMap((kind) => kindEffect(kind, judged) ?? []),
    byChance: judged.filter(({ stands }) => stands).length * CHANCE,
    explained: explainedMinutes(input),
  };
}

function troubleOf({ off }: EffectsInput, { apart }: Division): Reason | undefined {
  if (off.filter((each) => !each).length < SHOW_MINUTES_MIN) return "tooShort";
  return apart < WINDOWS_MIN ? "tooFewComparable" : undefined;
}

type Show = {
  readonly input: EffectsInput;
  readonly division: Division;
  readonly trouble: Reason | undefined;
  readonly gauges: { readonly [M in Measure]: Gauge };
};

/** `stands`: the act has its window to itself and could be estimated. */
type Judged = {
  readonly shown: ActEffect;
  readonly stands: boolean;
  readonly estimates: { readonly [M in Measure]: Estimate | undefined };
};

function judge({ input, division, trouble, gauges }: Show, act: EffectAct, index: number): Judged {
  const window = windowAt(minuteIn(input, act.at), division);
  const estimates = {
    paidFen: gauges.paidFen.estimate(window),
    orders: gauges.orders.estimate(window),
    online: gauges.online.estimate(window),
  };
  const measures = measuresOf({
    paidFen: listOf(estimates.paidFen),
    orders: listOf(estimates.orders),
    online: listOf(estimates.online),
  });
  const headline = headlineOf(act.kind, measures.online !== null);
  const { overlaps, sharedShare } = overlapsOf(input, index, division.shape);
  const together: Word = measures[headline]?.word ?? "unclear";
  const against: Reason[] = [];
  if (isCutShort(input, window)) against.push("cutShort");
  else if (trouble) against.push(trouble);
  else if (!measures[headline]) against.push("noData");
  if (sharedShare >= SHARED_MAX) against.push("overlapped");
  const stands = against.length === 0;
  const reasons = [...against];
  if (stands && together === "unclear") reasons.push("withinChance");
  if (stands && isNearEdge(window, division)) reasons.push("nearEdge");
  const shown: ActEffect = {
    actId: act.id,
    kind: act.kind,
    from: instantOf(input, window.from),
    to: instantOf(input, window.to),
    word: stands ? together : "unclear",
    headline,
    reasons,
    overlaps,
    sharedShare,
    together,
    measures,
  };
  return { shown, stands, estimates };
}

const listOf = (estimate: Estimate | undefined): readonly Estimate[] => (estimate ? [estimate] : []);

function measuresOf(of: { readonly [M in Measure]: readonly Estimate[] }): ActEffect["measures"] {
  return {
    paidFen: effectOf(of.paidFen, "paidFen"),
    orders: effectOf(of.orders, "orders"),
    online: effectOf(of.online, "online"),
  };
}

/** Fixed by kind, not by what came out: whoever picks the best of three words finds one by chance (EFF2). */
function headlineOf(kind: EffectKind, isOnlineKnown: boolean): Measure {
  return kind === "lottery" && isOnlineKnown ? "online" : "paidFen";
}

function isCutShort({ off }: EffectsInput, { from, to }: Window): boolean {
  let inShow = 0;
  for (let t = from; t < to; t += 1) if (off[t] === false) inShow += 1;
  return inShow * 2 < to - from;
}

function kindEffect(kind: EffectKind, judged: readonly Judged[]): KindEffect | undefined {
  const alone = judged.filter(({ shown, stands }) => stands && shown.kind === kind);
  if (alone.length < 2) return undefined;
  const all = (measure: Measure) => alone.flatMap(({ estimates }) => listOf(estimates[measure]));
  const measures = measuresOf({ paidFen: all("paidFen"), orders: all("orders"), online: all("online") });
  const headline = headlineOf(kind, measures.online !== null);
  const word = measures[headline]?.word ?? "unclear";
  const bare = (measure: Measure) => {
    const effect = measures[measure];
    if (!effect) return null;
    const { course: _ofFirst, ...rest } = effect;
    return rest;
  };
  return {
    kind,
    actIds: alone.map(({ shown }) => shown.actId),
    headline,
    word,
    measures: { paidFen: bare("paidFen"), orders: bare("orders"), online: bare("online") },
  };
}
