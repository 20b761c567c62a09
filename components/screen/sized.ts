import type { CSSProperties } from "react";
import { fittingSize, type Sizes } from "./text-fit.ts";

type Room = { readonly width: number; readonly lines: number };

/** Sizes for a wide and for a narrow board, in its units; boards.module.css chooses. */
export function sized(text: string, sizes: Sizes, { wide, narrow }: { wide: Room; narrow: Room }): CSSProperties {
  const variables: Record<`--${string}`, number> = {
    "--size": fittingSize(text, sizes, wide),
    "--narrow-size": fittingSize(text, sizes, narrow),
  };
  return variables;
}
