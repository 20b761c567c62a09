"use client";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { clockTime, day, dayTime } from "../../format/time.ts";
import { useLoaded } from "../../http/use-loaded.ts";
import { slicesOf } from "../../session/session-provider.tsx";
import { useFailure } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorState, SkeletonRows } from "../../ui/states.tsx";
import { useEffectsReport } from "../effects/use-effects-report.ts";
import { useEffectsSection } from "../effects/use-effects-section.ts";
import { useDueShows } from "../lessons/due-shows.ts";
import { useImproveSection } from "../lessons/use-improve-section.ts";
import { loadReview, type LoadedReview } from "../load-review.ts";
import { loadHistory, type LoadedHistory } from "./load-history.ts";
import { PrintTable } from "./print-table.tsx";
import styles from "./print.module.css";
import { SECTIONS } from "./report-table.ts";
import { useSections } from "./use-sections.ts";

/** The whole review as pages of paper. It opens the printer's dialog by itself once everything stands. */
export function PrintPage({ sessionId }: { sessionId: string }) {
  const words = useTranslations("failure");
  const ui = useTranslations("ui");
  const explain = useFailure();
  const review = useLoaded(`print:${sessionId}`, (signal) => loadReview(sessionId, null, signal));
  const history = useLoaded(`print-history:${sessionId}`, (signal) => loadHistory(sessionId, signal));
  const failed = review.failure ?? history.failure;
  if (review.value && history.value)
    return <Printed loaded={review.value} history={history.value} sessionId={sessionId} />;
  if (!failed) return <SkeletonRows rows={12} />;
  return (
    <ErrorState
      wholePage
      title={words("titleLoad")}
      text={explain(failed)}
      actions={
        <Button
          onClick={() => {
            review.reload();
            history.reload();
          }}
        >
          {ui("retry")}
        </Button>
      }
    />
  );
}

function Printed({ loaded, history, sessionId }: { loaded: LoadedReview; history: LoadedHistory; sessionId: string }) {
  const words = useTranslations("whole");
  const { last, plan, startedAt, endedAt, to } = loaded;
  const began = startedAt ?? to;
  const sections = useSections({ last, history, startedAt: began, endedAt, members: plan.members, nameless: false });
  const effects = useEffectsReport(last);
  const effectsSection = useEffectsSection(last, effects);
  const { session, settlement, improvements } = slicesOf(last);
  const due = useDueShows(improvements.values(), false);
  const improveSection = useImproveSection({ last, members: plan.members, nameless: false, due });
  const isReady = effects.state !== "computing" && due !== null;
  usePrinterOnce(isReady);
  const showDay = day(began);
  return (
    <div className="h-full overflow-y-auto bg-white">
      <article className={styles["page"]} aria-busy={!isReady} data-ready={isReady}>
        <div className={`${styles["tools"]} mb-4 flex gap-2`}>
          <Button look="primary" onClick={() => window.print()}>
            {words("export.print")}
          </Button>
          <Button asChild>
            <Link href={`/shows/${sessionId}/review`}>{words("export.back")}</Link>
          </Button>
        </div>
        <h1 className="text-xl font-semibold">{words("printTitle", { title: session.title })}</h1>
        <p className="text-sm text-dim">
          {plan.room.name} · {showDay} {clockTime(began)}–{endedAt === null ? "" : clockTime(endedAt)} ·{" "}
          {words("asOf", { time: dayTime(last.at) })}
          {session.rehearsal ? ` · ${words("rehearsal")}` : ""}
          {settlement ? ` · ${words("settledAt", { time: dayTime(settlement.at) })}` : ""}
        </p>
        {[...SECTIONS.map(sections), effectsSection, improveSection].map(({ id, name, blocks }) => (
          <section key={id} className={styles["section"]} aria-label={name}>
            <h2 className="border-b pb-1 text-base font-semibold">{name}</h2>
            {blocks.map((block) => (
              <PrintTable key={block.id} block={block} showDay={showDay} />
            ))}
          </section>
        ))}
      </article>
    </div>
  );
}

function usePrinterOnce(isReady: boolean): void {
  const done = useRef(false);
  useEffect(() => {
    if (!isReady || done.current) return;
    done.current = true;
    // After the tables are painted.
    requestAnimationFrame(() => requestAnimationFrame(() => window.print()));
  }, [isReady]);
}
