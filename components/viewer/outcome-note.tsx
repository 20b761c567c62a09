"use client";
import { useViewer, useWords } from "./viewer-context.tsx";
import { failureWords } from "./viewer-strings.ts";

/** Why the last press on this coupon or draw did not work, where it was pressed. */
export function OutcomeNote({ id }: { readonly id: string }) {
  const words = useWords();
  const { outcome } = useViewer();
  if (outcome?.id !== id || !outcome.failure) return null;
  return (
    <p role="alert" className="mt-2 rounded-lg bg-act-soft px-3 py-2 text-sm text-brand">
      {failureWords(words, outcome.failure)}
    </p>
  );
}
