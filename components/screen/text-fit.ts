/** How large words may stand so that they can be read from afar and still fit. Pure. */

/** About how wide words are in their own size: Chinese is as wide as it is high. */
export function emsOf(text: string): number {
  let ems = 0;
  for (const letter of text) ems += letter > "\u2e7f" ? 1 : /[A-Z0-9@%W]/.test(letter) ? 0.62 : 0.52;
  return ems;
}

/** Sizes from large to small, in units of the board. */
export type Sizes = readonly [number, ...number[]];

/** The largest of `sizes` in which `text` fills at most `lines` lines of `width`; else the smallest. A word that does not break costs some room. */
export function fittingSize(text: string, sizes: Sizes, { width, lines }: { width: number; lines: number }): number {
  const ems = emsOf(text);
  const room = lines === 1 ? width : width * lines * 0.94;
  return sizes.find((size) => ems * size <= room) ?? sizes[sizes.length - 1] ?? sizes[0];
}
