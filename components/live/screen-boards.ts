import type { Board } from "#domain/ops/screen.ts";

/** The boards in the order of their keys 1 to 5. A list of our own: the rule's would bring the rules into the page. */
export const BOARD_KEYS = ["host", "figures", "prompt", "leaderboard", "assistant"] as const satisfies readonly Board[];
