"use client";
import { useTranslations } from "next-intl";
import { randomId } from "../../http/random-id.ts";
import { useProductOptions } from "../../plan/product-options.ts";
import { useSession } from "../../session/session-provider.tsx";
import type { Beginning } from "./new-block.ts";
import { useCouponChoices } from "./picked-list.tsx";

/** What new blocks are filled with: the show's own title, time, products, coupons. */
export function useBeginning(): Beginning {
  const words = useTranslations("warmupPlan.landing.template");
  const { title, theme } = useSession((show) => show.session);
  const products = useProductOptions();
  const coupons = useCouponChoices();
  return {
    newId: randomId,
    productIds: products.map(({ value }) => value),
    couponIds: coupons.map(({ value }) => value),
    words: {
      hero: Array.from(theme || title)
        .slice(0, 60)
        .join(""),
      // The page itself says when it begins.
      subtitle: theme === "" ? "" : title,
      act: words("act"),
      hostName: words("hostName"),
      rules: words("rules"),
    },
  };
}
