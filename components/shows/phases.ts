import type { Phase } from "#domain/ops/session.ts";

/** In the order of a show's life. Stands here so that lists of shows don't bring the rules into the browser. */
export const PHASES = ["planned", "warmup", "live", "interrupted", "ended"] as const satisfies readonly Phase[];
