import { keysOf } from "./keys-of.ts";

/** In which unit its target is: fen, a number of, a share from 0 to 1, or ms. */
export const MEASURED = {
  paidFen: "fen",
  netFen: "fen",
  orders: "count",
  viewers: "count",
  perBuyerFen: "fen",
  watchToPay: "share",
  clickToPay: "share",
  gpmFen: "fen",
  perExplainMinuteFen: "fen",
  refundShare: "share",
  interruptedMs: "ms",
} as const satisfies Record<string, "fen" | "count" | "share" | "ms">;
export type MeasuredFigure = keyof typeof MEASURED;

export const MEASURED_FIGURES = keysOf(MEASURED);
