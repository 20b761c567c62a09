"use client";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { meaningOf } from "#domain/wecom-errcodes.ts";
import { useRefusal } from "../strings/use-refusal.ts";

export type WecomTrouble = { readonly code: string; readonly errcode: number | null };

/** What went wrong at WeCom and what a person can do, with WeCom's own number for its page of questions. */
export function useWecomFailure(): (trouble: WecomTrouble) => string {
  const words = useTranslations("wecomDesk.trouble");
  const advice = useTranslations("wecom.advice");
  const explain = useRefusal();
  return useCallback(
    ({ code, errcode }) => {
      if (errcode !== null)
        return words("numbered", { advice: advice(meaningOf(errcode).advice), errcode: String(errcode) });
      if (code === "wecom.notConnected") return words("notConnected");
      if (code === "wecom.noAnswer") return words("noAnswer");
      if (code === "server.failed") return words("failed");
      return explain(code);
    },
    [words, advice, explain],
  );
}
