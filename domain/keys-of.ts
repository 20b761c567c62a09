/**
 * The keys of a constant in the order in which they are written, typed; `Object.keys` forgets which they are, because a value may have more keys
 * than its type says. So: for literals that are constants, and for nothing else.
 */
export const keysOf = <const T extends object>(constant: T): readonly (keyof T & string)[] =>
  Object.keys(constant) as (keyof T & string)[];
