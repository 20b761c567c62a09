/** Long lists of numbers in their order, changed in place: one number by a search, several in one pass over the list. */

/** The place of the first that is not smaller. */
function placeOf(list: readonly number[], n: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] ?? 0) < n) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Those that are there already stay once. */
export function enterAll(list: number[], ns: readonly number[]): void {
  const fresh = [...new Set(ns)].filter((n) => list[placeOf(list, n)] !== n).toSorted((a, b) => a - b);
  const [first] = fresh;
  if (first === undefined) return;
  const start = placeOf(list, first);
  if (fresh.length === 1 && start < list.length) {
    list.splice(start, 0, first);
    return;
  }
  const behind = list.slice(start);
  list.length = start;
  let at = 0;
  for (const n of behind) {
    for (; (fresh[at] ?? Infinity) < n; at += 1) list.push(fresh[at] ?? 0);
    list.push(n);
  }
  for (; at < fresh.length; at += 1) list.push(fresh[at] ?? 0);
}

export function leave(list: number[], ns: readonly number[]): void {
  const [first] = ns;
  if (first === undefined) return;
  if (ns.length === 1) {
    const at = placeOf(list, first);
    if (list[at] === first) list.splice(at, 1);
    return;
  }
  const gone = new Set(ns);
  let kept = placeOf(list, Math.min(...ns));
  // Behind the last of them everything moves up in one piece.
  const until = placeOf(list, Math.max(...ns) + 1);
  for (let at = kept; at < until; at += 1) {
    const n = list[at] ?? 0;
    if (gone.has(n)) continue;
    list[kept] = n;
    kept += 1;
  }
  list.copyWithin(kept, until);
  list.length -= until - kept;
}
