import type { RewardStep } from "../viewer-data.ts";

/**
 * What a page may promise for inviting. On the web honour alone: WeChat bans domains of pages that reward invites, and a domain that was banned the day before
 * loses the show. In a mini program its own rewards too. The server sends a page no others (RWD9); a page that lay in a cache is held to it here.
 */
export function shownSteps(steps: readonly RewardStep[], isInMiniProgram: boolean): readonly RewardStep[] {
  return steps
    .filter(({ carrier }) => carrier === "honour" || (carrier === "miniProgram" && isInMiniProgram))
    .toSorted((a, b) => a.threshold - b.threshold);
}
