import { expect, it } from "vitest";
import { PlanInput } from "#domain/push/planning.ts";
import { planned, pushesOf, resolveRobot } from "#tests/support/pushes.ts";
import { pushRow } from "#domain/push/rows.ts";
import { offCommand, reportPlan, reportRow } from "./report-rows.shape.ts";

it("plans what the rules take, and finds it again until it is taken off", () => {
  const played = planned().live();
  const rows = () => [...pushesOf(played).pushes.values()].map(pushRow);
  for (const kind of ["halfHour", "ended"] as const) {
    expect(PlanInput.safeParse(reportPlan(kind, "示例", ["robot1"])).success).toBe(true);
    expect(reportRow(rows(), kind)).toBeNull();
    resolveRobot(played.when("push.plan", reportPlan(kind, "示例", ["robot1"])).ok(), `robot${kind}`);
    expect(reportRow(rows(), kind)?.when).toMatchObject({ on: kind });
  }
  played.pass(31 * 60_000);
  const half = reportRow(rows(), "halfHour");
  expect(half?.rounds).toBe(1);
  expect(half && offCommand(half)).toBe("push.cancel");
  played.when("push.cancel", { pushId: half?.pushId ?? "" }).ok();
  expect(reportRow(rows(), "halfHour")).toBeNull();
});
