import type { Severity } from "./rules.ts";

/** What the lint found (CMP1). `findingId` names rule, place and words: whoever accepts it accepts these words, not the next ones. */

export const PLACES = ["landing", "push", "cell", "reward", "lottery", "product", "coupon", "method"] as const;
export type Place = (typeof PLACES)[number];

export type Where = {
  readonly kind: Place;
  /** Of the row; of the landing page the block's, or `settings`. */
  readonly id: string;
  /** What the row is called, to find it. */
  readonly title: string;
  readonly field: string;
};

export type Finding = {
  readonly findingId: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly where: Where;
  /** As they stand there; empty where something is missing. */
  readonly words: string;
};

/** FNV-1a, 32 bit: names the words in an id, protects nothing. */
function hashed(words: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < words.length; index += 1) {
    hash = Math.imul(hash ^ words.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash.toString(36);
}

export function finding(rule: string, severity: Severity, where: Where, words: string): Finding {
  const { kind, id, field } = where;
  return { findingId: `${rule}:${kind}:${id}:${field}:${hashed(words)}`, rule, severity, where, words };
}
