"use client";
import { useEffect, useState } from "react";
import { clear, intoView } from "./into-view.ts";
import type { refusalWords } from "./refusal-strings.ts";
import { useLanguage, useViewer } from "./viewer-context.tsx";

/**
 * Why the last press on this coupon or draw did not work, where it was pressed. The words for all the reasons are fetched then; without a network
 * the reason is the network, and for that the page has words of its own.
 */
export function OutcomeNote({ id }: { readonly id: string }) {
  const { words, language } = useLanguage();
  const { outcome } = useViewer();
  const failure = outcome?.id === id ? outcome.failure : null;
  const [reasons, setReasons] = useState<{ readonly refusalWords: typeof refusalWords } | null>(null);
  useEffect(() => {
    if (!failure || failure.kind === "lost" || reasons) return;
    import("./refusal-strings.ts").then(setReasons, () => undefined);
  }, [failure, reasons]);
  if (!failure) return null;
  const known = failure.kind === "lost" ? undefined : reasons?.refusalWords(language, failure);
  return (
    <p ref={intoView} role="alert" className={`${clear} mt-2 rounded-lg bg-act-soft px-3 py-2 text-sm text-brand`}>
      {known ?? words.tryAgain}
    </p>
  );
}
