"use client";
import { useState } from "react";
import { Input, type InputProps } from "./input.tsx";

/** No daylight saving since 1991, so the offset is a constant. */
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

/** ms UTC → "2026-11-21T20:00" in Asia/Shanghai, what a datetime-local input speaks. */
export function shanghaiText(at: number): string {
  return new Date(at + SHANGHAI_OFFSET_MS).toISOString().slice(0, 16);
}

/** `undefined` when it can't be read. Seconds may follow. */
export function instantFromShanghai(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(text)) return undefined;
  const at = Date.parse(`${text.length === 16 ? `${text}:00` : text}Z`) - SHANGHAI_OFFSET_MS;
  return Number.isNaN(at) || at < 0 ? undefined : at;
}

export type DateTimeFieldProps = Omit<InputProps, "value" | "onChange" | "type"> & {
  /** ms UTC; the field shows Asia/Shanghai whatever the machine's zone is. */
  value: number | null;
  onCommit: (at: number) => void;
};

export function DateTimeField({ value, onCommit, ...rest }: DateTimeFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const shown = value === null ? "" : shanghaiText(value);
  return (
    <Input
      type="datetime-local"
      {...rest}
      value={draft ?? shown}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={(event) => {
        const at = draft === null ? undefined : instantFromShanghai(draft);
        setDraft(null);
        if (at !== undefined && at !== value) onCommit(at);
        rest.onBlur?.(event);
      }}
    />
  );
}
