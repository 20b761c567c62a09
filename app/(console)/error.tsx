"use client";
import { Broken } from "#components/shell/problem-pages.tsx";

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <Broken error={error} retry={reset} />;
}
