"use client";
import { useLocale, useTranslations } from "next-intl";
import { useCallback } from "react";
import type { CommandInput } from "#domain/ops/index.ts";
import { yuan } from "../format/money.ts";

type Discount = CommandInput<"coupon.plan">["discount"];

/** A discount as people say it: 满 300 减 50, 直减 20, 八五折 as 8.5 折. */
export function useDiscountWords(): (discount: Discount) => string {
  const words = useTranslations("discount");
  const chinese = useLocale() === "zh-CN";
  return useCallback(
    (discount) => {
      switch (discount.kind) {
        case "moneyOff":
          return words("moneyOff", { threshold: yuan(discount.thresholdFen), off: yuan(discount.offFen) });
        case "direct":
          return words("direct", { off: yuan(discount.offFen) });
        case "percent":
          return words("percent", {
            percent: chinese ? String(discount.payPercent / 10) : String(100 - discount.payPercent),
          });
        default:
          return discount satisfies never;
      }
    },
    [words, chinese],
  );
}
