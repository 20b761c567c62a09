/** In the order of time: a show's shifts have no other. */
export function byTime<S extends { readonly from: number; readonly to: number; readonly shiftId: string }>(
  shifts: readonly S[],
): S[] {
  return shifts.toSorted((a, b) => a.from - b.from || a.to - b.to || (a.shiftId < b.shiftId ? -1 : 1));
}
