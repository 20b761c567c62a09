import { bad, type Cell, foldedText, good, isBlank, isFormulaError, type Parsed } from "./cells.ts";

const MAX_FEN = 10_000_000_000; // as Fen in units.ts: anything larger is a misread id
const MAX_COUNT = 10_000_000_000;
const SCALE: Readonly<Record<string, number>> = { 千: 3, k: 3, 万: 4, w: 4, 亿: 8 };

type Decimal = { readonly negative: boolean; readonly whole: string; readonly fraction: string };

/**
 * A decimal number without a detour through a double. Commas must group by three: "1,29" could be 1.29 or 129.
 * 12.9万 shifts the point by four places; 1.299E3 by three.
 */
function readDecimal(text: string): Decimal | null {
  const found = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d+|(?=\.\d))(?:\.(\d*))?(?:e([+-]?\d{1,2}))?\s*([千万亿kw]?)$/i.exec(
    text,
  );
  if (!found) return null;
  const [, sign, grouped = "", fraction = "", exponent = "0", unit = ""] = found;
  const shift = Number(exponent) + (SCALE[unit.toLowerCase()] ?? 0);
  const whole = grouped.replaceAll(",", "");
  const digits = whole + fraction;
  const point = whole.length + shift;
  const padded = point < 0 ? "0".repeat(-point) + digits : digits.padEnd(point, "0");
  const at = Math.max(point, 0);
  return {
    negative: sign === "-",
    whole: padded.slice(0, at).replace(/^0+(?=\d)/, "") || "0",
    fraction: padded.slice(at).replace(/0+$/, ""),
  };
}

/**
 * The decimal in units of 10^-places. Text must be exact; a number cell may carry the dust of a double
 * (99.90000000000001), which is dropped, but not a true further digit.
 */
function scaled(decimal: Decimal, places: number, fromNumber: boolean): number | null {
  const kept = Number(decimal.whole + decimal.fraction.slice(0, places).padEnd(places, "0"));
  const rest = decimal.fraction.slice(places);
  const sign = decimal.negative ? -1 : 1;
  if (rest === "") return kept === 0 ? 0 : sign * kept;
  if (!fromNumber || decimal.fraction.length < 9) return null;
  if (/^0{4}/.test(rest)) return kept === 0 ? 0 : sign * kept;
  return /^9{4}/.test(rest) ? sign * (kept + 1) : null;
}

const CURRENCY = /[¥$]|rmb|cny|人民币/gi;
const PER_PIECE = /\s*(?:元|块)?\s*\/\s*(?:件|个|盒|瓶|袋|套|支|双|条|包|只|箱|罐|份|组|片|斤|台|把|张|本|对)$/;

function bareAmount(text: string): string {
  const accountant = /^\((.*)\)$/.exec(text)?.[1];
  const signed = accountant === undefined ? text : `-${accountant}`;
  const bare = signed.replace(CURRENCY, "").replace(PER_PIECE, "").trim();
  return bare
    .replace(/^([+-])\s+/, "$1")
    .replace(/\s*(?:元|块)整?$/, "")
    .trim();
}

/** An amount in yuan as people and exports write it, in fen. May be negative. */
export function parseSignedFen(cell: Cell | undefined): Parsed<number> {
  if (isBlank(cell)) return bad("cell.required");
  if (isFormulaError(cell)) return bad("cell.formulaError");
  const text = foldedText(cell);
  const bare = bareAmount(text);
  const decimal = readDecimal(bare);
  if (!decimal) return bad(/\d\s*(?:-|~|至|到)\s*[¥$]?\d/.test(text) ? "amount.range" : "amount.unreadable");
  if (decimal.whole.length > 12) return bad("amount.tooLarge");
  const fen = scaled(decimal, 2, typeof cell === "object");
  if (fen === null) return bad("amount.fraction");
  return Math.abs(fen) > MAX_FEN ? bad("amount.tooLarge") : good(fen);
}

/** As parseSignedFen, for prices and payments, which are never negative. */
export function parseFen(cell: Cell | undefined): Parsed<number> {
  const parsed = parseSignedFen(cell);
  return parsed.ok && parsed.value < 0 ? bad("amount.negative") : parsed;
}

const COUNTED = /\s*(?:件|个|单|份|套|盒|瓶|袋|双|条|包|只|箱|罐|组|台|人次|人|次|条)$/;

/** A whole number of things or people: "1,200件", "1.2万", "12.0". */
export function parseCount(cell: Cell | undefined): Parsed<number> {
  if (isBlank(cell)) return bad("cell.required");
  if (isFormulaError(cell)) return bad("cell.formulaError");
  const decimal = readDecimal(foldedText(cell).replace(COUNTED, ""));
  if (!decimal) return bad("count.unreadable");
  if (decimal.whole.length > 11) return bad("count.tooLarge");
  const count = scaled(decimal, 0, typeof cell === "object");
  if (count === null) return bad("count.fraction");
  if (count < 0) return bad("count.negative");
  return count > MAX_COUNT ? bad("count.tooLarge") : good(count);
}

/** A share: "12.5%" is 0.125, a bare number is taken as it stands. */
export function parsePercent(cell: Cell | undefined): Parsed<number> {
  if (isBlank(cell)) return bad("cell.required");
  if (isFormulaError(cell)) return bad("cell.formulaError");
  const text = foldedText(cell);
  const decimal = readDecimal(text.replace(/\s*%$/, ""));
  if (!decimal) return bad("percent.unreadable");
  const value = Number(`${decimal.negative ? "-" : ""}${decimal.whole}.${decimal.fraction || "0"}`);
  return good(text.endsWith("%") ? value / 100 : value);
}

/** Yuan with two decimals, the way parseFen reads it back. */
export function fenText(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, "0");
  return `${fen < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
