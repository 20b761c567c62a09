import { z } from "zod";
import { FenAmount, Id, text, type Instant } from "../units.ts";

/** 任务宝: rewards by steps of valid invites, and the ledger of who has them. */

/** `h5` is asked for and always refused: WeChat bans the domain (RWD1). */
export const REWARD_CARRIERS = ["miniProgram", "contactGift", "honour", "h5"] as const;
export const ALLOWED_CARRIERS = ["miniProgram", "contactGift", "honour"] as const;
export type RewardCarrier = (typeof ALLOWED_CARRIERS)[number];
export const STEPS_MAX = 12;

export const StepPlan = z.object({
  /** Valid invites. */
  threshold: z.int().min(1).max(100_000),
  title: text(60, 1),
  /** 0 for an honour without a prize. */
  valueFen: FenAmount,
  /** `null`: as many as reach it; only for honours. */
  stock: z.int().min(0).max(1_000_000).nullable(),
  carrier: z.enum(ALLOWED_CARRIERS),
  /** Handed out by a member in WeCom, or shown as a code that is redeemed. */
  delivery: z.enum(["staff", "code"]),
  /** How to get it, in words. */
  rules: text(400),
});
export type StepPlan = z.infer<typeof StepPlan>;

export const PlannedStep = StepPlan.extend({
  stepId: Id,
  /** Stands in the codes of the step. */
  no: z.int().min(0),
  /** Hex; makes codes that can't be guessed. Never leaves the server. */
  salt: z.string().regex(/^[0-9a-f]{32}$/),
});
export type PlannedStep = z.infer<typeof PlannedStep>;

export const GRANT_STATES = ["waiting", "earned", "delivered", "revoked"] as const;
export type GrantState = (typeof GRANT_STATES)[number];

/** How the step's grants stand, after the event that says so. */
export const StepCounts = z.object({
  stepId: Id,
  /** Ever granted: the number of the last grant. */
  issued: z.int().min(0),
  earned: z.int().min(0),
  waiting: z.int().min(0),
  delivered: z.int().min(0),
  revoked: z.int().min(0),
});
export type StepCounts = z.infer<typeof StepCounts>;

export type Step = PlannedStep & Omit<StepCounts, "stepId">;

export type Grant = {
  readonly stepId: string;
  /** Number of the inviter's sign-up, which a merge of persons does not change. */
  readonly inviterN: number;
  readonly personId: string;
  /** The n-th grant of its step; stands in its code. */
  readonly n: number;
  readonly state: GrantState;
  readonly at: Instant;
  readonly delivered: { readonly by: string; readonly at: Instant; readonly how: string; readonly note: string } | null;
};

/** Whose count has changed since it was last looked at. Changed in place. */
export type RewardBook = {
  readonly pending: Set<number>;
  /** Everybody has to be looked at from this number on: a step is new, or has more stock; 0: nobody. */
  scanFrom: number;
  /** Since when something waits. */
  dirtyAt: Instant | null;
  /** How often it was settled. */
  times: number;
};

export type RewardState = {
  readonly steps: ReadonlyMap<string, Step>;
  readonly nextNo: number;
  /** By step, then number of the inviter, in the order of earning; changed in place with new rows. */
  readonly grants: ReadonlyMap<string, Map<number, Grant>>;
  /** Those who can be given something now, and those in line; changed in place. */
  readonly open: Map<string, Grant>;
  /** `null` in a lean fold. */
  readonly book: RewardBook | null;
};

export const emptyRewards = (): RewardState => ({
  steps: new Map(),
  nextNo: 0,
  grants: new Map(),
  open: new Map(),
  book: { pending: new Set(), scanFrom: 0, dirtyAt: null, times: 0 },
});

export const newStep = (planned: PlannedStep): Step => ({
  ...planned,
  issued: 0,
  earned: 0,
  waiting: 0,
  delivered: 0,
  revoked: 0,
});

export const grantKey = ({ stepId, inviterN }: Pick<Grant, "stepId" | "inviterN">): string => `${stepId}:${inviterN}`;

export const grantOf = ({ grants }: RewardState, stepId: string, inviterN: number): Grant | undefined =>
  grants.get(stepId)?.get(inviterN);

/** What is left to give: what was revoked goes back, what was delivered never. */
export const stockLeft = ({ stock, earned, delivered }: Pick<Step, "stock" | "earned" | "delivered">): number | null =>
  stock === null ? null : Math.max(0, stock - earned - delivered);

export const stepsInOrder = ({ steps }: RewardState): Step[] =>
  [...steps.values()].toSorted((a, b) => a.threshold - b.threshold || a.no - b.no);
