"use client";
import { useLocale, useTranslations } from "next-intl";
import { fillPreset, inBraces, PLACEHOLDERS, withPlaceholder, type PresetValues } from "#domain/message-text.ts";
import { UnknownPlaceholders } from "../plan/unknown-placeholders.tsx";
import { useList } from "../ui/use-list.ts";

/** While somebody writes a line with a brace: which placeholders there are, what they stand for now, and which of the line's there are not. */
export function PlaceholderHints({
  text,
  values,
  onChange,
}: {
  text: string;
  values: PresetValues;
  onChange: (text: string) => void;
}) {
  const words = useTranslations("lines");
  const language = useLocale() === "en" ? "en" : "zh";
  const list = useList();
  if (!text.includes("{")) return null;
  const { missing } = fillPreset(text, values);
  return (
    <div className="flex flex-col gap-1">
      <UnknownPlaceholders text={text} />
      {missing.length === 0 ? null : (
        <p role="status" className="text-xs text-wait-ink">
          {words("nothingFor", { missing: list(missing.map((name) => words(`placeholder.${name}`))) })}
        </p>
      )}
      <p role="group" aria-label={words("placeholders")} className="flex flex-wrap gap-1">
        {PLACEHOLDERS.map((name) => (
          <button
            key={name}
            type="button"
            title={values[name] ?? "–"}
            onClick={() => onChange(withPlaceholder(text, name, language))}
            className="rounded-sm border px-1.5 text-xs text-dim hover:bg-hover"
          >
            {words(`placeholder.${name}`)} <span className="text-faint">{inBraces(name, language)}</span>
          </button>
        ))}
      </p>
    </div>
  );
}
