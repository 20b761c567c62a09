"use client";
import { useTranslations } from "next-intl";
import type { RewardStepRow } from "#domain/reward/rows.ts";
import { count, yuan } from "../../format/money.ts";
import { IconButton } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Progress } from "../../ui/progress.tsx";
import { Head, RowTitle, Table, Td, Th, Tr } from "../../ui/table.tsx";
import { Tag } from "../../ui/tag.tsx";

export type StepsListed = { steps: readonly RewardStepRow[]; onOpen: (stepId: string) => void };

/** Steps from below, with stock and how many have it. */
export function StepTable({ steps, onOpen }: StepsListed) {
  const words = useTranslations("warmupPlan.rewards");
  return (
    <div className="overflow-x-auto max-md:-mx-3 max-md:px-3">
      <Table label={words("listLabel")} className="min-w-[1140px]">
        <Head>
          <Th className="w-28">{words("threshold")}</Th>
          <Th className="min-w-52">{words("title")}</Th>
          <Th numeric className="w-24">
            {words("value")}
          </Th>
          <Th className="w-36">{words("carrier")}</Th>
          <Th className="w-24">{words("delivery")}</Th>
          <Th className="w-44">{words("stock")}</Th>
          {(["earned", "waiting", "delivered", "revoked"] as const).map((state) => (
            <Th key={state} numeric className="w-20">
              {words(state)}
            </Th>
          ))}
          <Th className="w-10" aria-label={words("edit")} />
        </Head>
        <tbody>
          {steps.map((step) => (
            <Line key={step.stepId} step={step} onOpen={() => onOpen(step.stepId)} />
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function Line({ step, onOpen }: { step: RewardStepRow; onOpen: () => void }) {
  const words = useTranslations("warmupPlan.rewards");
  const { threshold, title, valueFen, carrier, delivery, earned, waiting, delivered, revoked } = step;
  const isHonour = carrier === "honour";
  return (
    <Tr>
      <Td className="font-semibold tabular-nums">{words("people", { count: threshold })}</Td>
      <Td className="max-w-0">
        <RowTitle title={title} onOpen={onOpen} />
      </Td>
      <Td numeric>{valueFen === 0 ? "–" : yuan(valueFen)}</Td>
      <Td>
        <Tag shape={false}>{words(`carrierOf.${carrier}`)}</Tag>
      </Td>
      <Td className="text-dim">{isHonour ? "–" : words(`deliveryOf.${delivery}`)}</Td>
      <Td>
        <Stock step={step} />
      </Td>
      <Td numeric className={earned > 0 && !isHonour ? "font-semibold text-wait-ink" : undefined}>
        {isHonour ? "–" : count(earned)}
      </Td>
      <Td numeric className={waiting > 0 ? "font-semibold text-wait-ink" : undefined}>
        {count(waiting)}
      </Td>
      {/* An honour is there with its rank: nobody hands it out. */}
      <Td numeric>{count(isHonour ? earned + delivered : delivered)}</Td>
      <Td numeric className="text-dim">
        {count(revoked)}
      </Td>
      <Td className="px-1">
        <IconButton label={words("editOf", { title })} size="iconSm" onClick={onOpen}>
          <Icon name="edit" size={13} />
        </IconButton>
      </Td>
    </Tr>
  );
}

export function Stock({ step: { stock, left, title } }: { step: RewardStepRow }) {
  const words = useTranslations("warmupPlan.rewards");
  if (stock === null || left === null) return <span className="text-dim">{words("stockUnlimited")}</span>;
  const said = words("stockLeftOf", { left: count(left), stock: count(stock) });
  return (
    <span className="block">
      <span className="text-xs tabular-nums">{said}</span>
      <Progress
        value={stock === 0 ? 0 : left / stock}
        tone={left === 0 ? "air" : left * 5 < stock ? "wait" : "sure"}
        label={`${title}: ${said}`}
        className="mt-0.5"
      />
    </span>
  );
}
