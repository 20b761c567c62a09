/** Figures as people read them, on screens and in what robots say. */

// Made once: a formatter costs more than all it formats on a page.
const grouped = new Intl.NumberFormat("en-US", { maximumFractionDigits: 3 });

/** Figures where cents say nothing: rounded to whole yuan. */
export function yuanRound(fen: number): string {
  const rounded = Math.round(Math.abs(fen) / 100);
  return `${fen < 0 && rounded > 0 ? "−" : ""}¥${grouped.format(rounded)}`;
}

/** 182930 → "182,930". */
export const count = (value: number): string => grouped.format(value);

/** 0.0291 → "2.91%". */
export const percent = (ratio: number, digits = 1): string => {
  const shown = ratio * 100;
  // From a thousand on decimals say nothing, and digits want their groups.
  return Math.abs(shown) >= 1_000 ? `${grouped.format(Math.round(shown))}%` : `${shown.toFixed(digits)}%`;
};

/** 5076000 → "1:24:36", 72000 → "1:12", −72000 → "−1:12". */
export function duration(ms: number): string {
  const total = Math.trunc(Math.abs(ms) / 1000);
  const hours = Math.trunc(total / 3600);
  const minutes = Math.trunc((total % 3600) / 60);
  const seconds = String(total % 60).padStart(2, "0");
  const sign = ms < 0 && total > 0 ? "−" : "";
  return hours > 0 ? `${sign}${hours}:${String(minutes).padStart(2, "0")}:${seconds}` : `${sign}${minutes}:${seconds}`;
}
