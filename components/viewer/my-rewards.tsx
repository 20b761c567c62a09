"use client";
import { Card } from "./card.tsx";
import { CopyButton } from "./copy-button.tsx";
import { useInnerWords } from "./inner-words.ts";
import { useViewer } from "./viewer-context.tsx";

/** What inviting has earned: with its code where it is one, else who hands it out. */
export function MyRewards() {
  const words = useInnerWords();
  const mine = useViewer().me?.me.reward ?? [];
  if (mine.length === 0) return null;
  return (
    <Card title={words.myRewards}>
      <ul className="divide-y divide-line">
        {mine.map(({ stepId, title, rules, state, code }) => (
          <li key={stepId} className="py-3 first:pt-0">
            <p className="flex flex-wrap items-baseline justify-between gap-x-3">
              <strong className="min-w-0 text-base font-semibold break-words">{title}</strong>
              <span className={`text-sm font-semibold ${state === "waiting" ? "text-dim" : "text-sure"}`}>
                {words.rewardStates[state]}
              </span>
            </p>
            {code === null ? (
              state === "earned" ? (
                <p className="text-sm text-dim">{words.rewardByStaff}</p>
              ) : null
            ) : (
              <div className="mt-2 flex flex-wrap items-center justify-between gap-x-3 rounded-lg bg-gold-soft p-3">
                <p
                  className={`font-mono text-xl font-bold break-all select-all ${state === "delivered" ? "text-dim line-through" : "text-ink"}`}
                >
                  {code}
                </p>
                {state === "delivered" ? null : <CopyButton text={code}>{words.copy}</CopyButton>}
              </div>
            )}
            {rules ? <p className="mt-1 text-sm whitespace-pre-line">{rules}</p> : null}
          </li>
        ))}
      </ul>
    </Card>
  );
}
