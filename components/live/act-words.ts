"use client";
import { useLocale, useTranslations } from "next-intl";
import type { Act } from "#domain/cue.ts";
import { withWords } from "#domain/message-text.ts";
import { yuan } from "../format/money.ts";
import { useSession } from "../session/session-provider.tsx";

/** What an act of a cue does, in few words: 放单 3 号 50 件. */
export function useActWords(): (act: Act) => string {
  const words = useTranslations("cues.act");
  const language = useLocale() === "en" ? "en" : "zh";
  const products = useSession((show) => show.products);
  const coupons = useSession((show) => show.coupons);
  const lotteries = useSession((show) => show.lotteries);
  const link = (productId: string) => products.get(productId)?.linkNo ?? "?";
  return (act) => {
    switch (act.type) {
      case "explain":
        return words("explain", { link: link(act.productId) });
      case "openSale":
        return words("openSale", { link: link(act.productId) });
      case "price":
        return words("price", { link: link(act.productId), price: yuan(act.priceFen) });
      case "release":
        return words("release", { link: link(act.productId), units: act.units });
      case "couponPush":
        return words("couponPush", { title: coupons.get(act.couponId)?.title ?? "?" });
      case "lotteryOpen":
        return words("lotteryOpen", { title: lotteries.get(act.lotteryId)?.title ?? "?" });
      case "message":
        return words(act.to === "host" ? "toHost" : "toAssistant", { text: withWords(act.text, language) });
      default:
        return act satisfies never;
    }
  };
}
