"use client";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import type { LessonRule } from "#domain/lesson-rule.ts";
import { yuan } from "../format/money.ts";

const minuteText = (minuteOfDay: number): string =>
  `${String(Math.floor(minuteOfDay / 60)).padStart(2, "0")}:${String(minuteOfDay % 60).padStart(2, "0")}`;

/** "20:30", "20:30", "2030" → 1230; "8:05" → 485; `null` when it is no time of a day. */
export function minuteOfText(text: string): number | null {
  const found = /^(\d{1,2}):?(\d{2})$/.exec(text.normalize("NFKC").replace(/\s/g, ""));
  const [hours, minutes] = [Number(found?.[1]), Number(found?.[2])];
  return found && hours < 24 && minutes < 60 ? hours * 60 + minutes : null;
}

/** What a lesson's rule says, in a line. */
export function useRuleWords(): (rule: LessonRule) => string {
  const words = useTranslations("lessons");
  const kinds = useTranslations("cueKind");
  return useCallback(
    (rule) => {
      switch (rule.kind) {
        case "check":
          return words("ruleWords.check", { line: rule.line });
        case "notBefore":
          return words("ruleWords.notBefore", { product: rule.product.name, time: minuteText(rule.minuteOfDay) });
        case "notInFirst":
          return words("ruleWords.notInFirst", { product: rule.product.name, minutes: rule.minutes });
        case "stockAtLeast":
          return words("ruleWords.stockAtLeast", {
            product: rule.product?.name ?? words("everyProduct"),
            percent: rule.percent,
          });
        case "priceAtLeast":
          return words("ruleWords.priceAtLeast", { product: rule.product.name, price: yuan(rule.fen) });
        case "cueNote": {
          const kind = rule.cueKind === null ? "" : kinds(rule.cueKind);
          const product = rule.product?.name ?? "";
          const where =
            rule.product === null
              ? words("cueOf", { kind })
              : rule.cueKind === null
                ? words("cueOfProduct", { product })
                : words("cueOfBoth", { kind, product });
          return words("ruleWords.cueNote", { where, note: rule.note });
        }
      }
    },
    [words, kinds],
  );
}
