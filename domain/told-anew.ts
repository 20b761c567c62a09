import { same } from "./same.ts";

/** What a show is told again as a whole: which rows are new or other than it has them, and which are not among them any more. */
export function toldAnew<Row extends object>(
  have: { ids(): Iterable<string>; row(id: string): Row | undefined },
  rows: readonly Row[],
  idOf: (row: Row) => string,
): { readonly news: Row[]; readonly gone: string[] } {
  const wanted = new Map(rows.map((row) => [idOf(row), row]));
  return {
    news: [...wanted].flatMap(([id, row]) => (same(have.row(id), row) ? [] : [row])),
    gone: [...have.ids()].filter((id) => !wanted.has(id)),
  };
}
