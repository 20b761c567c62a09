import { z } from "zod";
import { codeOf, readCode } from "../coupon/code.ts";
import { reject } from "../op.ts";
import { Id, text } from "../units.ts";
import { grantOf, stepsInOrder, type Grant, type RewardState, type Step } from "./state.ts";
import { normalCode } from "../short-code.ts";

/** Handing out (RWD6): to a person, or by the code that they show. */

export const DeliverInput = z.union([
  z.object({ stepId: Id, personId: Id, note: text(200).default("") }),
  z.object({ code: text(40, 1), note: text(200).default("") }),
]);

/** `numberOf`: the number of a person's sign-up. */
export function decideDeliver(
  own: RewardState,
  input: z.infer<typeof DeliverInput>,
  numberOf: (personId: string) => number | undefined,
) {
  const found = "code" in input ? ofCode(own, input.code) : ofPerson(own, input.stepId, numberOf(input.personId));
  if ("status" in found) return found;
  const { step, grant } = found;
  const { stepId, issued, earned, waiting, delivered, revoked } = step;
  if (grant.state === "delivered")
    return reject("reward.alreadyDelivered", { stepId, at: grant.delivered?.at ?? null });
  if (grant.state === "waiting") return reject("reward.outOfStock", { stepId, waiting });
  if (grant.state === "revoked") return reject("reward.revoked", { stepId });
  const how = "code" in input ? ("code" as const) : ("staff" as const);
  const counts = { stepId, issued, waiting, revoked, earned: earned - 1, delivered: delivered + 1 };
  const { inviterN, personId } = grant;
  const data = { stepId, inviterN, personId, how, note: input.note, counts };
  return [{ type: "reward.delivered.v1" as const, data }];
}

type Found = { readonly step: Step; readonly grant: Grant };

function ofPerson(own: RewardState, stepId: string, inviterN: number | undefined): Found | ReturnType<typeof reject> {
  const step = own.steps.get(stepId);
  if (!step) return reject("reward.notFound", { stepId });
  const grant = inviterN === undefined ? undefined : grantOf(own, stepId, inviterN);
  return grant ? { step, grant } : reject("reward.notEarned", { stepId });
}

function ofCode(own: RewardState, typed: string): Found | ReturnType<typeof reject> {
  const code = normalCode(typed);
  const read = readCode(code);
  const step = read && stepsInOrder(own).find(({ no }) => no === read.no);
  if (!step || step.delivery !== "code" || codeOf(step, read.n) !== code) return reject("reward.codeUnknown");
  for (const grant of own.grants.get(step.stepId)?.values() ?? []) if (grant.n === read.n) return { step, grant };
  return reject("reward.codeUnknown");
}
