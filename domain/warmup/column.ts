/** Columns of whole numbers by the number of a sign-up: four bytes an entry, in one piece of memory, which a million of them are glad of. */

const SMALLEST = 16;

/** The column with room at `at`; the same one where it has. */
export function grown(column: Uint32Array, at: number): Uint32Array {
  if (at < column.length) return column;
  const wider = new Uint32Array(Math.max(SMALLEST, 2 ** Math.ceil(Math.log2(at + 1))));
  wider.set(column);
  return wider;
}

export const emptyColumn = (): Uint32Array => new Uint32Array(SMALLEST);
