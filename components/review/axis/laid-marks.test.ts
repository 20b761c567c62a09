import { expect, test } from "vitest";
import type { ReviewAct } from "../act-steps.ts";
import { BADGE_PX, heaviest, laidMarks } from "./laid-marks.ts";

const KINDS = ["coupon", "lottery", "explain", "shelf", "marker"] as const;
const MINUTE_MS = 60_000;
const acts = Array.from({ length: 60 }, (_, index): ReviewAct => ({
  id: `act:${index}`,
  at: (1 + index * 3) * MINUTE_MS,
  kind: KINDS[index % KINDS.length] ?? "explain",
  tone: "plain",
  text: `推券 满 ${100 + index} 减 ${10 + index}`,
}));
const window = { from: 0, to: 180 * MINUTE_MS };

for (const widthPx of [358, 1_408, 1_888]) {
  test(`each of sixty acts of three hours is on an axis of ${widthPx} px once, with words or in a badge`, () => {
    const laid = laidMarks(acts, { window, widthPx });
    const found = laid.flatMap((mark) => (mark.kind === "label" ? [mark.act] : mark.acts));
    expect(found.map(({ id }) => id).toSorted()).toEqual(acts.map(({ id }) => id).toSorted());
    const badges = laid.filter(({ kind }) => kind === "badge").map(({ left }) => left);
    for (const [index, left] of badges.entries()) {
      expect(left).toBeGreaterThanOrEqual(BADGE_PX / 2);
      expect(left).toBeLessThanOrEqual(widthPx - BADGE_PX / 2);
      if (index > 0) expect(left - (badges[index - 1] ?? 0)).toBeGreaterThanOrEqual(BADGE_PX);
    }
  });
}

test("a badge looks like the act that may have moved the show most", () => {
  const [coupon, , explain] = acts;
  if (!coupon || !explain) throw new Error("no acts");
  expect(heaviest([explain, coupon])).toBe(coupon);
});
