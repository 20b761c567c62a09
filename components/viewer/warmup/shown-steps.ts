import type { RewardStep } from "../viewer-data.ts";

/**
 * What a page may promise for inviting. On the web honour alone: WeChat bans domains of pages that reward invites, and a domain that was banned the day before
 * loses the show. In a mini program its own rewards too. Gifts of a member are told by the member.
 */
export function shownSteps(steps: readonly RewardStep[], isInMiniProgram: boolean): readonly RewardStep[] {
  return steps
    .filter(({ carrier }) => carrier === "honour" || (carrier === "miniProgram" && isInMiniProgram))
    .toSorted((a, b) => a.threshold - b.threshold);
}
