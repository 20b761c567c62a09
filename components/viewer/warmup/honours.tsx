"use client";
import { count } from "../../format/money.ts";
import { Card } from "../card.tsx";
import { useShow, useViewer } from "../viewer-context.tsx";
import { useBelowWords } from "./below-words.ts";

/**
 * Steps of honour. Those with something to gain are not promised here: a page of the web that rewards inviting gets its domain banned by WeChat. They live in
 * the mini program and with the member who hands them out; whoever has earned one finds it under 我的.
 */
export function Honours() {
  const words = useBelowWords();
  const invited = useViewer().me?.me.invite?.valid ?? 0;
  const steps = useShow()
    .slices.rewardSteps.flatMap(([, step]) => (step.carrier === "honour" ? [step] : []))
    .toSorted((a, b) => a.threshold - b.threshold);
  if (steps.length === 0) return null;
  return (
    <Card title={words.honours}>
      <ol className="divide-y divide-line">
        {steps.map(({ stepId, threshold, title, rules }) => {
          const missing = threshold - invited;
          return (
            <li key={stepId} className="flex items-baseline justify-between gap-3 py-2">
              <span className="min-w-0 break-words">
                <strong className="font-semibold">{title}</strong>
                <span className="block text-sm text-dim">{words.honourAt(count(threshold))}</span>
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
