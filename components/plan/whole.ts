/** A command's input with every field filled in, as a form keeps it. */
export type Whole<T> = { [K in keyof T]-?: Exclude<T[K], undefined> };
