"use client";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { useDesk } from "../../live/desk.tsx";
import { Section } from "../../plan/section.tsx";
import { useSession } from "../../session/session-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useNarrow } from "../../ui/use-narrow.ts";
import { PAGE_PLANNERS } from "../warmup-roles.ts";
import { useWarmupPlace } from "../warmup-place.tsx";
import { RewardQueue } from "./reward-queue.tsx";
import { StepCards } from "./step-cards.tsx";
import { StepDrawer } from "./step-drawer.tsx";
import { StepTable } from "./step-table.tsx";

/** 任务宝: what so many friends earn, what of it is left, and who waits for theirs. */
export function RewardsTab() {
  const words = useTranslations("warmupPlan.rewards");
  const rows = useSession((show) => show.rewardSteps);
  const mayPlan = useDesk().may(PAGE_PLANNERS);
  const { thing, open } = useWarmupPlace();
  const Listed = useNarrow() ? StepCards : StepTable;
  const [adding, setAdding] = useState(false);
  const steps = useMemo(() => [...rows.values()].toSorted((a, b) => a.threshold - b.threshold), [rows]);
  const add = (
    <Button look="primary" size="sm" disabled={!mayPlan} onClick={() => setAdding(true)}>
      <Icon name="plus" size={14} />
      {words("add")}
    </Button>
  );
  return (
    <div className="mx-auto flex max-w-[1280px] flex-col gap-6 px-6 pt-4 pb-24 max-sm:px-3">
      <Section
        title={<span className="whitespace-nowrap">{words("heading")}</span>}
        hint={<span className="max-sm:hidden">{words("hint")}</span>}
        aside={steps.length === 0 ? null : add}
      >
        {steps.length === 0 ? (
          <EmptyState compact title={words("emptyTitle")} text={words("emptyText")} actions={add} />
        ) : (
          <Listed steps={steps} onOpen={(stepId) => open("rewards", stepId)} />
        )}
      </Section>
      {steps.length === 0 ? null : <RewardQueue />}
      {adding ? <StepDrawer stepId={null} onClose={() => setAdding(false)} /> : null}
      {thing !== null && rows.has(thing) ? (
        <StepDrawer key={thing} stepId={thing} onClose={() => open("rewards")} />
      ) : null}
    </div>
  );
}
