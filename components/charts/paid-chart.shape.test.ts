import { expect, test } from "vitest";
import { paidPoints, placeMarks } from "./paid-chart.shape.ts";

const MINUTE = 60_000;
const row = (minute: number, paidFen: number) =>
  [String(minute * MINUTE), { at: minute * MINUTE, paidFen, privateFen: paidFen / 4, publicFen: paidFen / 2 }] as const;

test("whole minutes from the start on, empty ones at 0, the running one left out", () => {
  const points = paidPoints(new Map([row(10, 400), row(12, 800), row(13, 999)]), 10.5 * MINUTE, 13.5 * MINUTE);
  expect(points.map(({ at }) => at / MINUTE)).toEqual([10, 11, 12]);
  expect(points[0]).toMatchObject({ private: 100, public: 200, unknown: 100 });
  expect(points[1]).toMatchObject({ private: 0, public: 0, unknown: 0 });
});

test("a long show is drawn in steps of minutes, per minute all the same", () => {
  const minutes = new Map(Array.from({ length: 720 }, (_, minute) => row(minute, 400)));
  const points = paidPoints(minutes, 0, 720 * MINUTE);
  expect(points.length).toBeLessThanOrEqual(180);
  expect(points.every((point) => point.private === 100)).toBe(true);
});

test("of two acts close together the later one keeps its words", () => {
  const marks = [10, 11, 50].map((at) => ({ at, text: String(at), tone: "explain" as const }));
  expect(placeMarks(marks, 0, 100).map(({ bare }) => bare)).toEqual([true, false, false]);
});
