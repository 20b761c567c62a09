/**
 * The browser tests in three lanes, each with a server of its own when it runs alone. Two cores carry the first two beside each other; what is held
 * against a clock runs after them, with the machine to itself.
 */
const LANES = {
  /** Mostly wait: for countdowns, for staff to send, for a poll. Whatever talks to WeCom shares one stand-in and therefore one lane. */
  waits: ["viewer", "forward", "push-*", "pushes", "we*"],
  /** Everything that is in no other lane. */
  works: ["*"],
  /** Say how long something took. */
  timed: ["control", "review", "screen", "screens-desk", "warmup-board"],
} satisfies Record<string, readonly string[]>;

export const laneNames = ["waits", "works", "timed"] as const;
export type Lane = (typeof laneNames)[number];

const files = (names: readonly string[]): string[] => names.map((name) => `**/${name}.e2e.ts`);

export function matchOf(lane: Lane): { testMatch: string[]; testIgnore: string[] } {
  const others = lane === "works" ? [...LANES.waits, ...LANES.timed] : [];
  return { testMatch: files(LANES[lane]), testIgnore: files(others) };
}
