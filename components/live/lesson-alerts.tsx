"use client";
import { useTranslations } from "next-intl";
import type { AutoLine } from "#domain/auto-checks.ts";
import { WaiveButton } from "../plan/waive-button.tsx";
import { useSession } from "../session/session-provider.tsx";
import { useAutoCheckWords } from "../strings/use-refusal.ts";
import { ToneShape } from "../ui/tag.tsx";
import { useDesk } from "./desk.tsx";

/** What happens now against a lesson of an earlier show: said at once, under the product that it is mostly about, and in nobody's way. */
export function LessonAlerts() {
  const words = useTranslations("lessons");
  const explain = useAutoCheckWords();
  const { readOnly } = useDesk();
  const lines = useSession((show) => show.lessonsBroken ?? NO_LINES);
  if (lines.length === 0) return null;
  return (
    <ul
      role="alert"
      aria-label={words("onAirBroken")}
      className="max-h-24 shrink-0 overflow-y-auto border-b bg-wait-soft"
    >
      {lines.map((line) => (
        <li key={line.lineId} className="flex min-h-8 items-center gap-2 px-4 py-0.5 text-sm text-wait-ink">
          <ToneShape tone="wait" size={12} />
          <span className="min-w-0 flex-1 break-words">{explain(line.code, line.data)}</span>
          {readOnly ? null : <WaiveButton lineId={line.lineId} waived={null} />}
        </li>
      ))}
    </ul>
  );
}

const NO_LINES: readonly AutoLine[] = [];
