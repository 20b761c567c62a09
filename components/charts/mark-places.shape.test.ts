import { expect, test } from "vitest";
import { clustered, placeLabels } from "./mark-places.shape.ts";

const mark = (left: number, weight: number, width = 50) => ({ left, width, weight });

test("of labels that would lie on each other the heavier stand; the rest get none", () => {
  expect(placeLabels([mark(0, 1), mark(10, 3), mark(20, 2), mark(70, 1)], { rows: 2, widthPx: 120 })).toEqual([
    null,
    0,
    1,
    0,
  ]);
  expect(placeLabels([mark(100, 1)], { rows: 2, widthPx: 120 })).toEqual([null]);
});

test("no line runs through a label below it", () => {
  // The second row is free, but the first label's line stands in its middle.
  expect(placeLabels([mark(0, 1, 80), mark(40, 2)], { rows: 2, widthPx: 200 })).toEqual([null, 0]);
  // And a later line finds no way down through what stands there.
  expect(placeLabels([mark(0, 3), mark(10, 2, 100), mark(60, 1)], { rows: 2, widthPx: 200 })).toEqual([0, 1, null]);
});

test("sixty marks on a phone are badges that never lie on each other, and none is lost", () => {
  const marks = Array.from({ length: 60 }, (_, index) => ({ place: 12 + (index * 337) / 59 }));
  const groups = clustered(marks, 24);
  expect(groups.flatMap(({ marks: inside }) => inside)).toEqual(marks);
  for (const [index, { place }] of groups.entries()) {
    if (index > 0) expect(place - (groups[index - 1]?.place ?? 0)).toBeGreaterThanOrEqual(24);
  }
});

test("marks of one instant are one badge, marks far apart stand alone", () => {
  expect(clustered([{ place: 5 }, { place: 5 }, { place: 40 }], 24).map(({ marks }) => marks.length)).toEqual([2, 1]);
});
