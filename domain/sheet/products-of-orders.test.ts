import { expect, it } from "vitest";
import { show } from "#tests/support/given.ts";
import type { ImportedLine, ImportedOrder } from "./imported-order.ts";
import { productsOfOrders } from "./products-of-orders.ts";

function paid(orderId: string, ...lines: Partial<ImportedLine>[]): ImportedOrder {
  const whole = lines.map((line, at) => ({
    lineId: `${orderId}-${at}`,
    units: 1,
    paidFen: 1_000,
    discountFen: 0,
    ...line,
  }));
  return {
    orderId,
    sourceUpdatedAt: 1,
    status: "paid",
    placedAt: 1,
    paidAt: 2,
    lines: whole,
    freightFen: 0,
    refunds: [],
  };
}

function unpaid(orderId: string, status: "placed" | "cancelled", line: Partial<ImportedLine>): ImportedOrder {
  const { paidAt: _paidAt, ...order } = paid(orderId, { paidFen: 39_900 * 9, ...line });
  return { ...order, status };
}

const coat = { productId: "P1", productName: "示例外套", skuId: "S1", skuName: "S" };

it("what sold most is link 1, at the price that most units were paid at, with nothing left to sell", () => {
  const orders = [
    paid("o1", { ...coat, paidFen: 39_900 }, { productId: "P2", productName: "示例袜", paidFen: 900 }),
    paid("o2", { ...coat, units: 2, paidFen: 79_800 }),
    paid("o3", { ...coat, paidFen: 35_000 }),
    unpaid("o4", "placed", { ...coat, units: 9 }),
    unpaid("o5", "cancelled", { ...coat, units: 90 }),
  ];
  expect(productsOfOrders(orders)).toMatchObject([
    {
      linkNo: 1,
      platformId: "P1",
      name: "示例外套",
      skus: [{ platformId: "S1", name: "S", liveFen: 39_900, sellable: 13 }],
    },
    { linkNo: 2, platformId: "P2", name: "示例袜", skus: [{ name: "默认", liveFen: 900, sellable: 1 }] },
  ]);
});

it("is a sheet that the bag takes, also where names and ids of SKUs repeat or are missing", () => {
  const orders = [
    paid("o1", coat, { ...coat, skuId: "S2" }, { productName: "只有名字" }, { productId: "P3" }, { skuId: "S9" }),
    paid(
      "o2",
      { productId: "P4", productName: "另一件", skuId: "S1", skuName: "S" },
      { ...coat, skuId: "S2", units: 0 },
    ),
  ];
  const products = productsOfOrders(orders);
  expect(products.map(({ name }) => name).toSorted()).toEqual(["P3", "只有名字", "另一件", "示例外套"].toSorted());
  const sheet = products.map((product) => ({ ...product, sellingPoints: [], skus: [...product.skus] }));
  show().live().send("bag.applySheet", { products: sheet }).ok();
});
