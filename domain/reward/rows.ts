import { codeOf } from "../coupon/code.ts";
import { stockLeft, type Grant, type RewardState, type Step } from "./state.ts";

/** What screens see: never the salt. */

export function stepRow({ salt: _salt, no: _no, ...step }: Step) {
  return { ...step, left: stockLeft(step) };
}
export type RewardStepRow = ReturnType<typeof stepRow>;

/**
 * What somebody who spreads the word may know before they begin. Gifts of a member are told by the member. What a mini program gives is for its pages alone:
 * the edge takes it out where a page of the web asks (RWD9).
 */
export function viewerStep(step: Step) {
  const { stepId, threshold, title, valueFen, carrier, delivery, rules } = step;
  if (carrier === "contactGift") return undefined;
  return { stepId, threshold, title, valueFen, carrier, delivery, rules, left: stockLeft(step) };
}

/** WeChat bans domains whose pages reward inviting: on the web there is honour alone. */
export const isForWeb = ({ carrier }: Pick<Step, "carrier">): boolean => carrier === "honour";

/** How many open grants a screen is sent; the rest is asked for by page. */
export const OPEN_SHOWN = 200;

/** To be handed out, oldest first; then those in line. */
export function openRows({ open }: RewardState): ReadonlyMap<string, Grant> {
  const rows = new Map<string, Grant>();
  for (const [key, grant] of open) {
    if (rows.size >= OPEN_SHOWN) break;
    rows.set(key, grant);
  }
  return rows;
}

/** Of one person: what they have, with the code where it is shown as one. */
export function rewardPart(own: RewardState, inviterN: number) {
  return [...own.steps.values()].flatMap((step) => {
    const grant = own.grants.get(step.stepId)?.get(inviterN);
    if (!grant || grant.state === "revoked") return [];
    const { state, n, at } = grant;
    const code = step.delivery === "code" && state !== "waiting" ? codeOf(step, n) : null;
    const { stepId, title, rules } = step;
    return [{ stepId, title, rules, state, at, code, deliveredAt: grant.delivered?.at ?? null }];
  });
}
