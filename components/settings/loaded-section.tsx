"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Loaded } from "../http/use-loaded.ts";
import { useFailure } from "../strings/use-refusal.ts";
import { Button } from "../ui/button.tsx";
import { ErrorState, SkeletonRows } from "../ui/states.tsx";

/** The three states of something that is loaded: on its way, failed, there. */
export function LoadedSection<T>({ loaded, children }: { loaded: Loaded<T>; children: (value: T) => ReactNode }) {
  const words = useTranslations("failure");
  const ui = useTranslations("ui");
  const explain = useFailure();
  if (loaded.value) return children(loaded.value);
  if (!loaded.failure) return <SkeletonRows rows={4} />;
  return (
    <ErrorState
      compact
      title={words("titleLoad")}
      text={explain(loaded.failure)}
      actions={<Button onClick={loaded.reload}>{ui("retry")}</Button>}
    />
  );
}
