/** A quoted cell holds at most what a spreadsheet's cell can, twice for doubled quotes: bounds the search for its end. */
const QUOTED_MAX = 65_536;

type Quoted = { readonly text: string; readonly end: number };

/**
 * Reads a quoted field whose quote stands at `start`. Null when it is no such field after all: a clipboard writes a
 * cell that merely begins with a quote as it is, and its quote has no partner before a delimiter.
 */
function readQuoted(text: string, start: number, delimiter: string): Quoted | null {
  let from = start + 1;
  let value = "";
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0 || quote - start > QUOTED_MAX) return null;
    value += text.slice(from, quote);
    if (text[quote + 1] === '"') {
      value += '"';
      from = quote + 2;
      continue;
    }
    let end = quote + 1;
    while (text[end] === " ") end++;
    const next = text[end];
    const closes = next === undefined || next === delimiter || next === "\n" || next === "\r";
    return closes ? { text: value, end } : null;
  }
}

/**
 * Splits delimited text into rows of cells: quoted cells may hold line breaks, delimiters and doubled quotes; all
 * three line endings are read. A cell written as ="…" keeps that form. Never throws.
 */
export function parseDelimited(text: string, delimiter: "\t" | "," | ";"): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  const plain = new RegExp(`[^${delimiter}\\r\\n]*`, "y");
  while (at < text.length || row.length > 0) {
    const opens = text[at] === '"' ? 0 : text[at] === "=" && text[at + 1] === '"' ? 1 : -1;
    const quoted = opens < 0 ? null : readQuoted(text, at + opens, delimiter);
    if (quoted) {
      row.push(opens === 1 ? `="${quoted.text}"` : quoted.text);
      at = quoted.end;
    } else {
      plain.lastIndex = at;
      const cell = plain.exec(text)?.[0] ?? "";
      row.push(cell);
      at += cell.length;
    }
    if (text[at] === delimiter) {
      at++;
      continue;
    }
    rows.push(row);
    row = [];
    if (text[at] === "\r") at++;
    if (text[at] === "\n") at++;
  }
  return rows;
}

/** The delimiter that splits the first lines most evenly; a tab wins over a comma, a comma over a semicolon. */
export function detectDelimiter(text: string): "\t" | "," | ";" {
  const head = text.slice(0, 20_000);
  let best: { delimiter: "\t" | "," | ";"; score: number } = { delimiter: ",", score: 0 };
  for (const delimiter of ["\t", ",", ";"] as const) {
    const rows = parseDelimited(head, delimiter).slice(0, 30);
    const widths = rows.filter((row) => row.some((cell) => cell.trim() !== "")).map((row) => row.length);
    const widest = Math.max(0, ...widths);
    const even = widths.filter((width) => width === widest).length / Math.max(1, widths.length);
    const score = widest > 1 ? Math.min(widest, 20) * even : 0;
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}
