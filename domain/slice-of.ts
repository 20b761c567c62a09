import type { ShowState } from "./engine.ts";
import type { StateByOp } from "./ops/index.ts";

/** What the op of that name keeps of a show. The one place that gives a part of a state its type: an engine holds parts by name, without theirs. */
export function sliceOf<N extends keyof StateByOp>({ slices }: Pick<ShowState, "slices">, name: N): StateByOp[N] {
  return slices[name] as StateByOp[N];
}
