"use client";
import { useState } from "react";
import { cn } from "./cn.ts";
import { Textarea, type TextareaProps } from "./input.tsx";
import { type Committed, ParsedField } from "./number-field.tsx";

/** One line of text that counts once the person leaves it or presses Enter. */
export function TextField({ className, required, ...rest }: Committed<string>) {
  return (
    <ParsedField
      {...rest}
      className={cn("text-left", className)}
      show={(value) => value}
      read={(text) => (required && text.trim() === "" ? undefined : text.trim())}
    />
  );
}

/** Several lines, likewise; Enter makes a new line, Escape gives the old text back. */
export function TextArea({
  value,
  onCommit,
  ...rest
}: Omit<TextareaProps, "value" | "onChange"> & { value: string; onCommit: (value: string) => void }) {
  const [draft, setDraft] = useState<string | null>(null);
  return (
    <Textarea
      {...rest}
      value={draft ?? value}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={(event) => {
        setDraft(null);
        if (draft !== null && draft.trim() !== value) onCommit(draft.trim());
        rest.onBlur?.(event);
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape" && draft !== null) {
          event.stopPropagation();
          setDraft(null);
        }
      }}
    />
  );
}
