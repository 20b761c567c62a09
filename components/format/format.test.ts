import { expect, test } from "vitest";
import { percent, yuan, yuanExact, yuanRange, yuanRound, yuanShort } from "./money.ts";
import { clockSeconds, day, dayTime, duration, durationFixed, showTime } from "./time.ts";

test("shares keep their decimals as long as those say something", () => {
  expect(percent(0.0291, 2)).toBe("2.91%");
  expect(percent(1.1567)).toBe("115.7%");
  expect(percent(2_310)).toBe("231,000%");
});

test("amounts read as the trade writes them, to the fen", () => {
  expect(yuan(84_623_150)).toBe("¥846,231.50");
  expect(yuan(39_900)).toBe("¥399");
  expect(yuan(-5)).toBe("−¥0.05");
  expect(yuanExact(39_900)).toBe("¥399.00");
  expect(yuanRange(9_900, 12_950)).toBe("¥99–129.50");
  expect(yuanRange(9_900, 9_900)).toBe("¥99");
  expect(yuanRound(-10)).toBe("¥0");
  expect(yuanShort(84_623_150, "zh-CN")).toBe("¥84.6 万");
  expect(yuanShort(84_623_150, "en")).toBe("¥846.2k");
  expect(yuanShort(999_900, "zh-CN")).toBe("¥9,999");
});

test("times are Asia/Shanghai whatever the machine's zone is", () => {
  const at = Date.UTC(2026, 10, 21, 16, 5, 9);
  expect(clockSeconds(at)).toBe("00:05:09");
  expect(day(at)).toBe("2026-11-22");
  expect(dayTime(at)).toBe("11-22 00:05");
  expect(clockSeconds(at, "UTC")).toBe("16:05:09");
});

test("durations keep their sign and width", () => {
  expect(duration(-72_000)).toBe("−1:12");
  expect(duration(5_076_000)).toBe("1:24:36");
  expect(duration(-400)).toBe("0:00");
  expect(durationFixed(5_076_000)).toBe("01:24:36");
});

test("time of a show counts from its start, below zero before it", () => {
  expect(showTime(250_900)).toBe("00:04:10");
  expect(showTime(0)).toBe("00:00:00");
  expect(showTime(-30_000)).toBe("−00:00:30");
});
