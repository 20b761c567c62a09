"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Carried } from "#domain/ops/improvement.ts";
import { usePlan } from "../plan/plan-context.tsx";
import { Tag, type Tone } from "../ui/tag.tsx";
import { useMeasureWords } from "./measure-words.ts";

const TONES = { worked: "sure", notWorked: "air", unclear: "plain" } as const satisfies Record<string, Tone>;

function OutcomeTag({ outcome }: { outcome: keyof typeof TONES }) {
  const words = useTranslations("lessons.outcome");
  return <Tag tone={TONES[outcome]}>{words(outcome)}</Tag>;
}

export function useMemberName(): (id: string | null) => string | null {
  const { members } = usePlan();
  return (id) => members.find((member) => member.id === id)?.name ?? null;
}

/** An improvement of an earlier show: what, who, how it is measured, and what was found. `children`: what can be done with it here. */
export function CarriedRow({ row, children }: { row: Carried; children?: ReactNode }) {
  const words = useTranslations("lessons");
  const measure = useMeasureWords();
  const memberName = useMemberName();
  const owner = memberName(row.ownerId);
  const found = row.settled ?? row.outcome;
  return (
    <li className="flex flex-col gap-1 border-b py-2 last:border-b-0">
      <div className="flex min-w-0 items-start gap-2">
        {found ? <OutcomeTag outcome={found.outcome} /> : <Tag tone="act">{words("open")}</Tag>}
        <span className="min-w-0 flex-1 text-sm break-words">{row.text}</span>
        <span className="shrink-0 text-xs leading-5 text-dim">{owner ?? words("nobody")}</span>
      </div>
      <p className="flex flex-wrap gap-x-3 text-xs text-faint">
        {row.measure ? <span>{measure.target(row.measure)}</span> : null}
        {row.settled && row.measure?.kind === "figure" ? (
          <span>{words("then", { value: measure.value(row.measure, row.settled.measured) ?? "" })}</span>
        ) : null}
        {found?.note ? <span className="text-dim">{found.note}</span> : null}
        <span>{words("from", { title: row.settled?.in.title ?? row.from.title })}</span>
      </p>
      {children}
    </li>
  );
}
