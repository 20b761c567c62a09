"use client";
import { useTranslations } from "next-intl";
import type { RewardStepRow } from "#domain/reward/rows.ts";
import { count, yuan } from "../../format/money.ts";
import { Tag } from "../../ui/tag.tsx";
import { Stock, type StepsListed } from "./step-table.tsx";

/** On a phone: step after step from below, each with its stock and how many have it. */
export function StepCards({ steps, onOpen }: StepsListed) {
  const words = useTranslations("warmupPlan.rewards");
  return (
    <ol aria-label={words("listLabel")} className="flex flex-col gap-2">
      {steps.map((step) => (
        <Card key={step.stepId} step={step} onOpen={() => onOpen(step.stepId)} />
      ))}
    </ol>
  );
}

function Card({ step, onOpen }: { step: RewardStepRow; onOpen: () => void }) {
  const words = useTranslations("warmupPlan.rewards");
  const { threshold, title, valueFen, carrier, delivery, earned, waiting, delivered, revoked } = step;
  const isHonour = carrier === "honour";
  const told = [
    { state: "earned", value: isHonour ? null : earned, waits: earned > 0 },
    { state: "waiting", value: waiting, waits: waiting > 0 },
    // An honour is there with its rank: nobody hands it out.
    { state: "delivered", value: isHonour ? earned + delivered : delivered, waits: false },
    { state: "revoked", value: revoked, waits: false },
  ] as const;
  return (
    <li className="flex flex-col gap-1.5 rounded-md border bg-raised px-3 py-2">
      <div className="flex items-baseline gap-2">
        <span className="shrink-0 text-sm font-semibold tabular-nums">{words("people", { count: threshold })}</span>
        <button
          type="button"
          className="min-w-0 flex-1 py-1 text-left text-sm font-medium [overflow-wrap:anywhere] hover:underline"
          onClick={onOpen}
        >
          {title}
        </button>
        {valueFen === 0 ? null : <span className="shrink-0 text-sm tabular-nums">{yuan(valueFen)}</span>}
      </div>
      <p className="flex flex-wrap items-center gap-2 text-xs text-dim">
        <Tag shape={false}>{words(`carrierOf.${carrier}`)}</Tag>
        {isHonour ? null : words(`deliveryOf.${delivery}`)}
      </p>
      <div className="flex items-center gap-2 text-xs">
        <span className="shrink-0 text-faint">{words("stock")}</span>
        <div className="min-w-0 flex-1">
          <Stock step={step} />
        </div>
      </div>
      <dl className="grid grid-cols-4 gap-2 text-xs">
        {told.map(({ state, value, waits }) => (
          <div key={state} className="min-w-0">
            <dt className="truncate text-faint">{words(state)}</dt>
            <dd className={waits ? "font-semibold text-wait-ink tabular-nums" : "tabular-nums"}>
              {value === null ? "–" : count(value)}
            </dd>
          </div>
        ))}
      </dl>
    </li>
  );
}
