import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import type { Owed } from "#domain/push/owed.ts";
import { ShowPushes } from "./show-pushes.ts";

const piece = (key: string, notBefore = 0): Owed => ({
  key,
  pushId: "p1",
  notBefore,
  kind: "poll",
  taskId: key,
  corpId: "c1",
  msgid: "m1",
});

function show(owed: () => readonly Owed[], work: (owed: Owed) => Promise<void>) {
  const onError = vi.fn<(error: unknown, owed: Owed | null) => void>();
  const onGone = vi.fn<() => void>();
  const pushes = new ShowPushes({
    look: async () => owed(),
    work,
    wall: Date.now,
    isGone: (error) => error instanceof RangeError,
    onGone,
    onError,
  });
  return { pushes, onError, onGone };
}

describe("ShowPushes", () => {
  it("begins a piece once however often it is touched while somebody is at it", async () => {
    let owed = [piece("a")];
    let begun = 0;
    const { promise: finished, resolve: finish } = Promise.withResolvers<void>();
    const { pushes } = show(
      () => owed,
      async () => {
        begun += 1;
        await finished;
        owed = [];
      },
    );
    for (let times = 0; times < 5; times += 1) {
      pushes.touch();
      await sleep(2);
    }
    finish();
    await pushes.stop();
    expect(begun).toBe(1);
  });

  it("waits until a piece falls due", async () => {
    const due = Date.now() + 60;
    let owed = [piece("a", due)];
    const at: number[] = [];
    const { pushes } = show(
      () => owed,
      async () => {
        at.push(Date.now());
        owed = [];
      },
    );
    pushes.touch();
    await expect.poll(() => at).toHaveLength(1);
    expect(at[0]).toBeGreaterThanOrEqual(due);
    await pushes.stop();
  });

  it("tries what failed again, later and later, and goes on with the rest", async () => {
    vi.useFakeTimers();
    try {
      const done: string[] = [];
      let owed = [piece("bad"), piece("good")];
      const { pushes, onError } = show(
        () => owed,
        async ({ key }) => {
          if (key === "bad") throw new Error("away");
          done.push(key);
          owed = owed.filter((other) => other.key !== key);
        },
      );
      pushes.touch();
      await vi.advanceTimersByTimeAsync(999);
      expect(done).toEqual(["good"]);
      expect(onError).toHaveBeenCalledTimes(1);
      await vi.advanceTimersByTimeAsync(1);
      expect(onError).toHaveBeenCalledTimes(2);
      await pushes.stop();
    } finally {
      vi.useRealTimers();
    }
  });

  it("pauses twice as long after each failure, up to a minute", async () => {
    vi.useFakeTimers();
    try {
      const tried: number[] = [];
      const { pushes } = show(
        () => [piece("a")],
        async () => {
          tried.push(Date.now());
          throw new Error("away");
        },
      );
      pushes.touch();
      await vi.advanceTimersByTimeAsync(200_000);
      const pauses = tried.slice(1).map((at, index) => Math.round((at - (tried[index] ?? 0)) / 1_000));
      expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
      await pushes.stop();
    } finally {
      vi.useRealTimers();
    }
  });

  it("never works on more than eight pieces at a time, and on all in the end", async () => {
    let owed = Array.from({ length: 30 }, (_, n) => piece(`k${n}`));
    let running = 0;
    let most = 0;
    const { pushes } = show(
      () => owed,
      async ({ key }) => {
        running += 1;
        most = Math.max(most, running);
        await sleep(3);
        running -= 1;
        owed = owed.filter((other) => other.key !== key);
      },
    );
    pushes.touch();
    await expect.poll(() => owed).toEqual([]);
    expect(most).toBe(8);
    await pushes.stop();
  });

  it("lets go of a show that another node has", async () => {
    const { pushes, onGone, onError } = show(
      () => [piece("a")],
      async () => {
        throw new RangeError("not the owner");
      },
    );
    pushes.touch();
    await expect.poll(() => onGone.mock.calls).toHaveLength(1);
    expect(onError).not.toHaveBeenCalled();
    await pushes.stop();
  });
});
