import { describe, expect, it } from "vitest";
import { idOf, warming } from "#tests/support/warmups.ts";
import type { Show } from "#tests/support/given.ts";

const HOUR = 3_600_000;
const PROGRAM = { by: "program:shop" };
const shown = (played: Show) => Object(played.slice("control", "reservations"));

describe("official reservations", () => {
  it("[RSV1] are what somebody typed or a program read, with the time of it and who told", () => {
    const played = warming();
    expect(shown(played)).toEqual({ total: null, target: null, readings: 0, byHour: [] });
    played
      .pass(2 * HOUR)
      .when("reservation.note", { count: 120, ago: 600_000 })
      .ok();
    expect(shown(played).total).toEqual({ count: 120, at: played.now - 600_000, source: "typed", by: "staff:ann" });
    played.send("reservation.read", { count: 130 }, PROGRAM).ok();
    expect(shown(played).total).toMatchObject({ count: 130, source: "read", by: "program:shop" });
    played.send("reservation.read", { count: 130 }, PROGRAM).then();
    played.send("reservation.read", { count: 140, at: played.now + HOUR }, PROGRAM).rejected("reservation.timeAhead");
  });

  it("[RSV2] of several rooms add up, unless the newest count is of the whole show", () => {
    const played = warming();
    played.send("reservation.read", { count: 10, roomRef: "room-a" }, PROGRAM).ok();
    played.send("reservation.read", { count: 5, roomRef: "room-b" }, PROGRAM).ok();
    expect(shown(played).total.count).toBe(15);
    played.pass(1_000).when("reservation.note", { count: 17 }).ok();
    expect(shown(played).total.count).toBe(17);
    played.pass(1_000).send("reservation.read", { count: 12, roomRef: "room-a" }, PROGRAM).ok();
    expect(shown(played).total.count).toBe(17);
    played.pass(1_000).send("reservation.read", { count: 6, roomRef: "room-b" }, PROGRAM).ok();
    expect(shown(played).total.count).toBe(18);
  });

  it("[RSV3] stand by the hour, and a count that is told late stands where it was so", () => {
    const played = warming().pass(3 * HOUR);
    played.when("reservation.note", { count: 300 }).ok();
    played.when("reservation.note", { count: 100, ago: HOUR }).ok();
    const hour = (at: number) => Math.floor(at / HOUR) * HOUR;
    expect(shown(played)).toMatchObject({
      total: { count: 300 },
      byHour: [
        { at: hour(played.now - HOUR), count: 100 },
        { at: hour(played.now), count: 300 },
      ],
    });
  });

  it("[RSV3][VIW6] fit a value slice after weeks of readings each minute", () => {
    const played = warming();
    for (let minute = 0; minute < 3_000; minute += 1) {
      played
        .at(played.now + 60_000)
        .send("reservation.read", { count: 100_000_000 + minute }, PROGRAM)
        .ok();
    }
    expect(shown(played).byHour).toHaveLength(48);
    expect(Object.keys(Object(played.slice("review", "reservationHours")))).toHaveLength(51);
    expect(Buffer.byteLength(JSON.stringify(shown(played)))).toBeLessThan(4_096);
  });

  it("[RSV4] that were mistyped are corrected or taken back", () => {
    const played = warming().when("reservation.note", { count: 1_200 }).ok();
    const readingId = idOf(played, "reservation.noted.v1", "readingId");
    played.when("reservation.correct", { readingId, count: 120 }).ok();
    expect(played.row("control", "reservationReadings", readingId)).toMatchObject({ count: 120, corrected: true });
    played.when("tape.undo", { seq: played.seqOf("reservation.noted.v1") }).rejected("undo.superseded");
    played.when("tape.undo", { seq: played.seqOf("reservation.corrected.v1") }).ok();
    expect(played.row("control", "reservationReadings", readingId)).toMatchObject({ count: 1_200, corrected: false });
    played.when("tape.undo", { seq: played.seqOf("reservation.noted.v1") }).ok();
    expect(shown(played).total).toBeNull();
  });

  it("[RSV5] are what the show's target measures, and viewers are not told", () => {
    const played = warming();
    const targets = { paidFen: null, audience: null, orders: null, reservations: 500 };
    played.when("session.setTargets", targets).ok();
    played.when("reservation.note", { count: 120 }).ok();
    expect(shown(played)).toMatchObject({ target: 500, total: { count: 120 } });
    expect(played.slice("host", "reservations")).toMatchObject({ target: 500, total: { count: 120 } });
    expect(played.view("viewer").slices["reservations"]).toBeUndefined();
  });
});
