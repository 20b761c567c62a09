"use client";
import { useMessages, useTranslations } from "next-intl";
import { useCallback } from "react";
import { clockTime, dayTime } from "../format/time.ts";
import { yuan } from "../format/money.ts";
import type { Failure } from "../http/request.ts";
import type { Sent } from "../session/source.ts";

/** A refusal code with dots is a path in `refusal`; its text may use the fields of `data`. */
function textAt(node: unknown, path: readonly string[]): string | null {
  let here: unknown = node;
  for (const key of path) {
    if (typeof here !== "object" || here === null) return null;
    here = Object.entries(here).find(([name]) => name === key)?.[1];
  }
  return typeof here === "string" ? here : null;
}

/** Fields of a refusal's data as words: `…Fen` as money, `…At` as time, the rest as it is. */
function shown(key: string, value: unknown): string {
  if (typeof value === "number") {
    if (/fen$/i.test(key)) return yuan(value);
    if (/at$/i.test(key)) return Math.abs(Date.now() - value) < 12 * 3_600_000 ? clockTime(value) : dayTime(value);
    return value.toLocaleString("en-US");
  }
  return typeof value === "string" ? value : JSON.stringify(value ?? null);
}

/** Texts of refusals take plain `{field}` only: what is refused tonight must read well also when a field is missing. */
function filled(text: string, data: unknown): string {
  const fields: Record<string, unknown> = typeof data === "object" && data !== null ? { ...data } : {};
  return text
    .replace(/\{(\w+)\}/g, (_all, key: string) => (fields[key] === undefined || fields[key] === null ? "" : shown(key, fields[key])))
    .replace(/ {2,}/g, " ");
}

export type Explain = (code: string, data?: unknown) => string;

/** The words for a refusal or failure code: what happened, and what to do. An unknown code is shown as it is, for support. */
export function useRefusal(): Explain {
  const messages = useMessages();
  const words = useTranslations("failure");
  return useCallback(
    (code, data) => {
      const text = textAt(messages.refusal, code.split("."));
      return text === null ? words("unknownCode", { code }) : filled(text, data);
    },
    [messages, words],
  );
}

/** The words for a line that Kaibo drew itself (domain/auto-checks.ts). */
export function useAutoCheckWords(): Explain {
  const messages = useMessages();
  return useCallback((code, data) => filled(textAt(messages.autoCheck, [code]) ?? code, data), [messages]);
}

/** The words for a request that failed. */
export function useFailure(): (failure: Failure) => string {
  const explain = useRefusal();
  return useCallback(
    (failure) => {
      const first = failure.issues?.[0];
      return first ? `${explain(failure.code)} (${first.path})` : explain(failure.code, failure.data);
    },
    [explain],
  );
}

/** The words for a command's answer other than ok; `null` when it is ok. */
export function useSentWords(): (sent: Sent) => string | null {
  const explain = useRefusal();
  return useCallback(
    (sent) => {
      if (sent.status === "ok") return null;
      if (sent.status === "rejected") return explain(sent.code, sent.data);
      if (sent.status === "invalid") return `${explain("input.invalid")} (${sent.issues[0]?.path ?? ""})`;
      if (sent.status === "retry") return explain("connection.unknown");
      return explain(sent.code);
    },
    [explain],
  );
}
