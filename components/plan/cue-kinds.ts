import type { CueText } from "#domain/cue.ts";

/** In the order in which people choose; stands here so that the rules stay out of the bundle. */
export const CUE_KIND_LIST = [
  "explain",
  "coupon",
  "lottery",
  "push",
  "talk",
  "leaderboard",
  "break",
  "other",
] as const satisfies readonly CueText["kind"][];
