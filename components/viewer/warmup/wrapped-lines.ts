const ELLIPSIS = "…";
/** Latin words stay whole where they can; Chinese breaks anywhere. */
const PIECES = /[\p{Script=Latin}\p{N}'’.,%¥$+-]+\s*|\s+|./gsu;

/** Text in at most `max` lines; what does not fit ends in "…". `fits` tells whether a line is narrow enough. */
export function wrappedLines(text: string, max: number, fits: (line: string) => boolean): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const piece of piecesOf(text.trim(), fits)) {
    if (fits((line + piece).trimEnd())) {
      line += piece;
      continue;
    }
    if (lines.length === max - 1) return [...lines, shortened(line + piece, fits)];
    lines.push(line.trimEnd());
    line = piece.trimStart();
  }
  return line.trim() ? [...lines, line.trimEnd()] : lines;
}

/** A word that is wider than a line is broken like Chinese. */
function piecesOf(text: string, fits: (line: string) => boolean): string[] {
  return (text.replaceAll(/\s+/g, " ").match(PIECES) ?? []).flatMap((piece) =>
    fits(piece.trimEnd()) ? [piece] : Array.from(piece),
  );
}

function shortened(line: string, fits: (line: string) => boolean): string {
  const letters = Array.from(line.trimEnd());
  while (letters.length > 0 && !fits(letters.join("").trimEnd() + ELLIPSIS)) letters.pop();
  return letters.join("").trimEnd() + ELLIPSIS;
}
