"use client";
import { useTranslations } from "next-intl";
import { DateTimeField } from "../ui/date-time-field.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";

export type PastDraft = { readonly title: string; readonly startedAt: number | null; readonly endedAt: number | null };

/** What the file can't tell of the show that is made from it, and the times that it does tell. */
export function PastShowFields({ draft, onChange }: { draft: PastDraft; onChange: (draft: PastDraft) => void }) {
  const words = useTranslations("import.past");
  return (
    <section aria-label={words("show")} className="flex flex-col gap-3">
      <Field label={words("title")} required>
        <Input
          maxLength={80}
          value={draft.title}
          placeholder={words("titlePlaceholder")}
          onChange={(event) => onChange({ ...draft, title: event.target.value })}
        />
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Field label={words("from")} required>
          <DateTimeField value={draft.startedAt} onCommit={(startedAt) => onChange({ ...draft, startedAt })} />
        </Field>
        <Field label={words("to")} required>
          <DateTimeField value={draft.endedAt} onCommit={(endedAt) => onChange({ ...draft, endedAt })} />
        </Field>
      </div>
      <p className="text-xs text-faint">{words("timesHint")}</p>
    </section>
  );
}
