import type { Role } from "#domain/op.ts";

/** Who may do anything on the pages of the warm-up; each act asks again for its own roles, and the server decides. */
export const WARMUP_HANDS: readonly Role[] = ["owner", "manager", "operator", "floor", "assistant", "community", "ads"];
