import { describe, expect, it } from "vitest";
import { PlanInput } from "#domain/push/planning.ts";
import { forReminders, forReports, planOf, titleOf, type GroupChoice } from "./line-data.ts";

const live: GroupChoice = { value: "purpose:live", by: "purpose", word: "live", name: null, groups: 3 };

it("speaks by the robots that were meant for it, else by those meant for nothing else", () => {
  const robot = (id: string, forReports = false, forReminders = false) => ({ id, forReports, forReminders });
  const all = [robot("r", true), robot("n", false, true), robot("a")];
  expect([forReports(all), forReminders(all)]).toEqual([["r"], ["n"]]);
  expect([forReports(all.slice(1)), forReminders([robot("r", true), robot("a")])]).toEqual([["a"], ["a"]]);
});

describe("a line written at the desk", () => {
  it("is called by its first words, whole letters of them", () => {
    expect(titleOf("  示例一句\n第二行")).toBe("示例一句");
    expect(Array.from(titleOf("🎁".repeat(40)))).toHaveLength(25);
  });

  it("is a plan that the rules take, to robots alone", () => {
    const plan = planOf({ kind: "robot", text: " 示例:福袋开了 ", robotIds: ["b_1"], groups: [live] });
    expect(PlanInput.parse(plan)).toMatchObject({
      copy: { text: "示例:福袋开了", link: "none" },
      audience: { robotIds: ["b_1"], purposes: [] },
      when: { by: "hand" },
    });
  });

  it("is forwarded to groups by what they have in common, with the link of the show", () => {
    const plan = planOf({ kind: "forward", text: "示例", robotIds: [], groups: [live] });
    expect(PlanInput.parse(plan)).toMatchObject({ copy: { link: "viewer" }, audience: { purposes: ["live"] } });
  });
});
