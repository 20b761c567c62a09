import { randomBytes } from "node:crypto";

/**
 * `/s/<show's word>` and what else the link says, in the link itself: `-i<inviter>`, `-s<source>`, `-p<push>`, one after another. So 200,000 inviters have a link
 * each and none of them a row. Small letters without look-alikes; capitals are taken too.
 */
export type ShortLink = {
  readonly showCode: string;
  /** As the page's address has them. */
  readonly words: { readonly i?: string; readonly s?: string; readonly p?: string };
};

const SIGNS = "23456789abcdefghjkmnpqrstuvwxyz";
const LENGTH = 6;
const WHOLE = /^([2-9a-hjkmnp-z]{6})((?:-[isp][0-9A-Za-z]{2,24}(?:-\d{1,4})?)*)$/;
const PART = /-([isp])([0-9A-Za-z]{2,24}(?:-\d{1,4})?)/g;

export function drawShowCode(): string {
  let code = "";
  // Rejected above the last multiple: each sign is as likely as the next.
  const limit = 256 - (256 % SIGNS.length);
  while (code.length < LENGTH) {
    for (const byte of randomBytes(LENGTH)) {
      if (byte < limit && code.length < LENGTH) code += SIGNS[byte % SIGNS.length] ?? "";
    }
  }
  return code;
}

/** `undefined`: no link of ours. */
export function readShortLink(text: string): ShortLink | undefined {
  // Only the show's word is ours to make small: codes of pushes tell capitals apart.
  const [, showCode, parts = ""] = WHOLE.exec(text.slice(0, LENGTH).toLowerCase() + text.slice(LENGTH)) ?? [];
  if (showCode === undefined) return undefined;
  const words: { i?: string; s?: string; p?: string } = {};
  for (const [, kind, value] of parts.matchAll(PART)) {
    if (kind === "i" || kind === "s" || kind === "p") words[kind] ??= value ?? "";
  }
  return { showCode, words };
}

/** Where it leads, on whatever domain it was opened. */
export function pageOfLink(sessionId: string, { words }: Pick<ShortLink, "words">): string {
  const query = new URLSearchParams(words).toString();
  return `/v/${encodeURIComponent(sessionId)}${query === "" ? "" : `?${query}`}`;
}
