"use client";
import { useTranslations } from "next-intl";
import { SHOW_FIGURES, type ShowFigure, type TotalMissing } from "#domain/metrics/show-totals.ts";
import { count, percent, yuanRound } from "../format/money.ts";
import { duration } from "../format/time.ts";

/** Figures of shows in words. Money in whole yuan: between shows, cents say nothing. */

export function figureText(figure: ShowFigure, value: number): string {
  switch (SHOW_FIGURES[figure]) {
    case "fen":
      return yuanRound(value);
    case "ms":
      return duration(value);
    case "share":
      return percent(value, figure === "watchToPay" ? 2 : 1);
    case "count":
      return count(Math.round(value));
  }
}

/** How far a value is from the base: in per cent, of shares in points. */
export function differenceText(figure: ShowFigure, value: number, base: number): string | null {
  if (value === base) return "±0";
  const sign = value > base ? "+" : "−";
  if (SHOW_FIGURES[figure] === "share") return `${sign}${Math.abs((value - base) * 100).toFixed(2)} pp`;
  if (base === 0) return null;
  const share = Math.abs(value - base) / Math.abs(base);
  return `${sign}${share >= 10 ? count(Math.round(share * 100)) + "%" : percent(share)}`;
}

/** Why a figure is missing. */
export function useMissingWords(): (reason: TotalMissing) => string {
  const figure = useTranslations("figure.missing");
  const words = useTranslations("compare.missing");
  return (reason) => (reason === "stillRunning" || reason === "noTraffic" ? words(reason) : figure(reason));
}
