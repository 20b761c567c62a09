import { describe, expect, it } from "vitest";
import { PushPlan } from "#domain/push/shapes.ts";
import { durationMs } from "#domain/units.ts";
import { freshDraft, ofKind, problemsOf, type PushDraft } from "./draft.ts";

const good: PushDraft = {
  ...freshDraft("groups"),
  title: "开播提醒",
  copy: { ...freshDraft("groups").copy, text: "今晚开播" },
  audience: { ...freshDraft("groups").audience, groupIds: ["g_1"], purposes: ["live"] },
};

describe("the form of a push", () => {
  it("starts as the rules would: a mass send 15 minutes before it is to be read, others by hand", () => {
    expect(freshDraft("groups")).toMatchObject({ when: { by: "start", offsetMs: 0 }, leadMs: 900_000 });
    expect(freshDraft("robot")).toMatchObject({ when: { by: "hand" }, leadMs: 0 });
    expect(problemsOf(good)).toEqual([]);
    expect(PushPlan.safeParse({ ...good, corpId: null }).success).toBe(true);
  });

  it("names what is missing", () => {
    expect(problemsOf(freshDraft("groups"))).toEqual(["title", "audience", "copyEmpty"]);
    expect(problemsOf(freshDraft("robot"))).toEqual(["title", "robots", "copyEmpty"]);
    expect(problemsOf({ ...good, copy: { ...good.copy, text: "字".repeat(1_400) } })).toEqual(["copyTooLong"]);
  });

  it("a link card needs a link, and an own link must be https", () => {
    const card = { kind: "link" as const, title: "今晚", desc: "", picUrl: null };
    expect(problemsOf({ ...good, copy: { ...good.copy, card, link: "none" } })).toEqual(["cardNeedsLink"]);
    expect(problemsOf({ ...good, copy: { ...good.copy, link: "http://x" } })).toEqual(["link"]);
    expect(problemsOf({ ...good, copy: { ...good.copy, card: { ...card, title: " " } } })).toEqual(["cardIncomplete"]);
  });

  it("keeps groups between the kinds that go to groups, and nothing that a kind does not know", () => {
    const forward = ofKind(good, "forward");
    expect(forward.audience).toMatchObject({ groupIds: ["g_1"], purposes: ["live"] });
    expect(forward.leadMs).toBe(0);
    const robot = ofKind(
      {
        ...good,
        copy: { ...good.copy, card: { kind: "miniprogram", title: "t", appId: "wx1", page: "p", mediaKey: "k" } },
      },
      "robot",
    );
    expect(robot.audience.groupIds).toEqual([]);
    expect(robot.copy.card).toBeNull();
    const back = ofKind(
      {
        ...robot,
        when: { by: "event", on: "openSale", subjectId: null, units: 50, once: true },
        leadMs: durationMs(0),
      },
      "groups",
    );
    expect(back).toMatchObject({ when: { by: "start" }, leadMs: 900_000, title: "开播提醒" });
  });
});
