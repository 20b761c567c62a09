import type { Role } from "#domain/op.ts";

/** Who plans what, as the ops say it; the server decides again. */
export const SOURCE_PLANNERS: readonly Role[] = ["owner", "manager", "operator", "community", "ads"];
export const PAGE_PLANNERS: readonly Role[] = ["owner", "manager", "operator", "community"];
export const REWARD_GIVERS: readonly Role[] = [...PAGE_PLANNERS, "service", "assistant"];
/** Who may take somebody off the leaderboard. */
export const JUDGES: readonly Role[] = ["owner", "manager"];
export const GREETERS: readonly Role[] = [...PAGE_PLANNERS, "service", "assistant"];
/** Who types 视频号预约. */
export const TYPISTS: readonly Role[] = [...SOURCE_PLANNERS, "floor", "assistant"];
/** Who may do anything on the pages of the warm-up. */
export const WARMUP_HANDS: readonly Role[] = [...TYPISTS, "service"];
