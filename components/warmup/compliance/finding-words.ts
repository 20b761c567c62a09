"use client";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import type { Finding } from "#domain/compliance/finding.ts";
import { RULES, type RuleName } from "#domain/compliance/rules.ts";

const FIELDS = [
  "title",
  "subtitle",
  "items",
  "text",
  "steps",
  "settings",
  "consentText",
  "reserve",
  "rules",
  "copy",
  "valueFen",
  "prizes",
  "conditionText",
  "carrier",
  "name",
  "mechanism",
  "sellingPoints",
  "blocks",
] as const;

const isRule = (name: string): name is RuleName => Object.hasOwn(RULES, name);

/** A finding in words: what speaks against it, on what it rests, where it stands. A rule that this screen is too old for is named. */
export function useFindingWords() {
  const words = useTranslations("warmupPlan.compliance");
  const field = useCallback(
    (name: string): string => {
      if (name === "card.title") return words("field.cardTitle");
      if (name === "card.desc") return words("field.cardDesc");
      const known = FIELDS.find((one) => one === name);
      return known ? words(`field.${known}`) : name;
    },
    [words],
  );
  const says = useCallback(({ rule }: Pick<Finding, "rule">) => (isRule(rule) ? words(`rule.${rule}`) : rule), [words]);
  const basis = useCallback(
    ({ rule }: Pick<Finding, "rule">): string | null =>
      // Ids of our own rules say nothing to whoever reads them.
      isRule(rule) && RULES[rule].basis.startsWith("《") ? words("basis", { basis: RULES[rule].basis }) : null,
    [words],
  );
  const place = useCallback(
    ({ where: { kind, title, field: name } }: Pick<Finding, "where">) =>
      [words(`place.${kind}`), title, field(name)].filter((part) => part !== "").join(" · "),
    [words, field],
  );
  return { says, basis, place };
}
