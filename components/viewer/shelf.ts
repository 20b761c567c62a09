import type { ViewerProduct, ViewerSession, ViewerShow } from "./viewer-data.ts";

/** What is in the bag, in its order. After the show only what was on sale in it: nothing else will be. */
export const shelfOf = (products: ViewerShow["slices"]["products"], phase: ViewerSession["phase"]): ViewerProduct[] =>
  products
    .map(([, product]) => product)
    .filter(({ saleState }) => phase !== "ended" || saleState !== "notYet")
    .toSorted((a, b) => a.position - b.position);
