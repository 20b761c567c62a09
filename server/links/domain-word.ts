import { createHmac } from "node:crypto";
import { derivedHmacKey } from "../lib/vault.ts";

/** What this house alone answers to a word that was drawn a moment ago: so a domain proves that it leads here, and to no page that stands in its way. */
export const WORD_PATH = "/.well-known/kaibo-domain";

export function answerToWord(secret: string, word: string): string {
  return createHmac("sha256", derivedHmacKey(secret, "link domain words v1")).update(word).digest("base64url");
}
