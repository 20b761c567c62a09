import { createHash, randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import { z } from "zod";
import { WECOM_COUNTS } from "#domain/wecom-limits.ts";

/**
 * How often all nodes together ask, kept in Redis by its own clock. Shared and never relied on: while it is away every answer is null, and each node
 * counts for itself alone. Keys say nothing of corps and robots.
 */
export type SharedPace = {
  /** Counts one call of an API. */
  take(key: string, most: { readonly perMinute: number; readonly perHour: number }): Promise<SharedTake | null>;
  /** WeCom says that an API is asked too often: no node asks it for so long. */
  block(key: string, ms: number): Promise<void>;
  turnsOf(robotKey: string): RobotTurns;
};

/** `waitMs` 0: it may go and is counted. `lastHour`: the calls of all nodes. */
export type SharedTake = { readonly waitMs: number; readonly lastHour: number };

/** The turns of one robot: at most 20 in any minute, from the end of one message to the beginning of the 21st. */
export type RobotTurns = {
  /** Null: nobody knows. */
  take(): Promise<{ readonly waitMs: number; readonly turn: string } | null>;
  /** It was answered, or surely never will be. */
  ended(turn: string): Promise<void>;
  /** Nothing was sent in it. */
  giveBack(turn: string): Promise<void>;
  block(ms: number): Promise<void>;
};

const PREFIX = "kaibo:wecom:pace:";
const MINUTE_MS = 60_000;
/** Longer than a message may be under way: a node that died in the middle takes its turn as if it had been sent. */
const UNDER_WAY_MS = 15_000;
/** A Redis that was silent is not asked again for so long, so that it does not slow every call. */
const AWAY_MS = 5_000;

/** `now`: for tests; otherwise Redis' own clock, one for all nodes. */
export function redisPace(redis: Redis, now?: () => number): SharedPace {
  let awayUntil = 0;
  async function run<T>(script: string, key: string, args: readonly (string | number)[], answer: z.ZodType<T>) {
    if (Date.now() < awayUntil) return null;
    try {
      const said = await redis.eval(script, 1, PREFIX + key, now ? now() : "", ...args);
      return answer.parse(said);
    } catch (error) {
      if (error instanceof z.ZodError) throw error;
      awayUntil = Date.now() + AWAY_MS;
      return null;
    }
  }
  return {
    async take(key, { perMinute, perHour }) {
      const said = await run(TAKE, named("api", key), [perMinute, perHour], z.tuple([z.number(), z.number()]));
      return said && { waitMs: said[0], lastHour: said[1] };
    },
    async block(key, ms) {
      await run(BLOCK, named("api", key), [ms], z.unknown());
    },
    turnsOf(robotKey) {
      const key = named("robot", robotKey);
      return {
        async take() {
          const turn = randomUUID();
          const args = [turn, WECOM_COUNTS.robotPerMinute, MINUTE_MS, UNDER_WAY_MS];
          const waitMs = await run(TURN, key, args, z.number());
          return waitMs === null ? null : { waitMs, turn };
        },
        async ended(turn) {
          await run(ENDED, key, [turn], z.unknown());
        },
        async giveBack(turn) {
          await run(GIVE_BACK, key, [turn], z.unknown());
        },
        async block(ms) {
          await run(BLOCK_ROBOT, key, [ms, turnsLifeMs(ms)], z.unknown());
        },
      };
    },
  };
}

const named = (kind: string, key: string) => `${kind}:${createHash("sha256").update(key).digest("base64url")}`;
const turnsLifeMs = (blockMs: number) => Math.max(blockMs, MINUTE_MS + UNDER_WAY_MS);

const NOW = `
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
`;

/**
 * The same count as SlidingCount's, in a hash: a slot of the ring says which one it is and how many, so that a ring which was not turned for hours holds
 * nothing of then. 74 fields for each API, gone an hour after its last call.
 */
const TAKE = `${NOW}
local blocked = tonumber(redis.call('HGET', KEYS[1], 'blocked') or '0')
local wait, last = math.max(0, blocked - now), 0
local marks = {}
for _, rule in ipairs({ { 'm', 5000, 12, tonumber(ARGV[2]) }, { 'h', 60000, 60, tonumber(ARGV[3]) } }) do
  local name, ms, slots, most = rule[1], rule[2], rule[3], rule[4]
  local slot = math.floor(now / ms)
  local fields = {}
  for at = 0, slots do fields[at + 1] = name .. at end
  local counts, total = {}, 0
  for _, held in ipairs(redis.call('HMGET', KEYS[1], unpack(fields))) do
    local of, count = string.match(held or '', '^(%d+) (%d+)$')
    of = tonumber(of)
    if of and of <= slot and slot - of <= slots then
      counts[of] = tonumber(count)
      total = total + tonumber(count)
    end
  end
  local left, turns = total, 0
  while left >= most and turns < slots + 1 do
    turns = turns + 1
    left = left - (counts[slot - slots - 1 + turns] or 0)
  end
  if turns > 0 then wait = math.max(wait, (slot + turns) * ms - now) end
  last = total
  marks[#marks + 1] = name .. (slot % (slots + 1))
  marks[#marks + 1] = slot .. ' ' .. ((counts[slot] or 0) + 1)
end
if wait == 0 then
  redis.call('HSET', KEYS[1], unpack(marks))
  redis.call('PEXPIRE', KEYS[1], 3700000)
end
return { wait, last }
`;

const BLOCK = `${NOW}
local blocked = tonumber(redis.call('HGET', KEYS[1], 'blocked') or '0')
redis.call('HSET', KEYS[1], 'blocked', math.max(blocked, now + tonumber(ARGV[2])))
redis.call('PEXPIRE', KEYS[1], 3700000)
return 0
`;

/** Turns by when they ended; what is under way stands at the latest it can end. The block is a turn that nobody took. */
const TURN = `${NOW}
local turn, most, window, under = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local blocked = tonumber(redis.call('ZSCORE', KEYS[1], 'blocked') or '0')
if now < blocked then return blocked - now end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)
redis.call('ZREM', KEYS[1], 'blocked')
if redis.call('ZCARD', KEYS[1]) >= most then
  local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
  return math.max(1, tonumber(first[2]) + window - now)
end
redis.call('ZADD', KEYS[1], now + under, turn)
redis.call('PEXPIRE', KEYS[1], window + under)
return 0
`;

const ENDED = `${NOW}
return redis.call('ZADD', KEYS[1], 'XX', now, ARGV[2])
`;

const GIVE_BACK = `
return redis.call('ZREM', KEYS[1], ARGV[2])
`;

const BLOCK_ROBOT = `${NOW}
redis.call('ZADD', KEYS[1], now + tonumber(ARGV[2]), 'blocked')
redis.call('PEXPIRE', KEYS[1], tonumber(ARGV[3]))
return 0
`;
