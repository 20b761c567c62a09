import fc from "fast-check";
import { expect, it } from "vitest";

import { AudienceSample } from "../ops/audience.ts";
import { type Row } from "./cells.ts";
import { LIVE_FIELDS, readLiveExport } from "./live-export.ts";
import { findHeader } from "./table.ts";

const at = (text: string) => Date.parse(`${text.replace(" ", "T")}+08:00`);
const START = at("2026-11-21 20:00");

function read(rows: readonly Row[], startedAt?: number) {
  const header = findHeader(rows, LIVE_FIELDS, {});
  if (!header) throw new Error("no header");
  return readLiveExport(rows, {
    headerRow: header.row,
    mapping: header.mapping,
    ...(startedAt !== undefined && { startedAt }),
  });
}

it("reads the minutes of a show", () => {
  const live = read([
    ["示例直播间", "", ""],
    [
      "时间",
      "实时在线人数",
      "进入直播间人数",
      "离开人数",
      "点赞次数",
      "评论次数",
      "分享次数",
      "新增关注",
      "商品曝光次数",
      "商品点击次数",
    ],
    ["2026-11-21 20:00", "1,200", "300", "20", "1.2万", "45", "3", "7", "900", "120"],
    ["2026-11-21 20:01", "1,260", "80", "", "300", "12", "0", "1", "950", "130"],
  ]);
  expect(live.errors).toEqual([]);
  expect(live.samples).toEqual([
    {
      sampleId: `live-${START}`,
      at: START,
      online: 1200,
      entered: 300,
      left: 20,
      likes: 12_000,
      comments: 45,
      shares: 3,
      follows: 7,
      exposures: 900,
      clicks: 120,
    },
    {
      sampleId: `live-${START + 60_000}`,
      at: START + 60_000,
      online: 1260,
      entered: 80,
      likes: 300,
      comments: 12,
      shares: 0,
      follows: 1,
      exposures: 950,
      clicks: 130,
    },
  ]);
});

it("gives samples that the audience command takes, 场观 as the level that it is", () => {
  const live = read([
    ["时间", "在线人数", "累计观看人数", "观看次数", "商品点击次数"],
    ["2026-11-21 20:00", "10", "100", "120", "3"],
  ]);
  const [sample] = live.samples;
  expect(sample).toMatchObject({ online: 10, viewers: 100, views: 120 });
  expect(AudienceSample.safeParse({ ...sample, source: "file" }).error).toBeUndefined();
});

it("gives columns that count from the start as differences, and never below zero", () => {
  const live = read([
    ["时间", "在线人数", "累计进入直播间人数", "累计点赞数"],
    ["2026-11-21 20:00", "10", "100", "5"],
    ["2026-11-21 20:01", "12", "160", "4"],
    ["2026-11-21 20:02", "12", "160", "9"],
  ]);
  expect(live.cumulative).toEqual(["entered", "likes"]);
  expect(live.samples.map((sample) => [sample.entered, sample.likes])).toEqual([
    [100, 5],
    [60, 0],
    [0, 4],
  ]);
  expect(live.warnings).toEqual([{ row: 2, col: 3, code: "cumulative.fell", value: "4" }]);
});

it("runs past midnight on bare clock times", () => {
  const live = read(
    [
      ["时间", "在线人数"],
      ["23:59", "10"],
      ["00:00", "12"],
      ["0:01", "13"],
    ],
    at("2026-11-21 20:00"),
  );
  expect(live.samples.map((sample) => sample.at)).toEqual([
    at("2026-11-21 23:59"),
    at("2026-11-22 00:00"),
    at("2026-11-22 00:01"),
  ]);
});

const clocks = (times: readonly string[], startedAt: number) =>
  read([["时间", "在线人数"], ...times.map((time, index) => [time, String(index + 1)])], startedAt);
const instants = (live: ReturnType<typeof read>) => live.samples.map((sample) => sample.at);

it("runs past midnight newest first as well, with the same samples as oldest first", () => {
  const times = ["22:30", "23:59", "00:00", "0:01", "00:01:30", "1:10"];
  const oldestFirst = clocks(times, at("2026-11-21 22:00"));
  expect(instants(oldestFirst)).toEqual([
    at("2026-11-21 22:30"),
    at("2026-11-21 23:59"),
    at("2026-11-22 00:00"),
    at("2026-11-22 00:01"),
    at("2026-11-22 00:01:30"),
    at("2026-11-22 01:10"),
  ]);
  const newestFirst = clocks(times.toReversed(), at("2026-11-21 22:00"));
  expect(instants(newestFirst)).toEqual(instants(oldestFirst));
  expect(newestFirst.samples.map((sample) => sample.online)).toEqual([6, 5, 4, 3, 2, 1]);
});

