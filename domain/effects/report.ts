import type { Word } from "./judge.ts";

/** What the estimate of effects takes and gives. Plain JSON both ways; all times ms UTC, money fen. */

export const EFFECT_KINDS = ["couponPush", "lottery", "groupPush", "priceChange", "openSale"] as const;
export type EffectKind = (typeof EFFECT_KINDS)[number];

/** The part of a minute (0–1) in which a product was explained. What is missing to 1: nothing was explained. */
export type ProductShare = { readonly productId: string; readonly share: number };

export type EffectAct = {
  readonly id: string;
  readonly kind: EffectKind;
  /** When it happened, not when it was recorded. */
  readonly at: number;
  /** Until when it went on by itself (a 福袋 closes); `null`: a moment, or until further notice. */
  readonly endAt: number | null;
  /** What it was done with, so that a page can name it. */
  readonly refs: {
    readonly productId: string | null;
    readonly couponId: string | null;
    readonly lotteryId: string | null;
  };
};

/** One show by minute; all lists are as long as `paidFen`. */
export type EffectsInput = {
  /** Start of the first minute, a whole minute. */
  readonly startAt: number;
  /** Paid money in the minute, freight included, by time of payment. */
  readonly paidFen: readonly number[];
  /** Paid orders. */
  readonly orders: readonly number[];
  /** Persons in the room at the minute's last sample; `null`: no sample. */
  readonly online: readonly (number | null)[];
  readonly explained: readonly (readonly ProductShare[])[];
  /** Minutes that show nothing of the ordinary course: not wholly within the show, or interrupted. */
  readonly off: readonly boolean[];
  readonly acts: readonly EffectAct[];
};

export const MEASURES = ["paidFen", "orders", "online"] as const;
export type Measure = (typeof MEASURES)[number];

/** Low and high hold 90 %, `mid` is the best guess. */
export type Range = { readonly low: number; readonly mid: number; readonly high: number };

/** Of one measure in the window: sums of fen or orders, mean of persons online. */
export type MeasureEffect = {
  readonly actual: number;
  /** What other minutes of the show let expect without the act. */
  readonly expected: number;
  /** actual − expected course, in the measure's own unit. */
  readonly effect: Range;
  /** effect ÷ expected: 0.25 is a quarter more. */
  readonly change: Range;
  /** The expected course minute by minute, for a chart; sums (online: averages) to `expected`. */
  readonly course: readonly number[];
  readonly word: Word;
};

/** Why a word is 看不出, or what weakens it. */
export const REASONS = [
  /** The show has under `SHOW_MINUTES_MIN` minutes that count. */
  "tooShort",
  /** Too few windows without an act to know what chance does. */
  "tooFewComparable",
  /** Half of the window or more belongs to other acts too: see `together` and `overlaps`. */
  "overlapped",
  /** Under half of the window lies within the show. */
  "cutShort",
  /** Nothing was sold, or nobody counted, where it could be compared. */
  "noData",
  /** The possible range holds both more and less. */
  "withinChance",
  /** The show began or ended near: its course is known from one side only. */
  "nearEdge",
] as const;
export type Reason = (typeof REASONS)[number];

/** Another act in the same window. `share`: part of the window (0–1) that belongs to both. */
export type Overlap = { readonly actId: string; readonly sharedMinutes: number; readonly share: number };

export type ActEffect = {
  readonly actId: string;
  readonly kind: EffectKind;
  /** The window: whole minutes, from that in which the act happened. */
  readonly from: number;
  readonly to: number;
  /** The word in front: that of `headline`, or `unclear` with a reason. */
  readonly word: Word;
  /** What the word speaks of: online for a lottery when it is known, else paid money. */
  readonly headline: Measure;
  readonly reasons: readonly Reason[];
  readonly overlaps: readonly Overlap[];
  /** Part of the window that belongs to any other act. */
  readonly sharedShare: number;
  /** The word for everything that was done in the window; differs from `word` only where acts overlap. */
  readonly together: Word;
  /** `null` where it can't be estimated; then `reasons` says why. */
  readonly measures: { readonly [M in Measure]: MeasureEffect | null };
};

/** A product's minutes of explaining against the show's mean: no effect, only how they were. */
export type ExplainedMinutes = {
  readonly productId: string;
  /** Whole and parts of minutes explained. */
  readonly minutes: number;
  /** Per minute explained, of everything sold in those minutes. */
  readonly paidFen: number;
  readonly orders: number;
  readonly online: number | null;
};

/** All acts of a kind that stand alone, taken together: what one act can't show, several may. */
export type KindEffect = {
  readonly kind: EffectKind;
  readonly actIds: readonly string[];
  readonly headline: Measure;
  readonly word: Word;
  /** Sums over the windows (online: mean), without `course`. */
  readonly measures: { readonly [M in Measure]: Omit<MeasureEffect, "course"> | null };
};

export type EffectsReport = {
  readonly windowMinutes: number;
  /** Minutes after a window that are not compared with either: an act fades. */
  readonly fadeMinutes: number;
  /** What there was to compare with: minutes outside of all acts, and independent windows among them. */
  readonly comparable: { readonly minutes: number; readonly windows: number };
  readonly acts: readonly ActEffect[];
  /** Kinds with at least two acts that stand alone. */
  readonly kinds: readonly KindEffect[];
  /** How many of the words 有效 (and as many 变差) chance alone would give if no act did anything. */
  readonly byChance: number;
  readonly explained: {
    readonly mean: {
      readonly minutes: number;
      readonly paidFen: number;
      readonly orders: number;
      readonly online: number | null;
    };
    readonly products: readonly ExplainedMinutes[];
  };
};
