"use client";
import { useLanguage } from "../viewer-context.tsx";
import { warmupChinese, warmupEnglish, type WarmupWords } from "./warmup-strings.ts";

export function useWarmupWords(): WarmupWords {
  return useLanguage().language === "en" ? warmupEnglish : warmupChinese;
}
