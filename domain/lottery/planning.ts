import { reject, type Rejection } from "../op.ts";
import { TOP_PRIZE_MAX_FEN, WINNERS_MAX, winnersPlanned, type LotteryPlan } from "./state.ts";

/** What may be planned (LOT1). */
export function refusePlan(plan: LotteryPlan): Rejection | undefined {
  const dear = plan.prizes.find(({ valueFen }) => valueFen > TOP_PRIZE_MAX_FEN);
  if (dear)
    return reject("lottery.prizeTooValuable", { prize: dear.name, valueFen: dear.valueFen, maxFen: TOP_PRIZE_MAX_FEN });
  if (winnersPlanned(plan) > WINNERS_MAX) return reject("lottery.tooManyWinners", { max: WINNERS_MAX });
  if (new Set(plan.prizes.map(({ prizeId }) => prizeId)).size < plan.prizes.length) return reject("lottery.prizeTwice");
  if (plan.carrier === "platformBag" && plan.conditions.length > 0) return reject("lottery.conditionNotProvable");
  return undefined;
}
