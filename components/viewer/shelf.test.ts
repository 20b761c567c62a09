import { expect, test } from "vitest";
import { shelfOf } from "./shelf.ts";
import type { ViewerProduct } from "./viewer-data.ts";

const product = (
  productId: string,
  position: number,
  saleState: ViewerProduct["saleState"],
): [string, ViewerProduct] => [
  productId,
  {
    productId,
    linkNo: position,
    position,
    name: productId,
    pictureUrl: null,
    mechanism: "",
    priceFen: null,
    usualFen: null,
    netPriceFen: null,
    saleState,
    explained: false,
  },
];

test("the bag stands in its order; after the show nothing in it waits to be sold any more", () => {
  const products = [product("b", 2, "notYet"), product("c", 3, "soldOut"), product("a", 1, "onSale")];
  const shown = (phase: "live" | "ended") => shelfOf(products, phase).map(({ productId }) => productId);
  expect(shown("live")).toEqual(["a", "b", "c"]);
  expect(shown("ended")).toEqual(["a", "c"]);
});
