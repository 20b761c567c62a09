import { describe, expect, it } from "vitest";
import { goLiveLines, wrapUpLines } from "../auto-checks.ts";
import { evidenceMark } from "../evidence-mark.ts";
import { sliceOf } from "../slice-of.ts";
import { expectLeanViewsEqual, expectRebuilt, type Show } from "#tests/support/given.ts";
import { orderOf, shopping } from "#tests/support/shopping.ts";
import { shopPrice } from "./product.ts";

const program = { by: "program:shop" };

function priced(...fens: readonly number[]) {
  const { played, coat, s } = shopping();
  for (const priceFen of fens) {
    played.pass(1_000).when("bag.setPrice", { productId: coat, skuId: s, priceFen, confirmFen: priceFen }).ok();
  }
  const sku = () => {
    const found = played.bag().products.get(coat)?.skus[0];
    if (!found) throw new Error("no SKU");
    return found;
  };
  const undo = () =>
    played
      .pass(1_000)
      .when("tape.undo", { seq: played.seqOf("bag.pricesSet.v1") })
      .ok();
  const again = (priceFen: number) =>
    played.pass(1_000).when("bag.setPrice", { productId: coat, skuId: s, priceFen, confirmFen: priceFen });
  const look = (priceFen: number) =>
    played
      .pass(1_000)
      .when(
        "bag.observe",
        { source: "shop", products: [{ productId: "P1", skus: [{ skuId: "S1", priceFen }] }] },
        program,
      );
  const mark = () => evidenceMark(sku().priceEvidence, played.now, null);
  return { played, coat, s, sku, undo, again, look, mark };
}

const factsOf = ({ state }: Show) => ({
  bag: sliceOf(state, "bag"),
  coupon: sliceOf(state, "coupon"),
  lottery: sliceOf(state, "lottery"),
  rundown: sliceOf(state, "rundown"),
  arm: sliceOf(state, "arm"),
  screensOnline: null,
  looks: new Map(),
});

describe("[BAG19] a price that is taken back", () => {
  it("stands contradicted by the one that the hand had set in the shop, until the hand tells it anew", () => {
    const { played, sku, undo, again, mark } = priced(38_000, 37_000);
    undo();
    expect(sku()).toMatchObject({ liveFen: 38_000, seenFen: 37_000 });
    expect(sku().priceEvidence).toMatchObject({ by: "staff:ann", doneAt: played.now, seen: { source: "undo" } });
    expect(mark()).toBe("contradicted");
    again(38_000).ok();
    expect(mark()).toBe("hand");
    expect(shopPrice(sku())).toBe(38_000);
    again(38_000).then();
    expectRebuilt(played);
    expectLeanViewsEqual(played);
  });

  it("leaves the shop's price to the checks before and after the show", () => {
    const { played, undo, again } = priced(69_900, 39_000);
    const differs = () => goLiveLines(factsOf(played)).filter(({ code }) => code === "priceDiffers");
    const notRestored = () => wrapUpLines(factsOf(played)).filter(({ code }) => code === "priceNotRestored");
    undo();
    expect(differs()).toMatchObject([{ data: { priceFen: 39_000, plannedFen: 39_900, by: "staff:ann" } }]);
    expect(notRestored()).toMatchObject([{ data: { liveFen: 39_000, usualFen: 69_900 } }]);
    again(69_900).ok();
    expect(differs()).toMatchObject([{ data: { priceFen: 69_900 } }]);
    expect(notRestored()).toEqual([]);
  });

  it("is confirmed by an order or a look at it, and by no look that finds the other one", () => {
    const byOrder = priced(38_000, 37_000);
    byOrder.undo();
    byOrder.look(37_000).then();
    expect(byOrder.mark()).toBe("contradicted");
    byOrder.played
      .pass(1_000)
      .when("order.record", {
        ...orderOf("o1", "S1", 1),
        sourceUpdatedAt: byOrder.played.now + 1_000,
        placedAt: byOrder.played.now + 1_000,
        lines: [{ lineId: "1", productId: "P1", skuId: "S1", units: 1, paidFen: 38_000 }],
      })
      .ok();
    expect(byOrder.mark()).toBe("data");
    const byLook = priced(38_000, 37_000);
    byLook.undo();
    byLook.look(38_000).ok();
    expect(byLook.mark()).toBe("data");
    expect(shopPrice(byLook.sku())).toBe(38_000);
  });

  it("comes back as it was known where the shop never had the other one, or has the very same", () => {
    const { sku, undo, look, mark } = priced(38_000);
    const before = sku().priceEvidence;
    const { undo: undoFirst, sku: first, look: lookAtFirst } = priced(37_000);
    lookAtFirst(39_900).ok();
    undoFirst();
    expect(first()).toMatchObject({ liveFen: null, priceEvidence: null });
    look(38_000).ok();
    undo();
    expect(before).not.toBeNull();
    // Nobody had told a price before: the planned one is wanted, and the shop has another.
    expect(sku()).toMatchObject({ liveFen: null, seenFen: 38_000 });
    expect(mark()).toBe("contradicted");
    look(39_900).ok();
    expect(sku()).toMatchObject({ liveFen: 39_900, priceEvidence: { via: "data", seen: { agrees: true } } });
  });
});
