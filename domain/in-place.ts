/**
 * Parts of a state that may hold thousands of rows are changed in place by their op's folds: a state belongs to one show and one fold, and is never shared.
 * Everybody else sees them read-only; only `apply` and `on` ask for them here. Rows are still replaced, not changed, as views compare them by reference.
 */
export const inPlace = <K, V>(map: ReadonlyMap<K, V>): Map<K, V> => map as Map<K, V>;

/** As `inPlace`, for a list that only grows. */
export const listInPlace = <T>(list: readonly T[]): T[] => list as T[];
