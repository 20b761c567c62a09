"use client";
import { useLocale } from "next-intl";
import { useMemo } from "react";
import { methodIn } from "#domain/method/in-language.ts";
import type { MethodRow } from "#domain/ops/method.ts";
import type { Cell } from "#domain/wave/shapes.ts";
import { beatIn, cellIn, type TemplateLanguage } from "#domain/wave/template-words.ts";
import { useSession } from "../session/session-provider.tsx";
import type { ShowSlices } from "../session/show-slices.ts";

/** Methods and waves as their reader reads them: words of catalogue and templates in their language, whoever added them. */

export const usePlanLanguage = (): TemplateLanguage => (useLocale() === "zh-CN" ? "zh" : "en");

export function useMethods(): ReadonlyMap<string, MethodRow> {
  const methods = useSession((show) => show.methods);
  const language = usePlanLanguage();
  return useMemo(() => new Map([...methods].map(([id, row]) => [id, methodIn(row, language)])), [methods, language]);
}

export function useCells(): ReadonlyMap<string, Cell> {
  const cells = useSession((show) => show.waveCells);
  const language = usePlanLanguage();
  return useMemo(() => new Map([...cells].map(([id, cell]) => [id, cellIn(cell, language)])), [cells, language]);
}

export function useBeats(): ShowSlices["waves"]["beats"] {
  const beats = useSession((show) => show.waves.beats);
  const language = usePlanLanguage();
  return useMemo(() => beats.map((beat) => beatIn(beat, language)), [beats, language]);
}
