import type { ViewerProduct, ViewerSession, ViewerShow } from "./viewer-data.ts";

/** What is in the bag, in its order. After the show only what was on sale in it: nothing else will be. */
export const shelfOf = (products: ViewerShow["slices"]["products"], phase: ViewerSession["phase"]): ViewerProduct[] =>
  products
    .map(([, product]) => product)
    .filter(({ saleState }) => phase !== "ended" || saleState !== "notYet")
    .toSorted((a, b) => a.position - b.position);

/** 到手价 is planned and the price may have been lowered since: then it says nothing any more. */
export const netPriceOf = ({
  netPriceFen,
  priceFen,
}: Pick<ViewerProduct, "netPriceFen" | "priceFen">): ViewerProduct["netPriceFen"] =>
  netPriceFen !== null && (priceFen === null || netPriceFen < priceFen) ? netPriceFen : null;
