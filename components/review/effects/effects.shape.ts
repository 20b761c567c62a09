import type {
  ActEffect,
  EffectAct,
  EffectKind,
  EffectsInput,
  EffectsReport,
  KindEffect,
  MeasureEffect,
  Range,
  Reason,
} from "#domain/effects/report.ts";
import { EFFECT_KINDS } from "#domain/effects/report.ts";
import { MINUTE_MS } from "#domain/metrics/pace.ts";

/** Effects as the table shows them: acts and rounds of explaining in the order of time, on one scale. Pure; also for the meeting. */

export type EffectLine = {
  readonly act: EffectAct;
  readonly effect: ActEffect;
  /** Other acts in the same window, the longest shared first. */
  readonly beside: readonly { readonly act: EffectAct; readonly minutes: number }[];
};

export type ExplainedLine = {
  readonly productId: string;
  readonly round: number;
  readonly at: number;
  /** Per minute, of everything that was sold in the round's minutes. */
  readonly paidFen: number;
  /** Against the show's mean: 0.2 is a fifth more. `null` while the mean is nothing. */
  readonly againstMean: number | null;
};

export function effectLines({ acts }: EffectsInput, report: EffectsReport): readonly EffectLine[] {
  const byId = new Map(acts.map((act) => [act.id, act]));
  return report.acts.flatMap((effect): EffectLine[] => {
    const act = byId.get(effect.actId);
    if (!act) return [];
    const beside = effect.overlaps
      .toSorted((a, b) => b.share - a.share)
      .flatMap(({ actId, sharedMinutes }) => {
        const other = byId.get(actId);
        return other ? [{ act: other, minutes: sharedMinutes }] : [];
      });
    return [{ act, effect, beside }];
  });
}

/** What a meeting asks about first: what got a word, then coupons, draws, pushes, prices and openings of sale. In the order of time. */
export function askedFirst(lines: readonly EffectLine[], max: number): readonly EffectLine[] {
  const rank = ({ act, effect }: EffectLine) =>
    (effect.word === "unclear" ? EFFECT_KINDS.length : 0) + EFFECT_KINDS.indexOf(act.kind);
  return lines
    .toSorted((a, b) => rank(a) - rank(b) || a.act.at - b.act.at)
    .slice(0, max)
    .toSorted((a, b) => a.act.at - b.act.at);
}

/** What keeps the whole show from being judged is said once, not in every row. A window cut short has that reason instead. */
export const reasonOfAll = ({ acts }: EffectsReport): Reason | undefined =>
  acts.length === 0
    ? undefined
    : (["tooShort", "tooFewComparable"] as const).find(
        (reason) =>
          acts.some(({ reasons }) => reasons.includes(reason)) &&
          acts.every(({ reasons }) => reasons.includes(reason) || reasons.includes("cutShort")),
      );

export type KindLine = {
  readonly kind: EffectKind;
  /** How often it was done, and how often with a window of its own: only these can be taken together. */
  readonly acts: number;
  readonly alone: number;
  /** `null`: fewer than two stand alone. */
  readonly effect: KindEffect | null;
};

/** Every kind that was done, in the order of the report. */
export function kindLines(report: EffectsReport): readonly KindLine[] {
  return EFFECT_KINDS.flatMap((kind): KindLine[] => {
    const all = report.acts.filter((act) => act.kind === kind);
    if (all.length === 0) return [];
    const effect = report.kinds.find((each) => each.kind === kind) ?? null;
    const alone = effect ? effect.actIds.length : all.filter(isAlone).length;
    return [{ kind, acts: all.length, alone, effect }];
  });
}

/** What else is said beside a word leaves it standing. */
const BESIDE_WORD: ReadonlySet<Reason> = new Set(["withinChance", "nearEdge"]);
const isAlone = ({ reasons }: ActEffect): boolean => reasons.every((reason) => BESIDE_WORD.has(reason));

/** The word for everything in the window, where it belongs to other acts as much and can be estimated at all. */
export function togetherOf({ reasons, together, headline, measures }: ActEffect): ActEffect["together"] | undefined {
  return reasons.includes("overlapped") && measures[headline] ? together : undefined;
}

/** How many single acts got the word 有效: to be read against how many chance alone would give. */
export const helpedOf = ({ acts }: EffectsReport): number => acts.filter(({ word }) => word === "helped").length;

type Round = { readonly productId: string; readonly round: number; readonly from: number; readonly to: number | null };

/** Each round against the mean of the show. Explaining has no counterfactual: a product is explained when it is thought to sell. */
export function explainedLines(
  input: EffectsInput,
  report: EffectsReport,
  rounds: Iterable<Round>,
): readonly ExplainedLine[] {
  const { startAt, paidFen, off } = input;
  const mean = report.explained.mean.paidFen;
  const end = startAt + paidFen.length * MINUTE_MS;
  return [...rounds]
    .flatMap(({ productId, round, from, to }): ExplainedLine[] => {
      let sum = 0;
      let minutes = 0;
      const first = Math.max(0, Math.floor((from - startAt) / MINUTE_MS));
      for (let n = first; n < paidFen.length; n += 1) {
        const at = startAt + n * MINUTE_MS;
        if (at >= (to ?? end)) break;
        if (off[n]) continue;
        const share = (Math.min(to ?? end, at + MINUTE_MS) - Math.max(from, at)) / MINUTE_MS;
        sum += share * (paidFen[n] ?? 0);
        minutes += share;
      }
      if (minutes < 0.5) return [];
      const each = sum / minutes;
      return [
        { productId, round, at: from, paidFen: Math.round(each), againstMean: mean > 0 ? each / mean - 1 : null },
      ];
    })
    .toSorted((a, b) => a.at - b.at);
}

export type Scale = { readonly min: number; readonly max: number };

/** One scale for all ranges, with zero in it. Ranges far out of all others would press these to a point: they are cut at the edge. */
export function scaleOf(effects: readonly (Pick<MeasureEffect, "effect"> | null)[]): Scale {
  const ends = effects.flatMap((each) => (each ? [Math.abs(each.effect.low), Math.abs(each.effect.high)] : []));
  if (ends.length === 0) return { min: -1, max: 1 };
  const sorted = ends.toSorted((a, b) => a - b);
  const typical = sorted[Math.floor((sorted.length - 1) * 0.85)] ?? 1;
  const reach = Math.max(1, Math.min(sorted.at(-1) ?? 1, typical * 2.5));
  const lows = effects.flatMap((each) => (each ? [each.effect.low] : []));
  const highs = effects.flatMap((each) => (each ? [each.effect.high] : []));
  return { min: Math.max(-reach, Math.min(0, ...lows)), max: Math.min(reach, Math.max(0, ...highs, 1)) };
}

/** Places on the scale, 0 to 1. `cut`: the range goes on beyond the edge. */
export function placed({ low, mid, high }: Range, { min, max }: Scale) {
  const place = (value: number) => (Math.min(max, Math.max(min, value)) - min) / (max - min);
  return {
    low: place(low),
    mid: place(mid),
    high: place(high),
    zero: place(0),
    cutLow: low < min,
    cutHigh: high > max,
  };
}
