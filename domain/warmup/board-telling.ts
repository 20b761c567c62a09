import type { BoardBook, BoardRow, BoardState } from "./board.ts";
import { bookOf, TOP } from "./board.ts";
import { atRank, countOf, rankOf, topOf } from "./ranking.ts";

/** The board as it is told: the first twenty, who rose past whom since, and where one person stands. */

export function tellBoard(own: BoardState, personOfNumber: (n: number) => string) {
  const { ranking } = bookOf(own);
  const rows = topOf(ranking, TOP).map((n): BoardRow => ({
    n,
    personId: personOfNumber(n),
    count: countOf(ranking, n),
  }));
  const changed = rows.flatMap((row, index) => {
    const was = own.told.rows[index];
    const isSame = was?.n === row.n && was.personId === row.personId && was.count === row.count;
    return isSame ? [] : [{ rank: index + 1, ...row }];
  });
  const told = { metric: own.metric, rows: changed, shown: rows.length, inviters: ranking.size, total: ranking.total };
  const overtakes = own.told.metric === own.metric ? overtakesOf(bookOf(own), own.told.rows, rows) : [];
  return { told, overtakes };
}

/** Who rose past whom. Where somebody fell because an invite was taken back, nobody overtook them. */
function overtakesOf({ ranking }: BoardBook, before: readonly BoardRow[], after: readonly BoardRow[]) {
  return after.flatMap(({ n, personId, count }, index) => {
    const was = before.findIndex((row) => row.n === n);
    if (was >= 0 && count <= (before[was]?.count ?? 0)) return [];
    const passed = before.flatMap((row, place) => {
      if (row.n === n || (was >= 0 && place > was) || countOf(ranking, row.n) < row.count) return [];
      const now = after.findIndex((other) => other.n === row.n);
      return now < 0 || now > index ? [row.n] : [];
    });
    return passed.length === 0 ? [] : [{ n, personId, from: was < 0 ? null : was + 1, rank: index + 1, passed }];
  });
}

/** With how many they stand, and how many are missing to stand one higher. Of two with the same count whoever got there first stays above. */
export function standingOf({ ranking }: BoardBook, n: number) {
  const count = countOf(ranking, n);
  const rank = rankOf(ranking, n);
  if (rank === null) return { rank, count, next: { rank: ranking.size + 1, missing: 1 } };
  const above = atRank(ranking, rank - 1);
  const next = above === undefined ? null : { rank: rank - 1, missing: countOf(ranking, above) - count + 1 };
  return { rank, count, next };
}

/** For staff and the host's screen, where masked names are joined by the ids. */
export function boardRow({ metric, frozen, published, told, overtakes }: BoardState) {
  return {
    metric,
    frozenAt: frozen?.at ?? null,
    published,
    inviters: told.inviters,
    total: told.total,
    at: told.at,
    top: told.rows.map(({ n, personId, count }, index) => {
      const above = told.rows[index - 1];
      return { rank: index + 1, n, personId, count, gap: above ? above.count - count + 1 : null };
    }),
    overtakes: overtakes.map((overtake) => ({ ...overtake, passed: [...overtake.passed] })),
  };
}
export type ShownBoard = ReturnType<typeof boardRow>;

/** Rows name nobody: the edge joins masked names to their numbers. */
export function viewerBoard(own: BoardState) {
  const { overtakes: _staff, ...board } = boardRow(own);
  const top = board.top.map(({ personId: _id, ...row }) => row);
  return own.published ? { ...board, top } : { ...board, inviters: 0, total: 0, top: [] };
}
