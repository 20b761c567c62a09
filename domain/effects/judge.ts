/** 有效, 看不出, 变差. */
export type Word = "helped" | "unclear" | "hurt";

/** A word needs a range that leaves out "nothing changed" (EFF2). */
export function wordOf({ low, high }: { readonly low: number; readonly high: number }): Word {
  if (low > 0) return "helped";
  return high < 0 ? "hurt" : "unclear";
}

/** Normal quantile of 95 %: 5 % on each side leave a range of 90 %. */
const Z = 1.644854;

/** Quantile of 95 % of Student's t (Cornish and Fisher's series; within 0.5 % from 4 degrees of freedom on). */
export function studentQuantile(degrees: number): number {
  const z2 = Z * Z;
  const first = (Z * (z2 + 1)) / 4;
  const second = (Z * (5 * z2 * z2 + 16 * z2 + 3)) / 96;
  const third = (Z * (3 * z2 * z2 * z2 + 19 * z2 * z2 + 17 * z2 - 15)) / 384;
  return Z + first / degrees + second / degrees ** 2 + third / degrees ** 3;
}
