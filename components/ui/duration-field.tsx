"use client";
import { durationFromText, textFromDuration } from "./duration-text.ts";
import { type Committed, ParsedField } from "./number-field.tsx";

/** ms outside; "12" is twelve minutes, "1:30" a minute and a half, "1:02:00" an hour and two minutes. Empty is `null`. */
export function DurationField(props: Committed<number | null> & { maxMs?: number }) {
  const { maxMs = 12 * 3_600_000, ...rest } = props;
  return (
    <ParsedField
      {...rest}
      show={(ms) => (ms === null ? "" : textFromDuration(ms))}
      read={(text) => {
        const ms = durationFromText(text);
        return typeof ms === "number" && ms > maxMs ? undefined : ms;
      }}
    />
  );
}
