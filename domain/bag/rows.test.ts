import { expect, it } from "vitest";
import { show, type Show } from "#tests/support/given.ts";

/** One product, planned at ¥399 and 到手 ¥349, on sale. */
function onSale(): { played: Show; productId: string; skuId: string } {
  const played = show().live();
  const { events } = played.send("bag.createProduct", {
    name: "示例 羽绒服",
    netPriceFen: 34_900,
    skus: [{ name: "M", usualFen: 69_900, plannedFen: 39_900, plannedSellable: 10 }],
  });
  const [added] = Object(events[0]?.data).added;
  played.send("bag.openSale", { productId: added.productId }).ok();
  return { played, productId: added.productId, skuId: added.skus[0].skuId };
}

it("[PRG11] a net price that the price has come down to is told to no host and no viewer, and stays in the plan", () => {
  const { played, productId, skuId } = onSale();
  const told = (audience: "host" | "viewer" | "control") =>
    Object(played.row(audience, "products", productId)).netPriceFen;
  expect([told("host"), told("viewer")]).toEqual([34_900, 34_900]);
  for (const priceFen of [34_900, 29_900]) {
    played.send("bag.setPrice", { productId, skuId, priceFen, confirmFen: priceFen }).ok();
    expect([told("host"), told("viewer"), told("control")]).toEqual([null, null, 34_900]);
  }
  played.send("bag.setPrice", { productId, skuId, priceFen: 35_900, confirmFen: 35_900 }).ok();
  expect(told("host")).toBe(34_900);
});
