import { describe, expect, it } from "vitest";
import { engine } from "#domain/ops/index.ts";
import { show } from "#tests/support/given.ts";
import { ShowClock } from "./show-clock.ts";

function rehearsal() {
  let wall = 1_800_000_000_000;
  const clock = new ShowClock(() => wall);
  const played = show();
  const times = { plannedStartAt: 1, plannedEndAt: 2 };
  played.when("session.create", { sessionId: "s1", roomId: "r1", title: "彩排", rehearsal: true, ...times }).ok();
  const { state } = played;
  const goLive = () => void played.when("session.start", { reason: "示例" }).ok();
  const run = (steps: number, pace: number) => {
    for (let count = 0; count < steps; count += 1) {
      wall += 250;
      expect(clock.step(state, clock.now(state) + 250 * pace)).toBe(true);
    }
  };
  return { clock, state, goLive, run, pass: (ms: number) => void (wall += ms), wall: () => wall };
}

describe("a rehearsal's clock", () => {
  it("goes by the wall until it is stepped, and tells then where it stands and how fast it goes", () => {
    const { clock, state, run, wall } = rehearsal();
    expect(clock.steps(state)).toBeUndefined();
    run(8, 60);
    expect(clock.steps(state)).toEqual({ showAt: clock.now(state), at: wall(), pace: 60 });
    run(12, 4);
    expect(clock.steps(state)?.pace).toBe(4);
  });

  it("stands still once no steps come, and takes up its new pace when they come again", () => {
    const { clock, state, run, pass, wall } = rehearsal();
    run(8, 10);
    const showAt = clock.now(state);
    pass(5_000);
    expect(clock.steps(state)).toEqual({ showAt, at: wall(), pace: 0 });
    run(2, 1);
    expect(clock.steps(state)?.pace).toBe(1);
  });

  it("[REH7] begins at the planned start, however far that is, but takes no show along that went live before", () => {
    const tomorrow = 24 * 3_600_000;
    const planned = rehearsal();
    expect(planned.clock.step(planned.state, planned.wall() + tomorrow)).toBe(true);
    const live = rehearsal();
    live.goLive();
    expect(live.clock.step(live.state, live.wall() + tomorrow)).toBe(false);
    expect(live.clock.steps(live.state)).toBeUndefined();
    live.run(4, 60);
    expect(live.clock.step(live.state, live.wall() + tomorrow)).toBe(true);
  });

  it("is not stepped for a real show", () => {
    const clock = new ShowClock(() => 1_800_000_000_000);
    expect(clock.step(engine.initial(), 1_900_000_000_000)).toBe(false);
    expect(clock.steps(engine.initial())).toBeUndefined();
  });
});
