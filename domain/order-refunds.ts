import type { OrderRefund } from "./order-item.ts";

/** What of an order is not refunded yet. `takeRefund` lowers it. */
export type RefundRest = {
  readonly lines: { readonly lineId: string; fen: number; units: number }[];
  freightFen: number;
};

/** `lineId` null: freight alone, or units of which the source does not say which line they were. */
export type RefundPart = {
  readonly lineId: string | null;
  readonly fen: number;
  readonly freightFen: number;
  readonly units: number;
};

/**
 * Rule ORD8. A refund takes from the line it names; what it names no line for is spread over the lines by what is left of each, then over the
 * freight. What exceeds all that was paid is not taken. A line that is refunded to the last fen gives all its units back, unless the refund says how many.
 */
export function takeRefund(rest: RefundRest, refund: OrderRefund): RefundPart[] {
  const takenFen = rest.lines.map(() => 0);
  let leftFen: number = refund.fen;
  const named = rest.lines.findIndex(({ lineId }) => lineId === refund.lineId);
  const take = (index: number, fen: number) => {
    const line = rest.lines[index];
    if (!line) return;
    const part = Math.min(fen, line.fen, leftFen);
    line.fen -= part;
    takenFen[index] = (takenFen[index] ?? 0) + part;
    leftFen -= part;
  };
  if (named >= 0) take(named, leftFen);
  spread(rest, leftFen).forEach((fen, index) => take(index, fen));
  const freightFen = Math.min(leftFen, rest.freightFen);
  rest.freightFen -= freightFen;

  const takenUnits = takeUnits(rest, refund, named, takenFen);
  const parts = rest.lines.flatMap(({ lineId }, index): RefundPart[] => {
    const fen = takenFen[index] ?? 0;
    const units = takenUnits.byLine[index] ?? 0;
    return fen > 0 || units > 0 ? [{ lineId, fen, freightFen: 0, units }] : [];
  });
  if (freightFen > 0 || takenUnits.unnamed > 0) {
    parts.push({ lineId: null, fen: 0, freightFen, units: takenUnits.unnamed });
  }
  return parts;
}

/** Shares of `fen` by what is left of each line: whole fen, none more than its line has, summing to all that the lines can give. */
function spread({ lines }: RefundRest, fen: number): number[] {
  const total = lines.reduce((sum, line) => sum + line.fen, 0);
  if (total <= fen) return lines.map((line) => line.fen);
  let runningFen = 0;
  let given = 0;
  // Cumulative rounding: the shares sum to `fen` exactly. BigInt, because fen × fen exceeds what a double holds.
  return lines.map((line) => {
    runningFen += line.fen;
    const upTo = Number((BigInt(fen) * BigInt(runningFen)) / BigInt(total));
    const share = upTo - given;
    given = upTo;
    return share;
  });
}

function takeUnits(
  { lines }: RefundRest,
  { units }: OrderRefund,
  named: number,
  takenFen: readonly number[],
): { readonly byLine: readonly number[]; readonly unnamed: number } {
  const target = named >= 0 ? named : lines.length === 1 ? 0 : -1;
  const all = target < 0 && units !== undefined && units >= lines.reduce((sum, line) => sum + line.units, 0);
  const unitsOf = (line: RefundRest["lines"][number], index: number): number => {
    if (units === undefined) return line.fen === 0 && (takenFen[index] ?? 0) > 0 ? line.units : 0;
    if (all) return line.units;
    return index === target ? Math.min(units, line.units) : 0;
  };
  const byLine = lines.map((line, index) => {
    const taken = unitsOf(line, index);
    line.units -= taken;
    return taken;
  });
  if (units === undefined || all || target >= 0) return { byLine, unnamed: 0 };
  return { byLine, unnamed: takeUnnamed(lines, units) };
}

/** Units of an unknown line: they count once, as `unmatched`, and never more than the order has left. */
function takeUnnamed(lines: RefundRest["lines"], units: number): number {
  let left = units;
  for (const line of lines) {
    const part = Math.min(left, line.units);
    line.units -= part;
    left -= part;
  }
  return units - left;
}
