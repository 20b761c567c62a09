/** Where marks stand on an axis of time, so that none lies on another. Pure; all lengths in px. */

type Span = { readonly from: number; readonly to: number };
type Label = { readonly left: number; readonly width: number; readonly weight: number };

/**
 * The row of each label, counted from above: right of its mark's line, where it lies on no other label and no line runs through it;
 * `null` where there is no such row. A mark's line goes from its label down.
 */
export function placeLabels(
  marks: readonly Label[],
  { rows, widthPx }: { readonly rows: number; readonly widthPx: number },
): (number | null)[] {
  const taken: Span[][] = Array.from({ length: rows }, () => []);
  const placed: (number | null)[] = marks.map(() => null);
  // Heavier marks choose first.
  const order = marks
    .map((_, index) => index)
    .toSorted((a, b) => (marks[b]?.weight ?? 0) - (marks[a]?.weight ?? 0) || a - b);
  for (const index of order) {
    const mark = marks[index];
    if (!mark || mark.left < 0 || mark.left + mark.width > widthPx) continue;
    const span = { from: mark.left, to: mark.left + mark.width };
    const row = taken.findIndex(
      (spans, at) =>
        spans.every((one) => one.to <= span.from || one.from >= span.to) &&
        taken.slice(0, at).every((above) => above.every(({ from }) => !runsThrough(from, span))) &&
        taken.slice(at + 1).every((below) => below.every((one) => !runsThrough(span.from, one))),
    );
    if (row < 0) continue;
    taken[row]?.push(span);
    placed[index] = row;
  }
  return placed;
}

const runsThrough = (line: number, { from, to }: Span) => line > from && line < to;

export type Cluster<T> = { readonly place: number; readonly marks: readonly [T, ...T[]] };

/** Marks that stand nearer than `apartPx` behind the first of their group become one with it. `marks` in the order of their places. */
export function clustered<T extends { readonly place: number }>(marks: readonly T[], apartPx: number): Cluster<T>[] {
  const groups: { place: number; marks: [T, ...T[]] }[] = [];
  for (const mark of marks) {
    const last = groups.at(-1);
    if (last && mark.place - last.place < apartPx) last.marks.push(mark);
    else groups.push({ place: mark.place, marks: [mark] });
  }
  return groups;
}
