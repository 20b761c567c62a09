import { bad, type Cell, cellText, foldedText, good, isBlank, isFormulaError, type Parsed } from "./cells.ts";

const PLATFORM_ID = /^[!-~]{1,160}$/; // as PlatformId in units.ts
const EXACT_DIGITS = 15; // a double keeps 15 decimal digits for certain

/**
 * An id of the platform. Digits that a spreadsheet rounded away cannot be won back, so "3.70512E+18" and numbers
 * of over 15 digits are refused and never guessed.
 */
export function parseId(cell: Cell | undefined): Parsed<string> {
  if (isBlank(cell)) return bad("cell.required");
  if (isFormulaError(cell)) return bad("cell.formulaError");
  const folded = foldedText(cell);
  if (/^[+-]?\d+(?:\.\d+)?e[+-]?\d+$/i.test(folded)) return bad("id.mangled");
  const digits = /^(\d+)(\.0*)?$/.exec(folded);
  if (digits) {
    const [, whole = "", point] = digits;
    const wasNumber = typeof cell === "object" || point !== undefined;
    return wasNumber && whole.length > EXACT_DIGITS ? bad("id.mangled") : good(whole);
  }
  if (typeof cell === "object") return bad("id.mangled");
  const text = cellText(cell);
  return PLATFORM_ID.test(text) ? good(text) : bad("id.unreadable");
}

/**
 * A column of long ids that were rounded and then written as digits ("3705123456789010000") looks like text.
 * One id may end in zeros by chance; when most of the column does, it was rounded.
 */
export function looksRounded(ids: Iterable<string>): boolean {
  let long = 0;
  let zeros = 0;
  for (const id of new Set(ids)) {
    if (!/^\d{17,}$/.test(id)) continue;
    long++;
    if (/^0+$/.test(id.slice(EXACT_DIGITS))) zeros++;
  }
  return zeros > 0 && zeros * 2 > long;
}
