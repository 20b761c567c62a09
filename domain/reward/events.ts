import { z } from "zod";
import { Id, text } from "../units.ts";
import { GRANT_STATES, StepCounts } from "./state.ts";

const Granted = z.object({
  stepId: Id,
  inviterN: z.int().min(1),
  personId: Id,
  n: z.int().min(1),
  state: z.enum(GRANT_STATES),
});

/** Grants that changed, and how their steps stand after it: a fold needs nothing else. */
export const Settled = z.object({
  grants: z.array(Granted),
  counts: z.array(StepCounts),
  /** Who was looked at, by number. */
  settled: z.array(z.int().min(1)),
  /** Where looking at everybody goes on; 0: nowhere. */
  scanFrom: z.int().min(0),
});
export const Delivered = z.object({
  stepId: Id,
  inviterN: z.int().min(1),
  personId: Id,
  how: z.enum(["staff", "code"]),
  note: text(200),
  counts: StepCounts,
});

export type RewardSettled = z.infer<typeof Settled>;
export type RewardDelivered = z.infer<typeof Delivered>;
