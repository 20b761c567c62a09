import { expect, it } from "vitest";
import { createWecomStates } from "./wecom-state.ts";

const NOW = 1_800_000_000_000;
const way = { corpRow: "w_1", purpose: "staff" as const, to: "/shows" };
const states = createWecomStates("a secret for tests that is long enough");

it("a way out ends once, within five minutes, in the browser it began in", () => {
  const { state, cookie } = states.begin(way, NOW);
  expect(Buffer.byteLength(state)).toBeLessThanOrEqual(128);
  expect(states.end(undefined, state, NOW)).toBeUndefined();
  expect(states.end(states.begin(way, NOW).cookie, state, NOW)).toBeUndefined();
  expect(states.end(`${cookie}x`, state, NOW)).toBeUndefined();
  expect(states.end(cookie, state, NOW + 5 * 60_000)).toBeUndefined();
  expect(states.end(cookie, state, NOW + 1_000)).toEqual(way);
  expect(states.end(cookie, state, NOW + 2_000)).toBeUndefined();
});
