import { z } from "zod";
import { reject, type Rejection } from "../op.ts";
import type { LandingState } from "../landing/state.ts";
import type { LotteryState } from "../lottery/state.ts";
import type { PushState } from "../push/state.ts";
import { StepPlan, type RewardState } from "../reward/state.ts";
import { fen, Id } from "../units.ts";
import type { Finding } from "./finding.ts";
import { lintLanding } from "./landing.ts";
import { lintPush, lintStep } from "./lint.ts";

/** What must not go out (CMP5): findings that block, told with the refusal. */

const TOLD = 5;

function refuse(findings: readonly Finding[]): Rejection | undefined {
  const blocks = findings.filter(({ severity }) => severity === "block");
  if (blocks.length === 0) return undefined;
  const told = blocks.slice(0, TOLD).map(({ findingId, rule, words, where }) => ({ findingId, rule, words, where }));
  return reject("compliance.blocked", { count: blocks.length, findings: told });
}

export const guardPublish = ({
  landing,
  lottery,
}: {
  readonly landing: LandingState;
  readonly lottery: LotteryState;
}) => refuse(lintLanding(landing, lottery));

export function guardHandOver({ push }: { readonly push: PushState }, input: unknown): Rejection | undefined {
  const found = push.pushes.get(z.object({ pushId: Id }).parse(input).pushId);
  return found && refuse(lintPush(found));
}

const Asked = z.object({ stepId: Id.default("new"), to: StepPlan.partial().optional(), ...StepPlan.partial().shape });

export function guardReward({ reward }: { readonly reward: RewardState }, input: unknown): Rejection | undefined {
  const { stepId, to, ...fields } = Asked.parse(input);
  const before = reward.steps.get(stepId);
  const {
    title = before?.title ?? "",
    rules = before?.rules ?? "",
    valueFen = before?.valueFen ?? fen(0),
  } = to ?? fields;
  const { carrier = before?.carrier ?? "honour" } = to ?? fields;
  return refuse(lintStep({ stepId, title, rules, valueFen, carrier }));
}
