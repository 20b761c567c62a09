"use client";
import { useLanguage } from "../viewer-context.tsx";
import { belowChinese, belowEnglish, type BelowWords } from "./below-strings.ts";

export function useBelowWords(): BelowWords {
  return useLanguage().language === "en" ? belowEnglish : belowChinese;
}