it("runs over New Year in both directions, and over two midnights", () => {
  const night = ["23:50", "24:05", "00:20"];
  const expected = [at("2026-12-31 23:50"), at("2027-01-01 00:05"), at("2027-01-01 00:20")];
  expect(instants(clocks(night, at("2026-12-31 20:00")))).toEqual(expected);
  expect(instants(clocks(night.toReversed(), at("2026-12-31 20:00")))).toEqual(expected);
  const days = ["20:00", "04:00", "12:00", "20:01", "03:00"];
  const long = ["2026-12-31 20:00", "2027-01-01 04:00", "2027-01-01 12:00", "2027-01-01 20:01", "2027-01-02 03:00"];
  expect(instants(clocks(days, at("2026-12-31 20:00")))).toEqual(long.map(at));
  expect(instants(clocks(days.toReversed(), at("2026-12-31 20:00")))).toEqual(long.map(at));
});

it("puts the first row beside the start, on whichever side of midnight that lies", () => {
  expect(instants(clocks(["00:01", "00:02"], at("2026-11-21 23:58")))).toEqual([
    at("2026-11-22 00:01"),
    at("2026-11-22 00:02"),
  ]);
  expect(instants(clocks(["0:10", "23:50"], at("2026-11-22 00:05")))).toEqual([
    at("2026-11-21 23:50"),
    at("2026-11-22 00:10"),
  ]);
  expect(instants(clocks(["21:30"], at("2026-11-21 08:00")))).toEqual([at("2026-11-21 21:30")]);
});

it("takes a clock of twelve hours, and leaves rows that name their day on it", () => {
  expect(instants(clocks(["晚上11:59", "上午0:01"], at("2026-11-21 20:00")))).toEqual([
    at("2026-11-21 23:59"),
    at("2026-11-22 00:01"),
  ]);
  expect(instants(clocks(["2026-11-23 20:00", "00:10", "23:50"], at("2026-11-21 20:00")))).toEqual([
    at("2026-11-21 23:50"),
    at("2026-11-22 00:10"),
    at("2026-11-23 20:00"),
  ]);
});

it("finds the days of bare times in either direction, wherever the start lies and however many midnights pass", () => {
  const gaps = fc.array(fc.integer({ min: 1, max: 11 * 60 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1439 }), gaps, fc.boolean(), (offset, steps, newestFirst) => {
      const startedAt = at("2026-12-31 00:00") + offset * 60_000;
      const minutes = [0];
      for (const step of steps) minutes.push((minutes.at(-1) ?? 0) + step);
      const expected = minutes.map((minute) => startedAt + minute * 60_000);
      const times = expected.map((one) => new Date(one + 8 * 3_600_000).toISOString().slice(11, 16));
      expect(instants(clocks(newestFirst ? times.toReversed() : times, startedAt))).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});

it("gathers products under their minute", () => {
  const live = read([
    ["时间", "商品ID", "商品曝光次数", "商品点击次数"],
    ["2026-11-21 20:00", "1001", "90", "9"],
    ["2026-11-21 20:00", "1002", "80", "8"],
    ["2026-11-21 20:01", "1001", "70", "7"],
  ]);
  expect(live.samples[0]?.products).toEqual([
    { productId: "1001", exposures: 90, clicks: 9 },
    { productId: "1002", exposures: 80, clicks: 8 },
  ]);
  expect(live.samples).toHaveLength(2);
});

it("names bad cells and repeated times", () => {
  const live = read([
    ["时间", "在线人数"],
    ["2026-11-21 20:00", "很多"],
    ["2026-11-21 20:01", "5"],
    ["2026-11-21 20:01", "6"],
    ["", "7"],
    ["20:05", "8"],
  ]);
  expect(live.errors).toEqual([
    { row: 1, col: 1, code: "count.unreadable", value: "很多" },
    { row: 3, col: 0, code: "time.repeated", value: "2026-11-21 20:01" },
    { row: 4, col: 0, code: "cell.required", value: "" },
    { row: 5, col: 0, code: "time.needsDate", value: "20:05" },
  ]);
  expect(live.samples).toHaveLength(1);
});

it("differences of a growing count add up to its last value", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 40 }), (steps) => {
      let sum = 0;
      const rows = steps.map((step, index) => [
        `2026-11-21 20:${String(index).padStart(2, "0")}`,
        String((sum += step)),
      ]);
      const live = read([["时间", "累计点赞数"], ...rows]);
      expect(live.samples.reduce((all, sample) => all + (sample.likes ?? 0), 0)).toBe(sum);
    }),
  );
});
