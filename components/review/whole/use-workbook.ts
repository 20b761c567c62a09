"use client";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent } from "react";
import { clockTime, day } from "../../format/time.ts";
import { slicesOf } from "../../session/session-provider.tsx";
import { notify } from "../../ui/toast.tsx";
import { useEffectsReport } from "../effects/use-effects-report.ts";
import { useEffectsSection } from "../effects/use-effects-section.ts";
import { useDueShows } from "../lessons/due-shows.ts";
import { useImproveSection } from "../lessons/use-improve-section.ts";
import { useReview } from "../review-context.tsx";
import type { LoadedHistory } from "./load-history.ts";
import { SECTIONS } from "./report-table.ts";
import { useSections } from "./use-sections.ts";

/** Writes the workbook once and hands it to the browser as a download. */
export function useWorkbook(history: LoadedHistory, onDone: () => void): void {
  const words = useTranslations("whole.export");
  const { last, plan, startedAt, endedAt, shared } = useReview();
  const sections = useSections({ last, history, startedAt, endedAt, members: plan.members, nameless: shared });
  const effects = useEffectsReport(last);
  const effectsSection = useEffectsSection(last, effects);
  const due = useDueShows(slicesOf(last).improvements.values(), shared);
  const improveSection = useImproveSection({ last, members: plan.members, nameless: shared, due });
  const isReady = effects.state !== "computing" && due !== null;
  const write = useEffectEvent(async () => {
    try {
      const { session } = slicesOf(last);
      const { workbookOf } = await import("./workbook.ts");
      const about = [
        [words("show"), session.title],
        [words("time"), `${day(startedAt)} ${clockTime(startedAt)}–${endedAt === null ? "" : clockTime(endedAt)}`],
        [words("asOf"), `${day(last.at)} ${clockTime(last.at)}`],
        ...(session.rehearsal ? [[words("rehearsal"), words("rehearsalText")]] : []),
      ];
      const blob = await workbookOf([...SECTIONS.map(sections), effectsSection, improveSection], about, words("none"));
      save(blob, `${fileName(session.title)}-${words("file")}-${day(startedAt)}.xlsx`);
    } catch (cause) {
      notify({ tone: "air", title: words("failed"), text: cause instanceof Error ? cause.message : "" });
    } finally {
      onDone();
    }
  });
  useEffect(() => {
    if (isReady) void write();
  }, [isReady]);
}

/** Signs that file systems refuse. */
const fileName = (title: string): string => title.replace(/[\\/:*?"<>|\p{Cc}]/gu, " ").trim() || "kaibo";

function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the data once it began.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
