import { refuse } from "./refusal.ts";

export type TextEncoding = "utf-8" | "gb18030" | "utf-16le" | "utf-16be";
export type DecodedText = {
  readonly text: string;
  readonly encoding: TextEncoding;
  /** Characters that could not be read: a nickname cut in half. */
  readonly damaged: number;
};

const DAMAGED_MAX = 0.002;

function decoded(bytes: Uint8Array, encoding: TextEncoding): DecodedText {
  const text = new TextDecoder(encoding).decode(bytes);
  let damaged = 0;
  for (let at = text.indexOf("\ufffd"); at >= 0; at = text.indexOf("\ufffd", at + 1)) damaged++;
  return { text, encoding, damaged };
}

/** UTF-16 without a mark: most of the bytes at every second place are 0. */
function bareUtf16(bytes: Uint8Array): TextEncoding | null {
  const length = Math.min(bytes.length & ~1, 4096);
  if (length < 4) return null;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < length; at += 2) {
    if (bytes[at] === 0) even++;
    if (bytes[at + 1] === 0) odd++;
  }
  const pairs = length / 2;
  if (odd > pairs * 0.2 && even < pairs * 0.02) return "utf-16le";
  return even > pairs * 0.2 && odd < pairs * 0.02 ? "utf-16be" : null;
}

// Text has tabs and line breaks and hardly another control character; a picture or a program is full of them.
function isText(text: string): boolean {
  const head = text.slice(0, 100_000);
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  const controls = head.match(/[\u0000-\u0008\u000e-\u001f]/g)?.length ?? 0;
  return controls <= head.length / 500;
}

function bestOf(bytes: Uint8Array): DecodedText {
  const utf8 = decoded(bytes, "utf-8");
  if (utf8.damaged === 0) return utf8;
  // GB18030 reads all of GBK and GB2312. Nearly any bytes are some Chinese in it, so UTF-8 is asked first.
  const gb = decoded(bytes, "gb18030");
  return gb.damaged * 4 <= utf8.damaged ? gb : utf8;
}

/** Text of a CSV in any encoding that Chinese tools write: UTF-8, GBK, UTF-16, each with or without a mark. */
export function decodeText(bytes: Uint8Array): DecodedText {
  const [a, b] = bytes;
  const marked = a === 0xff && b === 0xfe ? "utf-16le" : a === 0xfe && b === 0xff ? "utf-16be" : null;
  const wide = marked ?? bareUtf16(bytes);
  const found = wide ? decoded(bytes, wide) : bestOf(bytes);
  if (!isText(found.text)) throw refuse("import.notATable", "binary");
  if (found.damaged > Math.max(3, found.text.length * DAMAGED_MAX)) throw refuse("import.unreadable", "encoding");
  return found;
}
