import { describe, expect, it } from "vitest";
import { expectLeanViewsEqual, expectRebuilt, type Show } from "#tests/support/given.ts";
import { MINUTE, planned, pushOf, pushesOf, resolveRobot, ROBOT, waiting } from "#tests/support/pushes.ts";
import type { CommandInput } from "../ops/index.ts";
import { statusOf } from "../push/state.ts";
import { REPORT_TEXTS, sayReport } from "./report-words.ts";

type PushWhenInput = NonNullable<CommandInput<"push.plan">["when"]>;
const HALF = { by: "event", on: "halfHour", once: false } as const;
const telling = (text: string, when: PushWhenInput): Show =>
  resolveRobot(
    planned()
      .live()
      .when("push.plan", { ...ROBOT, copy: { text, link: "report" }, when })
      .ok(),
  );
const order = (played: Show, orderId: string, paidFen: number): Show =>
  played
    .send(
      "order.record",
      {
        orderId,
        status: "paid",
        sourceUpdatedAt: played.now,
        placedAt: played.now,
        paidAt: played.now,
        lines: [{ lineId: "l1", units: 1, paidFen }],
      },
      { by: "program:shop" },
    )
    .ok();

describe("reports by robot", () => {
  it("[PSH26] goes out at each full half hour of the show by itself, with the figures of then", () => {
    const played = telling("{{halfHour}}", HALF);
    played.pass(30 * MINUTE);
    expect(statusOf(pushOf(played))).toBe("armed");
    played.pass(3_000);
    expect(pushOf(played)).toMatchObject({ rounds: 1, held: null });
    expect(pushOf(played).filled?.text).toMatch(/^【示例场次】\d\d:\d\d 战报\(开播 30:00\)/);
    played.pass(30 * MINUTE);
    expect(pushOf(played).rounds).toBe(2);
    expect(pushOf(played).filled?.text).toContain("开播 1:00:00");
    expectRebuilt(played);
    expectLeanViewsEqual(played);
  });

  it("[PSH26] is held with everything, and does not make up for the half hours meanwhile", () => {
    const played = telling("{{halfHour}}", HALF);
    played
      .when("arm.holdAll", {})
      .ok()
      .pass(31 * MINUTE);
    expect(pushOf(played)).toMatchObject({ rounds: 0, held: { reason: "holdAll" } });
    played.when("arm.release", {}).ok();
    played
      .when("push.unhold", { pushIds: [pushOf(played).pushId] })
      .ok()
      .pass(3 * MINUTE);
    expect(pushOf(played).rounds).toBe(0);
    played.pass(30 * MINUTE);
    expect(pushOf(played).rounds).toBe(1);
  });

  it("[PSH26] tells of no half hour that is long over", () => {
    const played = telling("{{halfHour}}", HALF);
    played.at(played.now + 47 * MINUTE).pass(0);
    expect(pushesOf(played).mark).not.toBeNull();
    expect(pushOf(played).rounds).toBe(0);
  });

  it("[PSH27] says what the whole show sold when it has ended", () => {
    const played = telling("{{report}}", { by: "event", on: "ended" });
    played.pass(10 * MINUTE);
    order(played, "o1", 12_345).when("session.end", {}).ok().pass(6_000);
    const text = pushOf(played).filled?.text ?? "";
    expect(text).toContain("下播战报");
    expect(text).toContain("累计成交 ¥123");
    expect(text).toContain("1 单");
    expect(text).toMatch(/截至 \d\d:\d\d,退款和取消之后还会变$/);
    expectLeanViewsEqual(played);
  });

  it("[PSH27] keeps the house's figures from customers", () => {
    for (const kind of ["groups", "forward"] as const) {
      const plan = { kind, title: "示例", copy: { text: "{{report}}" }, audience: { purposes: ["直播"] } };
      planned().when("push.plan", plan).rejected("push.internalFigures");
      planned()
        .when("push.plan", { ...plan, copy: { text: "示例", link: "report" } })
        .rejected("push.internalFigures");
    }
  });

  it("[PSH17] a line with names that has not gone is not kept for later when everything is held", () => {
    const played = waiting();
    played.when("push.remind", { pushId: pushOf(played).pushId, robotIds: ["robot1"] }).ok();
    played.when("arm.holdAll", {}).ok();
    const line = [...pushesOf(played).tasks.values()].find(({ role }) => role === "nudge");
    expect(line?.state).toBe("cancelled");
  });
});

it("names what it is given, and leaves nothing in braces", () => {
  for (const text of Object.keys(REPORT_TEXTS)) {
    expect(sayReport(text as keyof typeof REPORT_TEXTS, {})).not.toMatch(/[{}]/);
  }
});
