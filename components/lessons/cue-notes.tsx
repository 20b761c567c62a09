"use client";
import { useTranslations } from "next-intl";
import { useSession } from "../session/session-provider.tsx";
import { ToneShape } from "../ui/tag.tsx";

/** What lessons of earlier shows say at this cue. */
export function CueNotes({ cueId }: { cueId: string }) {
  const words = useTranslations("lessons");
  const rows = useSession((show) => show.cueNotes);
  const notes = [...rows.values()].filter(({ cueIds }) => cueIds.includes(cueId));
  if (notes.length === 0) return null;
  return (
    <span role="note" aria-label={words("cueNotes")} className="flex flex-col">
      {notes.map(({ lessonId, note, text }) => (
        <span key={lessonId} title={text} className="flex min-w-0 items-baseline gap-1 text-xs text-wait-ink">
          <ToneShape tone="wait" size={8} />
          <span className="min-w-0 break-words">{note}</span>
        </span>
      ))}
    </span>
  );
}
