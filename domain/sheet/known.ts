type Known<T> = { [K in keyof T]?: NonNullable<T[K]> };

/** The same object without the fields that hold nothing: an optional field is absent, never undefined. */
export function known<T extends Record<string, unknown>>(values: T): Known<T> {
  const kept: Known<T> = {};
  for (const key in values) {
    const value = values[key];
    if (value !== undefined && value !== null) kept[key] = value;
  }
  return kept;
}
