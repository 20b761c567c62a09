import { execFileSync } from "node:child_process";
import path from "node:path";
import { z } from "zod";
import { inheritedEnv } from "#server/env.ts";
import type { Bench, Measure } from "./bench.ts";

const Once = z.object({
  signups: z.int(),
  inviters: z.int(),
  signupUs: z.number(),
  ours: z.object({ p50: z.number(), p99: z.number(), worst: z.number() }),
  wholeP99: z.number(),
  redis: z.object({ p50: z.number(), p99: z.number(), worst: z.number() }),
  memoryMb: z.number(),
  switchMs: z.number(),
  snapshot: z.object({ bytes: z.number(), decodeMs: z.number(), longestMs: z.number() }),
  agreed: z.int(),
});

/** The invite leaderboard of a million sign-ups: rank of anybody and top 100 after each change, beside a sorted set of Redis with the same data. */
export const leaderboard: Bench = {
  name: "leaderboard",
  async run(say) {
    const file = path.join(import.meta.dirname, "leaderboard-once.ts");
    const line = execFileSync(process.execPath, ["--expose-gc", "--max-old-space-size=4096", file], {
      encoding: "utf8",
      env: { ...inheritedEnv(), NODE_ENV: "production" },
    });
    const once = Once.parse(JSON.parse(line));
    say(
      `${once.signups} sign-ups of ${once.inviters} inviters, ${once.signupUs.toFixed(1)} µs each to decide and fold`,
    );
    say(`rank and top 100 agreed with Redis ${once.agreed} times`);
    say(
      `p50 ${(once.ours.p50 * 1_000).toFixed(1)} µs, worst ${once.ours.worst.toFixed(2)} ms; Redis ${(once.redis.p50 * 1_000).toFixed(1)} µs, ${once.redis.worst.toFixed(2)} ms`,
    );
    const measure = (name: string, value: number, unit: string, more: Partial<Measure> = {}): Measure => ({
      name: `leaderboard.${name}`,
      value,
      unit,
      baseline: null,
      goal: null,
      ...more,
    });
    return [
      measure("rankAndTop.p99", once.ours.p99, "ms", { baseline: once.redis.p99, goal: { kind: "atMost", value: 1 } }),
      measure("signUpToRank.p99", once.wholeP99, "ms", { goal: { kind: "atMost", value: 1 } }),
      measure("memory", once.memoryMb, "MB", { goal: { kind: "atMost", value: 600 } }),
      measure("switchMetric", once.switchMs, "ms"),
      measure("snapshot.block", once.snapshot.longestMs, "ms"),
      measure("snapshot.size", once.snapshot.bytes / 2 ** 20, "MB"),
    ];
  },
};
