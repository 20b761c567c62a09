"use client";
import { ActButton } from "./act-button.tsx";
import { useWords } from "./viewer-context.tsx";

export function LoadFailed({ retry }: { readonly retry: () => void }) {
  const words = useWords();
  return (
    <section role="alert" className="rounded-2xl bg-card p-4 text-center">
      <p className="mb-3 text-base">{words.notLoaded}</p>
      <ActButton onPress={retry}>{words.retryNow}</ActButton>
    </section>
  );
}
