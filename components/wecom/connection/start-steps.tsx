"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { Icon } from "../../ui/icon.tsx";

const STEPS = ["corp", "app", "room"] as const;
const NEEDS = ["corpId", "secret", "admin", "callback"] as const;

/** No company is connected yet: what one needs, and the three steps to it. */
export function StartSteps({ mayConnect, onAdd }: { mayConnect: boolean; onAdd?: () => void }) {
  const words = useTranslations("wecomDesk.start");
  if (!mayConnect) return <EmptyState icon="lock" title={words("title")} text={words("askManager")} />;
  return (
    <section aria-labelledby="wecom-start" className="mx-auto flex max-w-[860px] flex-col gap-6 px-6 py-8 max-sm:px-3">
      <div>
        <h2 id="wecom-start" className="text-base font-semibold">
          {words("title")}
        </h2>
        <p className="mt-1 text-sm text-dim">{words("text")}</p>
      </div>
      <ol className="grid gap-3 md:grid-cols-3">
        {STEPS.map((step, index) => (
          <li key={step} className="rounded-md border bg-raised p-4">
            <p className="flex items-center gap-2 text-sm font-semibold">
              <span aria-hidden className="grid size-5 place-items-center rounded-full bg-act text-xs text-white">
                {index + 1}
              </span>
              {words(`step.${step}.title`)}
            </p>
            <p className="mt-1.5 text-xs text-dim">{words(`step.${step}.text`)}</p>
          </li>
        ))}
      </ol>
      <div>
        <h3 className="text-sm font-semibold text-dim">{words("needTitle")}</h3>
        <ul className="mt-2 flex flex-col gap-1.5 text-sm">
          {NEEDS.map((need) => (
            <li key={need} className="flex gap-2">
              <Icon name="check" size={14} className="mt-[3px] shrink-0 text-faint" />
              <span>{words(`need.${need}`)}</span>
            </li>
          ))}
        </ul>
        <p className="mt-3 text-xs text-faint">{words("rehearsal")}</p>
      </div>
      <div className="flex flex-wrap gap-2">
        {onAdd ? (
          <Button look="primary" size="lg" onClick={onAdd}>
            <Icon name="plus" size={14} />
            {words("add")}
          </Button>
        ) : (
          <Button asChild look="primary" size="lg">
            <Link href="/wecom/connection">{words("toConnection")}</Link>
          </Button>
        )}
      </div>
    </section>
  );
}
