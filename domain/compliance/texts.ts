import { complianceHits } from "../compliance-words.ts";
import { finding, type Finding, type Place } from "./finding.ts";
import { RULES, ruleOfHit, type RuleName } from "./rules.ts";

/** What people will read, and what of it a rule speaks against. */

export type Text = { readonly field: string; readonly text: string };
export type Subject = {
  readonly kind: Place;
  readonly id: string;
  readonly title: string;
  /** Whether the words stand on or lead to a page of ours in WeChat. */
  readonly h5: boolean;
  readonly texts: readonly Text[];
};

export function lintTexts({ kind, id, title, h5, texts }: Subject): Finding[] {
  return texts.flatMap(({ field, text }) => {
    const found = new Map<string, Finding>();
    for (const hit of complianceHits(text)) {
      const rule = ruleOfHit(hit, h5);
      const one = finding(rule, RULES[rule].severity, { kind, id, title, field }, hit.word);
      found.set(one.findingId, one);
    }
    return [...found.values()];
  });
}

/** A finding about what is missing, or about a figure. */
export function lacking(
  rule: RuleName,
  { kind, id, title }: Omit<Subject, "h5" | "texts">,
  field: string,
  words = "",
): Finding {
  return finding(rule, RULES[rule].severity, { kind, id, title, field }, words);
}
