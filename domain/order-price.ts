/** Units of a line, and money of the whole line. */
export type PricedLine = { readonly units: number; readonly paidFen: number; readonly discountFen: number };

/**
 * Whether a line was ordered at this price per unit (ORD12). Sources differ in whether they count before or after the discount, so either may be
 * the price. Without division, which would round.
 */
export function isAtPrice({ units, paidFen, discountFen }: PricedLine, priceFen: number): boolean {
  return units > 0 && [paidFen, paidFen + discountFen].includes(priceFen * units);
}
