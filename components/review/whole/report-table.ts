import type { Tone } from "../../ui/tag.tsx";

/**
 * The parts of the whole show as tables, made once from the shapes and drawn three ways: on the page, on paper, and as sheets of a workbook.
 * Values stay values (fen, ms, counts): each way writes them as it must.
 */

export type ColumnKind =
  | "text"
  | "fen"
  | "fenChange"
  | "count"
  | "countChange"
  /** A fraction: 0.0291 is 2.9 %. */
  | "share"
  | "shareChange"
  /** An instant: the time of day, with the day where it is not the show's. */
  | "time"
  /** An hour of the clock by its first instant: 20:00–21:00. */
  | "hour"
  | "duration"
  | "durationChange"
  /** Of rows that mix kinds: each cell says its own. */
  | "mixed";

export type Column = {
  readonly id: string;
  readonly label: string;
  readonly kind: ColumnKind;
  /** Takes what is left of the width. */
  readonly wide?: boolean;
  /** Its cells hold words: beside a value, or in place of one. */
  readonly wordy?: boolean;
  readonly help?: string;
};

export type Cell = {
  readonly value: string | number | null;
  /** In a column of mixed kinds. */
  readonly kind?: Exclude<ColumnKind, "mixed">;
  /** Why there is no value. */
  readonly why?: string;
  readonly tone?: Tone;
  /** Said more quietly beside the value. */
  readonly beside?: string;
};

export type ReportRow = {
  readonly id: string;
  /** In the order of the columns. */
  readonly cells: readonly Cell[];
  /** The second of the show that it is about: a press moves the page there. */
  readonly at?: number | null;
  /** Beyond what stands in its cells, for the search. */
  readonly find?: string;
};

export type Block = {
  readonly id: string;
  readonly title?: string;
  /** What has to be known to read it. */
  readonly note?: string;
  readonly columns: readonly Column[];
  readonly rows: readonly ReportRow[];
  /** What it says without rows. */
  readonly empty: string;
  readonly sortable?: boolean;
  readonly searchable?: boolean;
};

export const SECTIONS = [
  "overview",
  "products",
  "rounds",
  "stockOuts",
  "promotions",
  "pushes",
  "traffic",
  "hours",
  "cues",
  "prices",
  "deeds",
] as const;
export type SectionId = (typeof SECTIONS)[number];

export type Section = {
  readonly id: SectionId | "effects" | "improve";
  readonly name: string;
  readonly blocks: readonly Block[];
};

export const text = (value: string | null, more: Omit<Cell, "value"> = {}): Cell => ({ value, ...more });
export const number = (value: number | null, why?: string): Cell =>
  value === null && why ? { value, why } : { value };
