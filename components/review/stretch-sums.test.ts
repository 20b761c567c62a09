import { expect, test } from "vitest";
import type { Minute, ProductFiguresRow, ProductRow } from "../session/show-slices.ts";
import { productGains, stretchSums } from "./stretch-sums.ts";

const MINUTE = 60_000;
const minute = (index: number, paidFen: number, online: number | null) =>
  [
    String(index * MINUTE),
    { at: index * MINUTE, paidFen, orders: 2, units: 3, buyers: 1, online, clicks: null } as Minute,
  ] as const;

test("a stretch sums the whole minutes it touches and says which; nobody's count is no count", () => {
  const series = new Map([minute(0, 100, 10), minute(1, 200, null), minute(2, 400, 30), minute(3, 800, 40)]);
  expect(stretchSums({ series }, { from: MINUTE + 20_000, to: 2 * MINUTE + 1_000 })).toEqual({
    from: MINUTE,
    to: 3 * MINUTE,
    minutes: 2,
    paidFen: 600,
    orders: 4,
    units: 6,
    newBuyers: 2,
    perMinuteFen: 300,
    onlineMean: 30,
    onlineMax: 30,
    clicks: null,
  });
});

test("products gain what came in between two views, refunded orders too, best first", () => {
  const row = (fen: number, units: number, productId: string | null) =>
    ({ productId, paid: { fen, units, orders: units } }) as ProductFiguresRow;
  const products = new Map([["a", { productId: "a", platformId: "P1", linkNo: 1, name: "示例" } as ProductRow]]);
  const before = {
    productFigures: new Map([
      ["P1", row(100, 1, "P1")],
      ["P2", row(50, 1, "P2")],
    ]),
  };
  const after = {
    products,
    productFigures: new Map([
      ["P1", row(400, 4, "P1")],
      ["P2", row(50, 1, "P2")],
      ["", row(900, 1, null)],
    ]),
  };
  expect(productGains(before, after).map(({ key, paidFen, product }) => [key, paidFen, product?.linkNo])).toEqual([
    ["", 900, undefined],
    ["P1", 300, 1],
  ]);
});
