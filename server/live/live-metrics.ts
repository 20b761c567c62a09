import type { Audience } from "#domain/op.ts";

export const LANES = ["staff", "crowd"] as const;
export type Lane = (typeof LANES)[number];

/** What the writer tells of itself. `server/lib/metrics.ts` counts it for Prometheus. */
export type LiveMetrics = {
  /** `error`: a bug; the sender got no answer of the protocol. */
  answered(type: string, status: "ok" | "rejected" | "invalid" | "retry" | "error"): void;
  refused(code: string): void;
  committed(sample: { readonly events: number; readonly ms: number }): void;
  frame(audience: Audience): void;
  recovered(sample: { readonly events: number; readonly ms: number }): void;
  /** Shows that this node writes. */
  owned(count: number): void;
  lost(reason: string): void;
};

export const noMetrics: LiveMetrics = {
  answered: () => undefined,
  refused: () => undefined,
  committed: () => undefined,
  frame: () => undefined,
  recovered: () => undefined,
  owned: () => undefined,
  lost: () => undefined,
};
