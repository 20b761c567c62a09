/** Breaks text into lines as Chinese and English are broken: between any two characters, but not inside a word, and with no comma at the head. Pure. */

export type WidthOf = (text: string) => number;

const graphemes = new Intl.Segmenter("zh", { granularity: "grapheme" });
/** Never stand first in a line. */
const CLOSING = /^[,。、;:!?)》」』】”’%,.;:!?)\]}…·]/u;
/** Never stand last in a line. */
const OPENING = /[((《「『【“‘[{¥$]$/u;
const LATIN = /^[\p{Script=Latin}\p{Nd}.,'’\-_/&+%#@:]+$/u;

/** No line is wider than `maxWidth`, but for a single character that is. Nothing of the text is lost but spaces at the breaks. */
export function wrapText(text: string, maxWidth: number, widthOf: WidthOf): readonly string[] {
  const lines: string[] = [];
  let line = "";
  const push = (token: string) => {
    if (line === "" || widthOf((line + token).trimEnd()) <= maxWidth) {
      line = line === "" ? token.trimStart() : line + token;
      return;
    }
    lines.push(line.trimEnd());
    line = token.trimStart();
  };
  for (const token of tokensOf(text)) {
    if (widthOf(token.trim()) <= maxWidth) push(token);
    // A word longer than a line is cut where the line ends.
    else for (const { segment } of graphemes.segment(token)) push(segment);
  }
  if (line.trim() !== "" || lines.length === 0) lines.push(line.trimEnd());
  return lines;
}

/** What may not be torn apart. */
function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  for (const { segment } of graphemes.segment(text)) {
    const last = tokens.at(-1);
    const glued =
      last !== undefined &&
      !/\s$/.test(last) &&
      ((LATIN.test(segment) && LATIN.test(last)) || CLOSING.test(segment) || OPENING.test(last));
    if (glued) tokens[tokens.length - 1] = last + segment;
    else tokens.push(segment);
  }
  return tokens;
}
