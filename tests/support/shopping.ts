import { show, type Show } from "./given.ts";

/** A live show with three products: 羽绒服 (S, M) with floor and pool, 围巾 (one SKU), 赠品 at ¥0. Sample data. */
export const SHEET = [
  {
    linkNo: 1,
    platformId: "P1",
    name: "羽绒服",
    role: "主推款",
    sellingPoints: ["90 绒"],
    skus: [
      { platformId: "S1", name: "S", usualFen: 69_900, liveFen: 39_900, floorFen: 34_900, sellable: 100, pool: 60 },
      { platformId: "S2", name: "M", usualFen: 69_900, liveFen: 39_900, floorFen: 34_900, sellable: 50, pool: 30 },
    ],
  },
  {
    linkNo: 2,
    platformId: "P2",
    name: "围巾",
    skus: [{ platformId: "S3", name: "默认", liveFen: 9_900, sellable: 20, pool: 0 }],
  },
  { linkNo: 3, name: "赠品", skus: [{ name: "默认", liveFen: 0, usualFen: 1_900, sellable: 10 }] },
];

export type Shop = {
  readonly played: Show;
  readonly coat: string;
  readonly scarf: string;
  readonly gift: string;
  readonly s: string;
  readonly m: string;
};

export function shopping(): Shop {
  const played = show().live().when("bag.applySheet", { products: SHEET }).ok();
  const products = [...played.bag().products.values()];
  const [coat, scarf, gift] = products.map(({ productId }) => productId);
  const [s, m] = products[0]?.skus.map(({ skuId }) => skuId) ?? [];
  if (!coat || !scarf || !gift || !s || !m) throw new Error("the sheet was not taken over");
  return { played, coat, scarf, gift, s, m };
}

/** A report of an order of one line. */
export function orderOf(orderId: string, skuId: string, units: number, more: Record<string, unknown> = {}) {
  const at = Date.UTC(2026, 10, 11, 12);
  const lines = [
    {
      lineId: "1",
      productId: skuId === "S3" ? "P2" : "P1",
      skuId,
      units,
      paidFen: units * (skuId === "S3" ? 9_900 : 39_900),
    },
  ];
  return { orderId, sourceUpdatedAt: at, status: "placed" as const, placedAt: at, lines, ...more };
}
