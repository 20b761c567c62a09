import type { Json } from "./op.ts";
import type { Snapshot } from "./wire.ts";

type Slices = Pick<Snapshot, "slices">;

/** The value of a `value` slice; `undefined` where the snapshot's audience is shown none of that name. */
export function valueIn({ slices }: Slices, name: string): Json | undefined {
  const slice = slices[name];
  return slice?.kind === "value" ? slice.value : undefined;
}

/** The rows of a `keyed` slice without their ids; none where the snapshot's audience is shown none of that name. */
export function rowsIn({ slices }: Slices, name: string): Json[] {
  const slice = slices[name];
  return slice?.kind === "keyed" ? slice.rows.map(([, row]) => row) : [];
}
