import { refuse, type Refusal } from "./endpoint.ts";

/** The limits of the document are bytes of UTF-8, in which a Chinese character counts three. */
export function bytesOf(text: string): number {
  return Buffer.byteLength(text, "utf8");
}

/** 45002 when one of the texts is longer than its limit. */
export function tooLong(
  limits: readonly (readonly [name: string, text: string | undefined, bytesMax: number])[],
): Refusal | null {
  const long = limits.find(([, text, bytesMax]) => text !== undefined && bytesOf(text) > bytesMax);
  return long ? refuse(45002, `content size out of limit: ${long[0]} over ${long[2]} bytes`) : null;
}

/** Some names and remarks are cut instead of refused; those limits are characters. */
export function cut(text: string, charactersMax: number): string {
  return Array.from(text).slice(0, charactersMax).join("");
}

/** Cut to bytes of UTF-8, never within a character. */
export function cutBytes(text: string, bytesMax: number): string {
  let kept = "";
  let bytes = 0;
  for (const character of text) {
    bytes += bytesOf(character);
    if (bytes > bytesMax) return kept;
    kept += character;
  }
  return kept;
}
