import type { useTranslations } from "next-intl";
import { halfHourLines, type HalfHourShow, type StandsNow, type TextHalf } from "#domain/report/half-hour-text.ts";
import type { SayReport } from "#domain/report/report-words.ts";
import { DEFAULT_ZONE } from "../../format/time.ts";

/** A half hour in the reader's language; what a robot says is the same in Chinese. */

export type ReportWords = ReturnType<typeof useTranslations<"report">>;

export const sayBy =
  (words: ReportWords): SayReport =>
  (text, values) =>
    words(`text.${text}`, values);

export function halfHourText(words: ReportWords, show: HalfHourShow, half: TextHalf, stands: StandsNow | null): string {
  return halfHourLines({ say: sayBy(words), zone: DEFAULT_ZONE }, show, half, stands).join("\n");
}
