"use client";
import { useTranslations } from "next-intl";
import { fillPreset } from "#domain/message-text.ts";

/** What stands in braces in a line and is called otherwise. */
export function UnknownPlaceholders({ text }: { text: string }) {
  const words = useTranslations("lines");
  const { unknown } = fillPreset(text, {});
  if (unknown.length === 0) return null;
  return (
    <p role="status" className="text-xs break-words text-wait-ink">
      {words("unknownPlaceholder", { names: unknown.join(" ") })}
    </p>
  );
}
