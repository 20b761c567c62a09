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
  if (!isRecord(a) || !isRecord(b)) return false;
  // Whole views are compared by this: nothing is copied.
  for (const key of Object.keys(a)) if (!same(a[key], b[key])) return false;
  for (const key of Object.keys(b)) if (a[key] === undefined && b[key] !== undefined) return false;
  return true;
}

const isRecord = (value: object): value is Readonly<Record<string, unknown>> => !Array.isArray(value);
