"use client";
import { useLocale } from "next-intl";
import { useCallback } from "react";

/** Words one after the other: 甲、乙 in Chinese, "A, B" in English. */
export function useList(): (words: readonly (string | number)[]) => string {
  const locale = useLocale();
  return useCallback((words) => words.join(locale === "zh-CN" ? "、" : ", "), [locale]);
}
