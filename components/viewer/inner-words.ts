"use client";
import { useMemo } from "react";
import { innerChinese, innerEnglish, type InnerWords } from "./inner-strings.ts";
import { useLanguage } from "./viewer-context.tsx";
import type { Words } from "./viewer-strings.ts";

export type AllWords = Words & InnerWords;

/** The words of the first screen and of the parts behind it. */
export function useInnerWords(): AllWords {
  const { words, language } = useLanguage();
  return useMemo(() => ({ ...words, ...(language === "en" ? innerEnglish : innerChinese) }), [words, language]);
}
