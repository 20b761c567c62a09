/**
 * Whether two plain values say the same, whatever the order of their keys: PostgreSQL's jsonb gives objects back with keys in an order
 * of its own, so comparing their JSON would find differences that are none after a restart. A key that is `undefined` is as none.
 */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, at) => same(item, b[at]));
  }
  const left = new Map<string, unknown>(Object.entries(a));
  const right = new Map<string, unknown>(Object.entries(b));
  for (const key of new Set([...left.keys(), ...right.keys()])) {
    if (!same(left.get(key), right.get(key))) return false;
  }
  return true;
}
