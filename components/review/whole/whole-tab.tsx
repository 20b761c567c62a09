"use client";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { day } from "../../format/time.ts";
import { useLoaded } from "../../http/use-loaded.ts";
import { useFailure } from "../../strings/use-refusal.ts";
import { Button } from "../../ui/button.tsx";
import { cn } from "../../ui/cn.ts";
import { Callout, SkeletonRows } from "../../ui/states.tsx";
import { useReview } from "../review-context.tsx";
import { BlockTable } from "./block-table.tsx";
import { loadHistory } from "./load-history.ts";
import { SECTIONS, type SectionId } from "./report-table.ts";
import { SettlePanel } from "./settle-panel.tsx";
import { useSections } from "./use-sections.ts";

/** Sections that say nothing before the history is there. */
const FROM_HISTORY: ReadonlySet<SectionId> = new Set(["stockOuts", "prices", "deeds"]);

/** The whole show in tables. */
export function WholeTab() {
  const words = useTranslations("whole");
  const explain = useFailure();
  const { sessionId, last, plan, startedAt, endedAt, shared, seek } = useReview();
  const [open, setOpen] = useState<SectionId>("overview");
  const {
    value: history,
    failure,
    reload,
  } = useLoaded(`history:${sessionId}`, (signal) => loadHistory(sessionId, signal), last.seq);
  const sections = useSections({ last, history, startedAt, endedAt, members: plan.members, nameless: shared });
  const section = useMemo(() => sections(open), [sections, open]);
  const isWaiting = FROM_HISTORY.has(open) && history === null;
  return (
    <div className="flex h-full min-h-[360px] max-md:flex-col">
      <nav
        aria-label={words("sections")}
        className="flex shrink-0 gap-0.5 p-2 max-md:sticky max-md:top-13 max-md:z-10 max-md:overflow-x-auto max-md:border-b max-md:bg-page md:w-36 md:flex-col md:overflow-y-auto md:border-r"
      >
        {SECTIONS.map((id) => (
          <button
            key={id}
            type="button"
            aria-current={id === open ? "true" : undefined}
            onClick={() => setOpen(id)}
            className={cn(
              "shrink-0 rounded-sm px-2.5 py-1.5 text-left text-sm whitespace-nowrap text-dim hover:bg-hover hover:text-ink",
              id === open && "bg-picked font-semibold text-ink",
            )}
          >
            {words(`section.${id}`)}
          </button>
        ))}
      </nav>
      <div
        tabIndex={0}
        role="region"
        aria-label={section.name}
        className="min-w-0 flex-1 px-4 pb-6 -outline-offset-2 max-md:px-3 md:overflow-y-auto"
      >
        {failure && history === null ? (
          <div className="pt-3">
            <Callout
              tone="wait"
              actions={
                <Button size="sm" onClick={reload}>
                  {words("retry")}
                </Button>
              }
            >
              {words("historyFailed", { reason: explain(failure) })}
            </Callout>
          </div>
        ) : null}
        {open === "overview" ? <SettlePanel history={history} /> : null}
        {isWaiting ? (
          failure ? null : (
            <div aria-busy className="pt-3">
              <p className="pb-2 text-xs text-dim">{words("historyComing")}</p>
              <SkeletonRows />
            </div>
          )
        ) : (
          section.blocks.map((block) => (
            <BlockTable key={`${open}:${block.id}`} block={block} showDay={day(startedAt)} onRow={seek} />
          ))
        )}
      </div>
    </div>
  );
}
