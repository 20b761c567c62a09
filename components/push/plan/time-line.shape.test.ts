import { describe, expect, it } from "vitest";
import type { PushRow } from "#domain/push/rows.ts";
import { pushRow } from "#domain/push/rows.ts";
import { instant } from "#domain/units.ts";
import { planned, pushOf, ROBOT } from "#tests/support/pushes.ts";
import { placeOf, timeLineOf } from "./time-line.shape.ts";

const MINUTE = 60_000;
const played = planned().when("push.plan", ROBOT).ok();
const row = (pushId: string, part: Partial<PushRow>): PushRow => ({
  ...pushRow(pushOf(played)),
  pushId,
  title: pushId,
  ...part,
});
const at = (minute: number) => instant(minute * MINUTE);
const marks = { now: 40 * MINUTE, startAt: 60 * MINUTE, endAt: null };

const named = (rows: readonly PushRow[]) =>
  timeLineOf(rows, marks).timed.map((slot) => (slot.kind === "push" ? slot.push.pushId : slot.mark));

describe("the time line of pushes", () => {
  it("runs through what went out, now, what comes and the start", () => {
    const rows = [
      row("later", { sendAt: at(75) }),
      row("soon", { sendAt: at(45) }),
      row("gone", { sendAt: at(30), handedOverAt: at(31) }),
    ];
    expect(named(rows)).toEqual(["gone", "now", "soon", "start", "later"]);
  });

  it("keeps what waits for an event or a hand apart, until it has gone out", () => {
    const event = { by: "event", on: "openSale", subjectId: null, units: 50, once: true } as const;
    const rows = [
      row("event", { when: event, sendAt: null }),
      row("hand", { when: { by: "hand" }, sendAt: null }),
      row("followed", { when: event, sendAt: null, handedOverAt: at(10), status: "sent" }),
    ];
    const line = timeLineOf(rows, marks);
    expect(line.following.map(({ pushId }) => pushId)).toEqual(["event"]);
    expect(line.byHand.map(({ pushId }) => pushId)).toEqual(["hand"]);
    expect(named(rows)).toEqual(["followed", "now", "start"]);
  });

  it("leaves one that goes out each time where it waits", () => {
    const each = { by: "event", on: "openSale", subjectId: null, units: 50, once: false } as const;
    expect(placeOf(row("each", { when: each, sendAt: null, handedOverAt: at(10), status: "planned" }))).toBeNull();
    expect(placeOf(row("each", { when: each, sendAt: null, handedOverAt: at(10), status: "waiting" }))).toBe(at(10));
  });

  it("has no marks where there is nothing to stand between", () => {
    expect(named([])).toEqual([]);
  });
});
