import { expect, test } from "vitest";
import { loudest, soonMs } from "./loudness.ts";

const calm = { message: null, remainingMs: 300_000, plannedMs: 300_000, offerMs: null };

test("one thing is loud at a time: message, then time that is over, time that runs out, an offer that closes", () => {
  expect(loudest(calm)).toBe("none");
  const closing = { ...calm, offerMs: 20_000 };
  expect(loudest(closing)).toBe("offer");
  const soon = { ...closing, remainingMs: 72_000 };
  expect(loudest(soon)).toBe("soon");
  const over = { ...soon, remainingMs: -1_000 };
  expect(loudest(over)).toBe("over");
  expect(loudest({ ...over, message: "fresh" })).toBe("message");
  expect(loudest({ ...over, message: "seen" })).toBe("over");
  expect(loudest({ ...over, message: "calm" })).toBe("over");
});

test("a short cue turns amber late, a long one at 90 s", () => {
  expect(soonMs(60_000)).toBe(20_000);
  expect(soonMs(3_600_000)).toBe(90_000);
});
