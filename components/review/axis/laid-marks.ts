import { clustered, placeLabels } from "../../charts/mark-places.shape.ts";
import { labelWidth, shortLabel } from "../../charts/minute-series.shape.ts";
import { shareOf, type AxisWindow } from "../../charts/time-axis.shape.ts";
import type { ReviewAct } from "../act-steps.ts";
import { LABEL_ROWS } from "./axis-sizes.ts";

/** Which acts get words on the axis, which a sign alone, and which share a badge. Pure. */

const SHAPE_PX = 14;
/** As wide as a finger or a pointer wants it, and as far as badges stand apart. */
export const BADGE_PX = 24;
/** Where there is not room for all labels: what may have moved the show before what just went on. */
const WEIGHTS: { readonly [K in ReviewAct["kind"]]: number } = {
  marker: 6,
  coupon: 5,
  lottery: 5,
  push: 5,
  show: 4,
  beat: 4,
  explain: 3,
  shelf: 2,
  cue: 1,
};

export type LaidMark = { readonly left: number } & (
  | { readonly kind: "label"; readonly act: ReviewAct; readonly row: number; readonly text: string }
  | {
      readonly kind: "badge";
      readonly acts: readonly [ReviewAct, ...ReviewAct[]];
      /** Where the lines of its acts stand. */
      readonly lines: readonly number[];
    }
);

export type LaidAxis = { readonly window: AxisWindow; readonly widthPx: number };

/** From left to right. `acts` in order. */
export function laidMarks(acts: readonly ReviewAct[], { window, widthPx }: LaidAxis): readonly LaidMark[] {
  const visible = acts
    .map((act) => ({ act, left: shareOf(window, act.at) * widthPx, text: shortLabel(act.text) }))
    .filter(({ left }) => left >= -1 && left <= widthPx + 1);
  const rows = placeLabels(
    visible.map(({ act, left, text }) => ({ left, width: labelWidth(text) + SHAPE_PX, weight: WEIGHTS[act.kind] })),
    { rows: LABEL_ROWS, widthPx },
  );
  const labels = visible.flatMap((mark, index): LaidMark[] => {
    const row = rows[index] ?? null;
    return row === null ? [] : [{ ...mark, kind: "label", row }];
  });
  const half = BADGE_PX / 2;
  const wordless = visible
    .filter((_, index) => rows[index] == null)
    .map((mark) => ({ ...mark, place: Math.min(Math.max(mark.left, half), widthPx - half) }));
  const badges = clustered(wordless, BADGE_PX).map(({ place, marks: [first, ...more] }): LaidMark => ({
    kind: "badge",
    left: place,
    acts: [first.act, ...more.map(({ act }) => act)],
    lines: [first, ...more].map(({ left }) => left),
  }));
  return [...labels, ...badges].toSorted((a, b) => a.left - b.left);
}

/** Of acts that share a badge, the one that says most: its colour and shape are the badge's. */
export const heaviest = (acts: readonly [ReviewAct, ...ReviewAct[]]): ReviewAct =>
  acts.reduce((most, act) => (WEIGHTS[act.kind] > WEIGHTS[most.kind] ? act : most));
