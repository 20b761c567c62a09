import "#server/lib/no-pretenuring.ts";
import { randomBytes } from "node:crypto";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Redis } from "ioredis";
import { engine } from "#domain/ops/index.ts";
import type { Ctx, StateOf } from "#domain/op.ts";
import type { leaderboard } from "#domain/ops/leaderboard.ts";
import { instant } from "#domain/units.ts";
import { bookOf } from "#domain/warmup/board.ts";
import { countOf, rankOf, reachedOf, topOf } from "#domain/warmup/ranking.ts";
import { decodeFold, encodeFold } from "#server/live/fold-codec.ts";
import { Fold } from "#server/live/fold.ts";
import { startRedis } from "#tests/support/redis.ts";

/**
 * One measurement of the `leaderboard` bench, in a process of its own for its memory's sake: a million sign-ups by the real rules, then single sign-ups, each
 * followed by a rank of anybody and the first hundred, here and in Redis. Prints one line of JSON.
 */

const SIGNUPS = 1_000_000;
const INVITERS = 200_000;
const PROBES = 20_000;
const REDIS_PROBES = 5_000;
const TOP = 100;
/** How often screens are told while people sign up by the thousand. */
const TELL_EVERY = 2_000;
const START = Date.UTC(2026, 10, 1);
const BOARD = "board";

const fold = new Fold(engine);
const { state } = fold;
let count = 0;
let clock = START;
let seed = 20_261_122;
const draw = () => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;

function send(type: string, input: unknown, by: string): unknown {
  const id = `c${(count += 1)}`;
  const ctx: Ctx = {
    now: instant(clock),
    realNow: instant(clock),
    by,
    commandId: id,
    newId: () => id,
    randomBytes: (size) => randomBytes(size),
    seal: () => "",
    open: () => new Uint8Array(0),
  };
  const parsed = engine.parse({ id, type, input });
  if (!("parsed" in parsed)) throw new Error(JSON.stringify(parsed));
  const { answer } = engine.execute(state, parsed.parsed, ctx);
  if (answer.status !== "ok") throw new Error(`${type} ${JSON.stringify(answer)}`);
  return answer.result;
}

const codes: string[] = [];
const newTo = { show: true, room: true, company: true };

/** The n-th sign-up. Inviters come first; then everyone of them brings one, and from then on few bring many. */
function signUp(n: number): void {
  clock += 50;
  const personId = `v_${String(n).padStart(16, "0")}`;
  const inviter = n < INVITERS ? null : n < 2 * INVITERS ? n - INVITERS : Math.floor(INVITERS * draw() ** 4);
  const touch = inviter === null ? null : { inviterCode: codes[inviter], at: clock };
  const result = send("signup.signUp", { facts: { touch, newTo, suspicions: [] } }, `person:${personId}`);
  if (n < INVITERS) codes.push(String(Object(result).code));
}

const boardNow = () => state.slices["leaderboard"] as StateOf<typeof leaderboard>;
const rankingNow = () => bookOf(boardNow()).ranking;
const memory = () => {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};
const sorted = (took: readonly number[]) => {
  const inOrder = took.toSorted((a, b) => a - b);
  const at = (share: number) => inOrder[Math.floor(inOrder.length * share)] ?? 0;
  return { p50: at(0.5), p99: at(0.99), worst: inOrder.at(-1) ?? 0 };
};

const plan = { title: "示例场次", plannedStartAt: START + 86_400_000 * 30, plannedEndAt: START + 86_400_000 * 31 };
send("session.create", { sessionId: "s1", roomId: "r1", ...plan }, "staff:ann");
const empty = memory();
const startedAt = performance.now();
for (let n = 0; n < SIGNUPS; n += 1) {
  signUp(n);
  if (n % TELL_EVERY === 0) send("leaderboard.tell", {}, "system");
}
const signupUs = ((performance.now() - startedAt) * 1_000) / SIGNUPS;
codes.length = INVITERS;
const memoryMb = (memory() - empty) / 2 ** 20;

const whole: number[] = [];
const ours: number[] = [];
let looked = 0;
for (let probe = 0; probe < PROBES; probe += 1) {
  const before = performance.now();
  signUp(SIGNUPS + probe);
  const changed = performance.now();
  const rank = rankOf(rankingNow(), 1 + Math.floor(INVITERS * draw()));
  looked += topOf(rankingNow(), TOP).length + (rank ?? 0);
  const after = performance.now();
  ours.push(after - changed);
  whole.push(after - before);
  if (probe % 100 === 0) await nextTurn();
}
if (looked === 0) throw new Error("nobody stands on the board");

const redisServer = await startRedis();
const redis = new Redis(redisServer.url);
/** Of the same count whoever got there first: the seq takes from the score less than one count adds. */
const scoreOf = (n: number) => countOf(rankingNow(), n) * 2 ** 31 + (2 ** 31 - reachedOf(rankingNow(), n));
const all = topOf(rankingNow(), SIGNUPS);
for (let from = 0; from < all.length; from += 5_000) {
  await redis.zadd(BOARD, ...all.slice(from, from + 5_000).flatMap((n) => [scoreOf(n), String(n)]));
}
const theirs: number[] = [];
let agreed = 0;
for (let probe = 0; probe < REDIS_PROBES; probe += 1) {
  const last = SIGNUPS + PROBES + probe;
  signUp(last);
  const inviter = bookOf(boardNow()).inviters[last + 1] ?? 0;
  const asked = 1 + Math.floor(INVITERS * draw());
  const before = performance.now();
  const answers = await redis
    .pipeline()
    .zadd(BOARD, scoreOf(inviter), String(inviter))
    .zrevrank(BOARD, String(asked))
    .zrevrange(BOARD, 0, TOP - 1)
    .exec();
  theirs.push(performance.now() - before);
  const [, rank, top] = (answers ?? []).map(([, value]) => value);
  const mine = topOf(rankingNow(), TOP).map(String);
  if (Number(rank) + 1 !== rankOf(rankingNow(), asked) || JSON.stringify(top) !== JSON.stringify(mine))
    throw new Error(`Redis says otherwise of ${asked}`);
  agreed += 1;
}
redis.disconnect();
await redisServer.stop();

const pieces = [...encodeFold(fold.data)];
const bytes = pieces.reduce((sum, piece) => sum + piece.byteLength, 0);
// The longest time in which nothing else on the node would be served.
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const decodedAt = performance.now();
const decoded = await decodeFold(pieces);
const decodeMs = performance.now() - decodedAt;
delay.disable();
const longestMs = delay.max / 1_000_000;
const restored = decoded.state.slices["leaderboard"] as StateOf<typeof leaderboard>;
const inTop = (own: typeof restored) => JSON.stringify(topOf(bookOf(own).ranking, SIGNUPS));
if (inTop(restored) !== inTop(boardNow())) throw new Error("a snapshot has another board");

const switchedAt = performance.now();
send("leaderboard.setMetric", { metric: "watched" }, "staff:ann");
send("leaderboard.setMetric", { metric: "valid" }, "staff:ann");
const switchMs = (performance.now() - switchedAt) / 2;

const { size: inviters } = rankingNow();
const snapshot = { bytes, decodeMs, longestMs };
const wholeP99 = sorted(whole).p99;
console.log(
  JSON.stringify({
    signups: SIGNUPS,
    inviters,
    signupUs,
    ours: sorted(ours),
    wholeP99,
    redis: sorted(theirs),
    memoryMb,
    switchMs,
    snapshot,
    agreed,
  }),
);
