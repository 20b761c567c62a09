"use client";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { count, percent } from "../../format/money.ts";
import { useSession } from "../../session/session-provider.tsx";
import { cn } from "../../ui/cn.ts";
import { BoardPart } from "./board-part.tsx";
import { funnelSteps, type FunnelStep } from "./funnel.shape.ts";

/** From opening to paying; a step that nobody tells says so. */
export function FunnelPart({ className }: { className?: string }) {
  const words = useTranslations("warmupBoard.funnel");
  const sources = useSession((show) => show.sources);
  const funnel = useSession((show) => show.sourceFunnel);
  const reserved = useSession((show) => show.reservations.total?.count ?? null);
  const { standing, watched } = useSession((show) => show.signups);
  const invited = useSession((show) => show.invites.counts);
  const hasBegun = useSession((show) => show.session.startedAt !== null);
  const steps = useMemo(
    () =>
      funnelSteps({
        sources,
        funnel,
        reserved,
        signedUp: standing,
        invited,
        watched,
        hasBegun,
      }),
    [sources, funnel, reserved, standing, invited, watched, hasBegun],
  );
  return (
    <BoardPart title={words("title")} {...(className ? { className } : {})}>
      <ol aria-label={words("label")} className="flex flex-col">
        {steps.map((step) => (
          <StepLine key={step.step} line={step} />
        ))}
      </ol>
    </BoardPart>
  );
}

function StepLine({ line: { step, count: reached, width, share } }: { line: FunnelStep }) {
  const words = useTranslations("warmupBoard.funnel");
  const of = step === "signedUp" ? "ofOpened" : "ofSignedUp";
  const note =
    reached === null
      ? words(`why.${step}`)
      : share === null
        ? words(`sourceOf.${step}`)
        : words(of, { share: percent(share, 0) });
  return (
    <li className="grid grid-cols-[84px_minmax(0,1fr)_88px] items-center gap-x-2 py-[3px] text-sm">
      <span className="truncate text-dim" title={words(step)}>
        {words(step)}
      </span>
      <span aria-hidden className="h-3 overflow-hidden rounded-sm bg-line">
        <span
          className={cn("block h-full rounded-sm", step === "reserved" ? "bg-public" : "bg-private")}
          style={{ width: `${width * 100}%` }}
        />
      </span>
      <span className={cn("truncate text-right tabular-nums", reached === null ? "text-faint" : "font-semibold")}>
        {reached === null ? "–" : step === "paid" ? words("orders", { count: count(reached) }) : count(reached)}
      </span>
      <span
        className="col-span-2 col-start-2 truncate text-xs text-faint"
        title={`${note} · ${words(`sourceOf.${step}`)}`}
      >
        {note}
      </span>
    </li>
  );
}
