import { expect, test } from "vitest";
import { startTime } from "./start-time.ts";
import { chinese } from "./viewer-strings.ts";

const at = (text: string) => Date.parse(`2026-11-${text}+08:00`);

test("a show's start is said as people say it, by Beijing's calendar wherever the phone is", () => {
  const said = (start: string, now: string) => startTime(at(start), at(now), chinese);
  expect(said("22T20:00:00", "22T00:10:00")).toBe("今晚 20:00");
  expect(said("22T09:30:00", "22T08:00:00")).toBe("今天 09:30");
  expect(said("22T20:00:00", "21T23:59:00")).toBe("明天 20:00");
  expect(said("22T00:30:00", "21T12:00:00")).toBe("明天 00:30");
  expect(said("22T20:00:00", "20T12:00:00")).toBe("11-22 20:00");
});
