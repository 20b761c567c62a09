/**
 * Splits a whole amount by weights so that the parts add up to it exactly: largest remainder, earlier part first
 * among equals. Without any weight the first part takes all. Amounts and weights are integers of 0 or more.
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  if (weights.length === 1) return [total];
  const sum = weights.reduce((all, weight) => all + BigInt(weight), 0n);
  if (sum === 0n) return weights.map((_, index) => (index === 0 ? total : 0));
  const shares = weights.map((weight, index) => {
    const exact = BigInt(total) * BigInt(weight);
    return { index, part: Number(exact / sum), rest: exact % sum };
  });
  let left = total - shares.reduce((all, share) => all + share.part, 0);
  const byRest = shares.toSorted((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1));
  for (const share of byRest) {
    if (left === 0) break;
    share.part++;
    left--;
  }
  return shares.map((share) => share.part);
}
