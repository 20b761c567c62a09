import { expect, test } from "vitest";
import { fen } from "#domain/units.ts";
import type { RewardStep } from "../viewer-data.ts";
import { shownSteps } from "./shown-steps.ts";

const step = (carrier: RewardStep["carrier"], threshold: number): RewardStep => ({
  stepId: `${carrier}${threshold}`,
  threshold,
  title: "示例",
  valueFen: fen(0),
  carrier,
  delivery: "staff",
  rules: "",
  left: null,
});
const steps = [step("miniProgram", 5), step("honour", 10), step("honour", 3)];
const shown = (isInMiniProgram: boolean) => shownSteps(steps, isInMiniProgram).map(({ stepId }) => stepId);

test("a page of the web promises nothing for inviting but honour, lowest step first", () => {
  expect(shown(false)).toEqual(["honour3", "honour10"]);
});

test("in a mini program its own rewards are shown too", () => {
  expect(shown(true)).toEqual(["honour3", "miniProgram5", "honour10"]);
});
