"use client";
import { count } from "../../format/money.ts";
import { Card } from "../card.tsx";
import { useShow, useViewer } from "../viewer-context.tsx";
import { useBelowWords } from "./below-words.ts";
import { isInMiniProgram } from "./in-wechat.ts";
import { shownSteps } from "./shown-steps.ts";

/** Steps of inviting that this page may tell of, and how far the person is. */
export function Honours() {
  const words = useBelowWords();
  const invited = useViewer().me?.me.invite?.valid ?? 0;
  const { rewardSteps } = useShow().slices;
  const steps = shownSteps(
    rewardSteps.map(([, step]) => step),
    isInMiniProgram(),
  );
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
