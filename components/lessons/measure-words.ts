"use client";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { Measure } from "#domain/measure.ts";
import { measured, reached } from "#domain/measured.ts";
import { MEASURED, type MeasuredFigure } from "#domain/measured-figures.ts";
import { count, percent, yuanRound } from "../format/money.ts";
import { duration } from "../format/time.ts";
import type { ShowSlices } from "../session/show-slices.ts";

/** A figure's value in its own unit. */
function shownValue(figure: MeasuredFigure, value: number): string {
  switch (MEASURED[figure]) {
    case "fen":
      return yuanRound(value);
    case "count":
      return count(value);
    case "share":
      return percent(value, 2);
    case "ms":
      return duration(value);
  }
}

type Measurable = Pick<ShowSlices, "figures" | "session"> & {
  readonly audience: Pick<ShowSlices["audience"], "viewers">;
};

/** How the show stands by a measure: `null` for words, and where no source knows. */
export function measuredIn(measure: Measure | null, { figures, session, audience }: Measurable): number | null {
  if (measure?.kind !== "figure") return null;
  const { interruptions, endedAt } = session;
  const viewers = audience.viewers?.value ?? null;
  return measured(measure.figure, { figures, interruptions, viewers, until: endedAt });
}

export function useMeasureWords() {
  const words = useTranslations("lessons");
  return useMemo(
    () => ({
      /** "GPM 不低于 ¥800" */
      target: (measure: Measure) =>
        measure.kind === "words"
          ? measure.text
          : words("targetWords", {
              figure: words(`figure.${measure.figure}`),
              direction: words(`direction.${measure.direction}`),
              target: shownValue(measure.figure, measure.target),
            }),
      value: (measure: Measure, value: number | null) =>
        measure.kind === "words" ? null : value === null ? words("unknownValue") : shownValue(measure.figure, value),
      /** Against its target, in a word; `null` when it can't be told. */
      verdict: (measure: Measure, value: number | null) => {
        const is = reached(measure, value);
        return is === null ? null : { is, word: words(is ? "reached" : "missed") };
      },
    }),
    [words],
  );
}
