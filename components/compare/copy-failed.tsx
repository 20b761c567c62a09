"use client";
import { useTranslations } from "next-intl";
import type { Failure } from "../http/request.ts";
import { useFailure } from "../strings/use-refusal.ts";
import { Button } from "../ui/button.tsx";
import { ErrorState } from "../ui/states.tsx";

export function CopyFailed({ failure, onRetry }: { failure: Failure; onRetry: () => void }) {
  const words = useTranslations("failure");
  const ui = useTranslations("ui");
  const explain = useFailure();
  return (
    <ErrorState
      compact
      title={words("titleLoad")}
      text={explain(failure)}
      actions={<Button onClick={onRetry}>{ui("retry")}</Button>}
    />
  );
}
