import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { sharedAnswers } from "./shared-answers.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "performance"] }));
afterEach(() => void vi.useRealTimers());

it("makes what is dear once for all, and again after ten times as long as it took", async () => {
  const share = sharedAnswers<number>(10);
  let made = 0;
  const make = async () => {
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    return (made += 1);
  };
  const both = [share("a", make), share("a", make)];
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await Promise.all(both)).toEqual([1, 1]);
  await vi.advanceTimersByTimeAsync(19_000);
  expect(await share("a", make)).toBe(1);
  await vi.advanceTimersByTimeAsync(1_001);
  const later = share("a", make);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await later).toBe(2);
});

it("holds no failure, and nothing that was made at once", async () => {
  const share = sharedAnswers<number>(10);
  await expect(share("a", () => Promise.reject(new Error("away")))).rejects.toThrow("away");
  await vi.advanceTimersByTimeAsync(1);
  expect(await share("a", () => Promise.resolve(1))).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(await share("a", () => Promise.resolve(2))).toBe(2);
});
