"use client";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import type { EffectAct } from "#domain/effects/report.ts";
import { slicesOf } from "../../session/session-provider.tsx";
import type { ViewState } from "../../session/view-state.ts";

/** What an act is called: 推券 满 300 减 50, 上链接 3 号, 群发 开播提醒. */
export function useEffectActName(last: ViewState): (act: EffectAct) => string {
  const words = useTranslations("effects.act");
  return useCallback(
    ({ id, kind, refs }) => {
      const { products, coupons, lotteries, pushes } = slicesOf(last);
      const product = refs.productId === null ? undefined : products.get(refs.productId);
      switch (kind) {
        case "couponPush":
          return words(kind, { name: coupons.get(refs.couponId ?? "")?.title ?? "" });
        case "lottery":
          return words(kind, { name: lotteries.get(refs.lotteryId ?? "")?.title ?? "" });
        case "groupPush":
          // A shared link is not shown the pushes.
          return pushes.has(id) ? words("groupPushNamed", { name: pushes.get(id)?.title ?? "" }) : words(kind);
        case "openSale":
        case "priceChange":
          return words(kind, { link: product?.linkNo ?? "?", name: product?.name ?? "" });
      }
    },
    [last, words],
  );
}
