import { expect, test } from "vitest";
import { createClock } from "./clock.ts";

test("the offset comes from the quickest round trip, however late a slow one arrives", () => {
  const clock = createClock();
  expect(clock.add({ sentAt: 1_000, receivedAt: 1_400, serverNow: 6_390 })).toBe(5_190);
  expect(clock.add({ sentAt: 2_000, receivedAt: 2_010, serverNow: 7_005 })).toBe(5_000);
  expect(clock.add({ sentAt: 3_000, receivedAt: 3_900, serverNow: 8_100 })).toBe(5_000);
});

test("a sample older than ten minutes no longer counts", () => {
  const clock = createClock();
  clock.add({ sentAt: 0, receivedAt: 2, serverNow: 101 });
  expect(clock.add({ sentAt: 700_000, receivedAt: 700_100, serverNow: 700_250 })).toBe(200);
});
