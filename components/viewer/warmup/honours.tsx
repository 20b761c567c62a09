"use client";
import { count } from "../../format/money.ts";
import { Card } from "../card.tsx";
import { useShow, useViewer } from "../viewer-context.tsx";
import type { RewardStep } from "../viewer-data.ts";
import { useBelowWords } from "./below-words.ts";
import { isInMiniProgram } from "./in-wechat.ts";

/**
 * Steps of honour, and in a mini program its rewards. On a page of the web nothing is promised for inviting, because WeChat bans its domain; gifts of
 * a member are told by the member. Whoever has earned one finds it under 我的.
 */
export function Honours() {
  const words = useBelowWords();
  const invited = useViewer().me?.me.invite?.valid ?? 0;
  const steps = useShow()
    .slices.rewardSteps.flatMap(([, step]) => (isShownHere(step) ? [step] : []))
    .toSorted((a, b) => a.threshold - b.threshold);
  if (steps.length === 0) return null;
  return (
    <Card title={words.honours}>
      <ol className="divide-y divide-line">
        {steps.map(({ stepId, threshold, title, rules, left }) => {
          const missing = threshold - invited;
          return (
            <li key={stepId} className="flex items-baseline justify-between gap-3 py-2">
              <span className="min-w-0 break-words">
                <strong className="font-semibold">{title}</strong>
                <span className="block text-sm text-dim">
                  {words.honourAt(count(threshold))}
                  {left === null ? "" : ` · ${words.rewardsLeft(count(left))}`}
                </span>
                {rules ? <span className="block text-sm whitespace-pre-line text-dim">{rules}</span> : null}
              </span>
              <span className={`shrink-0 text-sm ${missing > 0 ? "text-dim" : "font-semibold text-sure"}`}>
                {missing > 0 ? words.honourMissing(count(missing)) : `✓ ${words.honourDone}`}
              </span>
            </li>
          );
        })}
      </ol>
    </Card>
  );
}

const isShownHere = ({ carrier }: RewardStep) =>
  carrier === "honour" || (carrier === "miniProgram" && isInMiniProgram());
