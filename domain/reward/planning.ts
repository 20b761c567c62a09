import { reject, type Rejection } from "../op.ts";
import type { RewardState, Step } from "./state.ts";

/** What a step may be (RWD1–RWD3). */

type Asked = {
  readonly threshold: number;
  readonly title: string;
  readonly valueFen: number;
  readonly stock: number | null;
  readonly carrier: string;
  readonly delivery: string;
};

/**
 * The same step in forms that WeChat allows: an H5 page that rewards inviting is banned with its whole domain (《微信外部链接内容管理规范》).
 * `stock`, `threshold` and `title` stay as they were asked.
 */
export const INSTEAD_OF_H5 = [
  { carrier: "miniProgram", delivery: "code" },
  { carrier: "contactGift", delivery: "staff" },
  { carrier: "honour", delivery: "staff" },
] as const;

export function refuseStep(own: RewardState, asked: Asked, before?: Step): Rejection | undefined {
  const { threshold, title, valueFen, stock, carrier } = asked;
  if (carrier === "h5") {
    const instead = INSTEAD_OF_H5.map((form) => ({
      ...form,
      threshold,
      title,
      valueFen: form.carrier === "honour" ? 0 : valueFen,
    }));
    return reject("reward.h5Invite", { threshold, title, instead });
  }
  if (carrier === "honour" && valueFen > 0) return reject("reward.honourWithValue", { valueFen });
  if (carrier !== "honour" && stock === null) return reject("reward.noStock");
  const twin = [...own.steps.values()].find((step) => step.threshold === threshold && step.stepId !== before?.stepId);
  if (twin) return reject("reward.thresholdTaken", { threshold, title: twin.title });
  return before && before.issued > 0 ? refuseChange(asked, before) : undefined;
}

/** What somebody has earned stays as it was promised. */
function refuseChange(asked: Asked, before: Step): Rejection | undefined {
  const { stepId, issued, earned, delivered } = before;
  if (asked.threshold !== before.threshold || asked.carrier !== before.carrier || asked.delivery !== before.delivery) {
    return reject("reward.inUse", { stepId, issued });
  }
  if (asked.valueFen < before.valueFen) return reject("reward.inUse", { stepId, issued });
  const given = earned + delivered;
  return asked.stock !== null && asked.stock < given ? reject("reward.stockBelowGiven", { stepId, given }) : undefined;
}
