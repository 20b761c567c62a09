import type { useTranslations } from "next-intl";
import type { FigureId, FigureHelp } from "#domain/metrics/definitions.ts";
import type { Figure, Missing } from "#domain/metrics/figure.ts";
import type { ShowHistory } from "#domain/history/show-history.ts";
import type { CouponRow, ShowSlices } from "../../session/show-slices.ts";

/** What a section is made of: the show as known now, and the words of the page's language. */
export type SectionContext = {
  readonly slices: ShowSlices;
  /** `null`: it is on its way, or could not be had. */
  readonly history: ShowHistory | null;
  readonly startedAt: number;
  /** End of the show; of one that runs, the last that is known. */
  readonly until: number;
  /** The clock on the wall, for what is still to come. */
  readonly now: number;
  readonly words: ReturnType<typeof useTranslations<"whole">>;
  /** Words one after the other. */
  readonly list: (words: readonly string[]) => string;
  readonly figure: (id: FigureId) => FigureHelp;
  readonly why: (reason: Missing) => string;
  /** Who `by` is; an id without a name is a person who was deleted. */
  readonly who: (by: string) => string;
  readonly act: (entry: { readonly type: string; readonly data: unknown }) => string;
  readonly discount: (discount: CouponRow["discount"]) => string;
  readonly cueKind: (kind: string) => string;
};

export const whyOf = ({ why }: Pick<SectionContext, "why">, figure: Figure): string | undefined =>
  figure.value === null ? why(figure.reason) : undefined;
