import { yuanRound } from "#domain/figure-text.ts";

/** Integer fen as people read them. */

export { count, percent, yuanRound } from "#domain/figure-text.ts";

// Made once: a formatter costs more than all it formats on a page.
const grouped = new Intl.NumberFormat("en-US", { maximumFractionDigits: 3 });
const toOneDecimal = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 });

/** 84623150 → "¥846,231.50"; whole yuan stay whole: 39900 → "¥399". */
export function yuan(fen: number): string {
  const { sign, whole, cents } = parts(fen);
  return `${sign}¥${grouped.format(whole)}${cents === 0 ? "" : `.${String(cents).padStart(2, "0")}`}`;
}

/** ¥99–129; one price where all are the same. */
export function yuanRange(lowFen: number, highFen: number): string {
  return highFen > lowFen ? `${yuan(lowFen)}–${yuan(highFen).replace("¥", "")}` : yuan(lowFen);
}

/** Always with two decimals, for columns that are compared digit by digit. */
export function yuanExact(fen: number): string {
  const { sign, whole, cents } = parts(fen);
  return `${sign}¥${grouped.format(whole)}.${String(cents).padStart(2, "0")}`;
}

/** From ¥10,000 on in 万 with one decimal, as the host's screen shows it: "¥84.6 万". English has no 万: "¥846k". */
export function yuanShort(fen: number, locale: string): string {
  const whole = Math.abs(fen) / 100;
  const sign = fen < 0 ? "−" : "";
  if (whole < 10_000) return yuanRound(fen);
  if (locale.startsWith("zh")) return `${sign}¥${oneDecimal(whole / 10_000)} 万`;
  return whole < 1_000_000 ? `${sign}¥${oneDecimal(whole / 1_000)}k` : `${sign}¥${oneDecimal(whole / 1_000_000)}M`;
}

const oneDecimal = (value: number) => toOneDecimal.format(value);

function parts(fen: number) {
  const abs = Math.abs(fen);
  return { sign: fen < 0 ? "−" : "", whole: Math.trunc(abs / 100), cents: abs % 100 };
}
