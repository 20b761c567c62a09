import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { parseDuration, parseWhen } from "./time.ts";

const value = (parsed: { ok: boolean }) => ("value" in parsed ? parsed.value : "code" in parsed ? parsed.code : null);
const shanghai = (text: string) => Date.parse(`${text}+08:00`);
const base = shanghai("2026-11-21T19:00:00");

describe("moments", () => {
  it.each([
    ["2026/11/21 20:03:11", "2026-11-21T20:03:11"],
    ["2026/1/2 8:3", "2026-01-02T08:03:00"],
    ["2026-11-21 20:03", "2026-11-21T20:03:00"],
    ["2026-11-21T20:03:11.500", "2026-11-21T20:03:11.500"],
    ["2026年11月21日 20时03分11秒", "2026-11-21T20:03:11"],
    ["2026年11月21日 (周六) 下午8:03", "2026-11-21T20:03:00"],
    ["20261121 20:03:11", "2026-11-21T20:03:11"],
    ["20261121", "2026-11-21T00:00:00"],
    ["11/21/2026 8:03:11 PM", "2026-11-21T20:03:11"],
    ["11月21日 20:30", "2026-11-21T20:30:00"],
    ["20:30", "2026-11-21T20:30:00"],
    ["晚上8点30分", "2026-11-21T20:30:00"],
    ["24:30", "2026-11-22T00:30:00"],
    ["46347.8355439815", "2026-11-21T20:03:11"],
    [" '2026-11-21 20:03:11", "2026-11-21T20:03:11"],
    ["２０２６-１１-２１　２０：０３", "2026-11-21T20:03:00"],
    ["\t2026-02-28 23:59:59\t", "2026-02-28T23:59:59"],
  ])("%s", (cell, expected) => {
    expect(value(parseWhen(cell, base))).toBe(shanghai(expected));
  });

  it("takes a written zone and unix times as they are", () => {
    expect(value(parseWhen("2026-11-21T12:03:11Z"))).toBe(shanghai("2026-11-21T20:03:11"));
    expect(value(parseWhen("2026-11-21 14:03:11+0200"))).toBe(shanghai("2026-11-21T20:03:11"));
    expect(value(parseWhen(String(base)))).toBe(base);
    expect(value(parseWhen(String(base / 1000)))).toBe(base);
  });

  it.each([
    ["20:30", "time.needsDate"],
    ["11-21 20:30", "time.needsDate"],
    ["3/4/2026", "time.ambiguous"],
    ["2026-02-30", "time.unreadable"],
    ["2026-11-21 25:00", "time.unreadable"],
    ["待定", "time.unreadable"],
    ["", "cell.required"],
  ])("refuses %s without guessing", (cell, code) => {
    expect(value(parseWhen(cell))).toBe(code);
  });

  it.each([
    ["01-01 00:10", "2026-12-31T20:00:00", "2027-01-01T00:10:00"],
    ["1月2日 8:00", "2026-12-31T20:00:00", "2027-01-02T08:00:00"],
    ["12-31 23:50", "2027-01-01T00:30:00", "2026-12-31T23:50:00"],
    ["02-29 20:00", "2028-01-10T20:00:00", "2028-02-29T20:00:00"],
    ["08-01 20:00", "2026-12-31T20:00:00", "2026-08-01T20:00:00"],
  ])("%s without a year is the day nearest to the show, also over New Year (seen from %s)", (cell, seen, expected) => {
    expect(value(parseWhen(cell, shanghai(seen)))).toBe(shanghai(expected));
  });

  it("agrees with the platform's calendar for every second", () => {
    fc.assert(
      fc.property(fc.integer({ min: 946_684_800, max: 4_102_000_000 }), (seconds) => {
        const wall = new Date(seconds * 1000 + 8 * 3_600_000).toISOString().slice(0, 19);
        expect(value(parseWhen(wall))).toBe(seconds * 1000);
        expect(value(parseWhen(wall.replace("T", " ").replaceAll("-", "/")))).toBe(seconds * 1000);
      }),
    );
  });
});

describe("lengths of time", () => {
  it.each([
    ["8分", 480_000],
    ["8分钟", 480_000],
    ["8:00", 480_000],
    ["8min", 480_000],
    ["480s", 480_000],
    ["8", 480_000],
    ["8分半", 510_000],
    ["8分30秒", 510_000],
    ["1小时20分", 4_800_000],
    ["1:20:00", 4_800_000],
    ["1.5h", 5_400_000],
    ["约8分钟", 480_000],
    ["一会儿", "duration.unreadable"],
    ["8:75", "duration.unreadable"],
  ])("%s", (cell, expected) => {
    expect(value(parseDuration(cell))).toBe(expected);
  });
});
