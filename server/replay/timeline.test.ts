import { expect, it } from "vitest";
import { engine } from "#domain/ops/index.ts";
import { viewOnce } from "#domain/views.ts";
import { show } from "#tests/support/given.ts";
import { signUp } from "#tests/support/signing-up.ts";
import { createTimeline, type Timeline } from "./timeline.ts";

it("checkpoints that would take too much memory lie further apart, and tell the same", () => {
  const played = show().live();
  for (let n = 0; n < 200; n += 1) {
    played.pass(61_000);
    signUp(played, `v_${n}`).ok();
  }
  const whole = createTimeline(engine);
  whole.append(played.log);
  const bytesMax = Math.floor(whole.bytes / 10);
  const small = createTimeline(engine, bytesMax);
  // In pieces, as a log is read.
  for (let from = 0; from < played.log.length; from += 7) small.append(played.log.slice(from, from + 7));
  expect(whole.bytes).toBeGreaterThan(bytesMax);
  expect(small.bytes).toBeLessThanOrEqual(bytesMax);
  const viewAt = (timeline: Timeline, at: number) => {
    const state = timeline.stateBefore(at);
    const rest = played.log.filter((event) => event.seq > state.seq && event.at <= at);
    for (const event of rest) engine.apply(state, event);
    return { view: viewOnce(engine, state, "control"), folded: rest.length };
  };
  for (let back = 0; back < 200; back += 13) {
    const at = played.now - back * 61_000;
    expect(viewAt(small, at).view).toEqual(viewAt(whole, at).view);
  }
  // The memory that there is is used: what is folded for a question stays short.
  expect(viewAt(small, played.now).folded).toBeLessThan(played.log.length / 4);
});
