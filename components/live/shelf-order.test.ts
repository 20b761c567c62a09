import { expect, test } from "vitest";
import { newProduct, PlannedProduct } from "#domain/bag/product.ts";
import { controlRow } from "#domain/bag/rows.ts";
import { fen, instant } from "#domain/units.ts";
import { brokenSizes, isLow, netNow, priceRange, shelfState } from "./product-facts.ts";
import { FIRST_WISH, shelfOrder, type ShelfWish } from "./shelf-order.ts";

const planned = (linkNo: number, name: string) =>
  PlannedProduct.parse({
    productId: `p${linkNo}`,
    linkNo,
    platformId: null,
    name,
    pictureUrl: null,
    mechanism: "",
    netPriceFen: null,
    role: linkNo === 2 ? "福利款" : "",
    sellingPoints: [],
    plannedUnits: null,
    explainMs: null,
    slot: "",
    note: "",
    skus: ["S", "M"].map((sku, index) => ({
      skuId: `s${linkNo}${sku}`,
      platformId: null,
      name: sku,
      usualFen: null,
      plannedFen: linkNo * 1_000 + index,
      floorFen: null,
      plannedSellable: 100,
      plannedPool: 0,
    })),
  });

const rows = [planned(3, "围巾"), planned(1, "羽绒服"), planned(12, "背心"), planned(2, "手套")].map((plan, position) =>
  newProduct(plan, position),
);
const order = (wish: Partial<ShelfWish>) =>
  shelfOrder(
    rows.map((product) => ({ row: controlRow(product), figures: undefined, low: false })),
    { ...FIRST_WISH, ...wish },
  );

test("the plan's order stands until a person sorts; link numbers go along", () => {
  expect(order({})).toEqual(["p3", "p1", "p12", "p2"]);
  expect(order({ sort: "linkNo" })).toEqual(["p1", "p2", "p3", "p12"]);
  expect(order({ sort: "price", descending: true })).toEqual(["p12", "p3", "p2", "p1"]);
  // By its cheapest SKU, and where prices are the same by the plan.
  const [dear, ...others] = rows;
  if (!dear) throw new Error("no row");
  const split = {
    ...dear,
    skus: dear.skus.map((sku, index) => ({ ...sku, liveFen: fen(index === 0 ? 90_000 : 500) })),
  };
  const same = others.map((row) => ({ ...row, skus: row.skus.map((sku) => ({ ...sku, liveFen: fen(700) })) }));
  const facts = [split, ...same].map((product) => ({ row: controlRow(product), figures: undefined, low: false }));
  expect(shelfOrder(facts.toReversed(), { ...FIRST_WISH, sort: "price" })).toEqual(["p3", "p1", "p12", "p2"]);
});

test("a number finds links that begin with it, words find names, roles and SKUs", () => {
  expect(order({ text: "1" })).toEqual(["p1", "p12"]);
  expect(order({ text: "福利" })).toEqual(["p2"]);
  expect(order({ text: "围" })).toEqual(["p3"]);
});

test("a row shows danger before what runs, and prices from low to high", () => {
  const [product] = rows;
  if (!product) throw new Error("no row");
  expect(shelfState(controlRow(product))).toEqual({ kind: "notInBag" });
  const fact = { evidence: null };
  const onSale = { ...product, inBag: { value: true, ...fact }, saleState: { value: "onSale" as const, ...fact } };
  expect(shelfState(controlRow(onSale))).toEqual({ kind: "onSale", confirmed: false });
  const evidence = { by: "staff:p", doneAt: instant(1), happenedAt: instant(1), via: "hand" as const, seen: null };
  const explained = { ...onSale, explained: { round: 2, since: instant(1), evidence } };
  expect(shelfState(controlRow(explained))).toEqual({ kind: "explained", round: 2 });
  const oversold = { ...explained, skus: explained.skus.map((sku) => ({ ...sku, sellable: -1 })) };
  expect(shelfState(controlRow(oversold))).toEqual({ kind: "oversold" });
  expect(priceRange(controlRow(product))).toEqual({ lowFen: 3_000, highFen: 3_001, planned: true });
});

test("a size that is gone while others sell is broken; few left is low", () => {
  const [product] = rows;
  if (!product) throw new Error("no row");
  const gone = { ...product, skus: product.skus.map((sku, index) => ({ ...sku, sellable: index === 0 ? 0 : 30 })) };
  expect(brokenSizes(controlRow(gone))).toEqual(["S"]);
  const onSale = { ...gone, saleState: { value: "onSale" as const, evidence: null } };
  expect(isLow(controlRow(onSale))).toBe(true);
  expect(isLow(controlRow(gone))).toBe(false);
});

test("the sheet's net price stands only while the price is the planned one", () => {
  const [product] = rows;
  if (!product) throw new Error("no row");
  const planned = { ...product, netPriceFen: fen(2_500) };
  expect(netNow(controlRow(planned), [])).toBe(2_500);
  const dearer = { ...planned, skus: planned.skus.map((sku) => ({ ...sku, liveFen: fen(9_000) })) };
  expect(netNow(controlRow(dearer), [])).toBe(null);
  const none = { ...planned, netPriceFen: fen(99_999) };
  expect(netNow(controlRow(none), [])).toBe(null);
});

test("[PRG11] no host reads out a price that one buyer can't pay", () => {
  const [product] = rows;
  if (!product) throw new Error("no row");
  const cheap = { ...product, netPriceFen: null, skus: product.skus.map((sku) => ({ ...sku, liveFen: fen(5_900) })) };
  const running = (thresholdFen: number) => ({
    state: "running" as const,
    discount: { kind: "moneyOff" as const, thresholdFen: fen(thresholdFen), offFen: fen(5_000), productIds: null },
  });
  expect(netNow(controlRow(cheap), [running(30_000)])).toBe(null);
  expect(netNow(controlRow(cheap), [running(5_000)])).toBe(900);
});
