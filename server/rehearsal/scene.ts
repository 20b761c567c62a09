import type { Scene, ScenePlace } from "./audience-shapes.ts";
import type { ControlView } from "./control-view.ts";

/** What persons in the room notice of the show: what is explained, what can be bought and for how much, what can be claimed and entered. */
export function sceneOf(view: ControlView, at: number): Scene {
  const { session } = view;
  const places = view.products.flatMap((product) => {
    if (!product.inBag || product.saleState !== "onSale" || product.platformId === null) return [];
    return [{ explained: product.explained, place: placeOf(product.platformId, product) }];
  });
  return {
    at,
    live: session.phase === "live",
    interrupted: session.phase === "interrupted",
    startedAt: session.startedAt,
    plannedEndAt: session.plannedEndAt,
    explained: places.find(({ explained }) => explained)?.place ?? null,
    onSale: places.map(({ place }) => place),
    coupons: view.coupons
      .filter(({ carrier, state }) => carrier === "own" && state === "running")
      .map(({ couponId, total, claimed, discount }) => ({
        couponId,
        left: (total ?? Infinity) - claimed,
        thresholdFen: discount.thresholdFen,
        offFen: discount.offFen,
      })),
    lotteries: view.lotteries
      .filter(({ own, state, closesAt }) => own && state === "open" && closesAt !== null && closesAt > at)
      .map(({ lotteryId, closesAt }) => ({ lotteryId, closesAt: closesAt ?? at })),
  };
}

function placeOf(platformId: string, { skus }: ControlView["products"][number]): ScenePlace {
  return {
    platformId,
    skus: skus.flatMap((sku) =>
      sku.platformId === null
        ? []
        : [
            {
              platformId: sku.platformId,
              liveFen: sku.liveFen ?? sku.plannedFen,
              usualFen: sku.usualFen ?? sku.plannedFen,
              sellable: sku.sellable,
            },
          ],
    ),
  };
}
