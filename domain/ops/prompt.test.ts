import { describe, expect, it } from "vitest";
import { expectLeanViewsEqual, expectRebuilt, show } from "#tests/support/given.ts";

const SKUS = [{ name: "均码", plannedFen: 39_900, plannedSellable: 10 }];

function explaining() {
  const played = show().live();
  const add = (name: string, sellingPoints: string[]): string => {
    const { events } = played.send("bag.createProduct", { name, sellingPoints, skus: SKUS });
    return Object(events[0]?.data).added[0].productId;
  };
  const coat = add("示例羽绒服", ["90 绒", "可机洗", "送运费险"]);
  const vest = add("示例背心", ["轻"]);
  played.when("bag.explain", { productId: coat }).ok();
  return { played, coat, vest };
}

describe("prompt", () => {
  it("[PRM1] ticks and unticks what was said of the product explained now", () => {
    const { played, coat } = explaining();
    expect(played.slice("host", "said")).toEqual({ productId: coat, round: 1, indexes: [] });
    played.when("prompt.say", { productId: coat, index: 2, said: true }).ok();
    played.when("prompt.say", { productId: coat, index: 0, said: true }).ok();
    played.when("prompt.say", { productId: coat, index: 0, said: true }).then();
    for (const audience of ["control", "host", "review"] as const) {
      expect(played.slice(audience, "said")).toEqual({ productId: coat, round: 1, indexes: [0, 2] });
    }
    played.when("prompt.say", { productId: coat, index: 2, said: false }).ok();
    expect(played.slice("host", "said")).toMatchObject({ indexes: [0] });
    expect(played.view("viewer").slices["said"]).toBeUndefined();
    expectLeanViewsEqual(played);
    expectRebuilt(played);
  });

  it("[PRM2] begins empty with each round, and an undone explaining brings the ticks back", () => {
    const { played, coat, vest } = explaining();
    played.when("prompt.say", { productId: coat, index: 1, said: true }).ok();
    played.when("bag.explain", { productId: vest }).ok();
    expect(played.slice("host", "said")).toEqual({ productId: vest, round: 1, indexes: [] });
    played.when("tape.undo", { seq: played.seqOf("bag.explained.v1") }).ok();
    expect(played.slice("host", "said")).toEqual({ productId: coat, round: 1, indexes: [1] });
    played.when("bag.endExplain", {}).ok();
    expect(played.slice("host", "said")).toBeNull();
    played.when("bag.explain", { productId: coat }).ok();
    expect(played.slice("host", "said")).toEqual({ productId: coat, round: 2, indexes: [] });
  });

  it("[PRM3] refuses what is not explained now, and points that are not there", () => {
    const { played, coat, vest } = explaining();
    played
      .when("prompt.say", { productId: vest, index: 0, said: true })
      .rejected("prompt.notExplained", { explained: coat });
    played.when("prompt.say", { productId: coat, index: 3, said: true }).rejected("prompt.noSuchPoint", { index: 3 });
  });

  it("[PRM4] a tick stays with its words when the plan is edited on air", () => {
    const { played, coat } = explaining();
    played.when("prompt.say", { productId: coat, index: 0, said: true }).ok();
    played.send("bag.editProduct", { productId: coat, to: { sellingPoints: ["新到", "可机洗", "90 绒"] } }).ok();
    expect(played.slice("host", "said")).toMatchObject({ indexes: [2] });
  });
});
