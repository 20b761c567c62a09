import { expect, test } from "vitest";
import {
  axisEnd,
  axisTop,
  everyMinute,
  MINUTE_MS,
  placeMarkers,
  shortLabel,
  timeTicks,
} from "./minute-series.shape.ts";

const at = (minute: number) => minute * MINUTE_MS;

test("a minute without a row is nothing for sums and a gap for samples", () => {
  const rows = new Map([[at(1), { paid: 500, online: 12 }]]);
  expect(everyMinute(rows, ["paid"], { from: at(0), to: at(2) + 1, fill: 0 })).toEqual([
    { at: at(0), paid: 0 },
    { at: at(1), paid: 500 },
    { at: at(2), paid: 0 },
  ]);
  expect(everyMinute(rows, ["online"], { from: at(0), to: at(1), fill: null }).map(({ online }) => online)).toEqual([
    null,
    12,
  ]);
});

test("time labels are round and few", () => {
  const ticks = timeTicks(at(3), at(243));
  expect(ticks.length).toBeLessThanOrEqual(6);
  expect(ticks.every((tick) => tick % at(60) === 0)).toBe(true);
});

test("the axis of time reaches to the last act, though its minute has no point yet", () => {
  const act = (when: number) => ({ at: when, label: "讲解 3 号", tone: "plain" as const });
  const points = [{ at: at(1) }, { at: at(2) }];
  expect(axisEnd(points, [act(at(1) + 5), act(at(3) + 7), act(at(3))])).toBe(at(3) + 7);
  expect(axisEnd(points, [act(at(2) + 5), act(at(90))])).toBe(at(2) + 5);
  expect(axisEnd(points, [act(at(1) + 5)])).toBe(at(2));
  expect(axisEnd(points, [])).toBe(at(2));
});

test("the axis ends at 1, 2 or 5 times a power of ten", () => {
  expect(axisTop([0, null])).toBe(1);
  expect(axisTop([101])).toBe(200);
  expect(axisTop([4_300])).toBe(5_000);
  expect(axisTop([5_001])).toBe(10_000);
});

test("labels never lie on each other: they go a row down or are left out", () => {
  const marker = (px: number) => ({ at: px, label: "推券", tone: "wait" as const });
  const placed = placeMarkers([marker(0), marker(10), marker(20), marker(100)], { from: 0, pxPerMs: 1, widthPx: 500 });
  expect(placed.map(({ row }) => row)).toEqual([0, 1, null, 0]);
});

test("a label that the plot's end would cut stands left of its line, and not on the one before", () => {
  const long = { label: "群内抽奖 · 羊毛围巾", tone: "wait" as const };
  const placed = placeMarkers(
    [
      { ...long, at: 40 },
      { ...long, at: 190 },
      { ...long, at: 195 },
    ],
    {
      from: 0,
      pxPerMs: 1,
      widthPx: 200,
    },
  );
  expect(placed.map(({ side, row }) => [side, row])).toEqual([
    ["right", 0],
    ["left", 1],
    ["left", null],
  ]);
});

test("long labels are shortened by whole letters, Latin ones after twice as many", () => {
  expect(shortLabel("讲解 3 号")).toBe("讲解 3 号");
  expect(shortLabel("开 群内抽奖 · 羊毛围巾三份")).toBe("开 群内抽奖 · 羊毛围巾…");
  expect(shortLabel("Explain Link 128")).toBe("Explain Link 128");
  expect(shortLabel("Link 12 on sale ¥399–1,299")).toBe("Link 12 on sale ¥399–1…");
});
