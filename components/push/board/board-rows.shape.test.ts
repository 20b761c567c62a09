import { describe, expect, it } from "vitest";
import { taskRow, type PushTaskRow } from "#domain/push/rows.ts";
import { instant } from "#domain/units.ts";
import { pushOf, taskOf, waiting } from "#tests/support/pushes.ts";
import { inOrder, isKeptBack, isRetryable, remindRest, tasksOf } from "./board-rows.shape.ts";

const HOUR = 3_600_000;
const played = waiting();
const first = taskRow(taskOf(played, "taskaa"));
const row = (taskId: string, part: Partial<PushTaskRow> = {}): PushTaskRow => ({ ...first, taskId, ...part });
const mapOf = (...rows: PushTaskRow[]) => new Map(rows.map((one) => [one.taskId, one]));
const push = { pushId: first.pushId, rounds: 2, handedOverAt: instant(0) };

describe("the board of a push", () => {
  it("shows the last hand-over, and what was handed over anew in place of what failed", () => {
    const rows = mapOf(
      row("old", { round: 1 }),
      row("failed", { round: 2 }),
      row("again", { round: 2, retryOf: "failed" }),
      row("line", { round: 2, role: "nudge" }),
      row("other", { round: 2, pushId: "another" }),
    );
    expect(tasksOf(rows, push).map(({ taskId }) => taskId)).toEqual(["again"]);
  });

  it("puts what a person must decide first, then who has not sent, then what is done", () => {
    const rows = [
      row("sent", { state: "sent", pressedAt: instant(5) }),
      row("few", { targets: 2 }),
      row("many", { targets: 40 }),
      row("unknown", { state: "unknown" }),
      row("failed", { state: "failed" }),
    ];
    expect(inOrder(rows, push, 0).map(({ taskId }) => taskId)).toEqual(["unknown", "many", "few", "failed", "sent"]);
  });

  it("says of what WeCom was not told that it is away, until it was told", () => {
    expect(isKeptBack(row("waits", { state: "intended", away: true }))).toBe(true);
    expect(isKeptBack(row("fresh", { state: "intended" }))).toBe(false);
    expect(isKeptBack(row("given up", { state: "cancelled", away: true }))).toBe(false);
  });

  it("tells when the next reminder is free once all three are used", () => {
    const used = [instant(1 * HOUR), instant(2 * HOUR), instant(3 * HOUR)];
    expect(remindRest([row("a", { reminders: used }), row("b")], 4 * HOUR)).toMatchObject({
      unsent: 2,
      free: 1,
      freeAt: null,
    });
    expect(remindRest([row("a", { reminders: used })], 4 * HOUR)).toMatchObject({
      unsent: 1,
      free: 0,
      freeAt: 25 * HOUR,
    });
    expect(remindRest([row("a", { reminders: used })], 26 * HOUR)).toMatchObject({ free: 1 });
  });

  it("offers to hand over anew only what never reached WeCom", () => {
    const open = { closed: null, held: null, armed: null, rounds: first.round };
    expect(isRetryable(row("a", { state: "failed", msgid: null }), open)).toBe(true);
    expect(isRetryable(row("a", { state: "failed", msgid: "m" }), open)).toBe(false);
    expect(isRetryable(row("a", { state: "unknown", msgid: null }), open)).toBe(false);
    expect(pushOf(played).rounds).toBe(first.round);
  });
});
