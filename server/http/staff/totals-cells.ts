import type { TotalsRow } from "#db/queries/show-totals.ts";
import { SHOW_FIGURE_NAMES, SHOW_FIGURES, type ShowFigure } from "#domain/metrics/show-totals.ts";
import type { CsvCell } from "../../lib/csv.ts";
import { yuan } from "./export-cells.ts";

/** A show's figures as cells of a spreadsheet: numbers that it can add up, empty where nothing is known. */

const NAMES: Readonly<Record<ShowFigure, string>> = {
  paidFen: "成交金额(元)",
  netFen: "退后成交(元)",
  refundedFen: "退款金额(元)",
  orders: "成交订单",
  buyers: "成交人数",
  perOrderFen: "笔单价(元)",
  gpmFen: "千次观看成交(元)",
  watchToPay: "看播成交率",
  perExplainMinuteFen: "讲解分钟产出(元)",
  privateShare: "私域占比",
  firstHourFen: "首小时成交(元)",
  bestMinuteFen: "最好一分钟(元)",
  viewers: "场观(人)",
  durationMs: "时长(分钟)",
};

export const TOTALS_HEADER = [
  "场次",
  "类型",
  "开播时间",
  "下播时间",
  ...SHOW_FIGURE_NAMES.map((name) => NAMES[name]),
  "最好一分钟在",
  "目标达成",
  "场次编号",
];

export function totalsCells(row: TotalsRow, time: (at: number | null) => string): CsvCell[] {
  return [
    row.title,
    row.rehearsal ? "彩排" : "真实",
    time(row.startedAt),
    time(row.endedAt),
    ...SHOW_FIGURE_NAMES.map((name) => cell(name, row[name])),
    time(row.bestMinuteAt),
    // A spreadsheet takes 1/2 for the first of February.
    row.targetsSet === 0 ? "" : `${row.targetsReached} 达成,共 ${row.targetsSet}`,
    row.sessionId,
  ];
}

function cell(name: ShowFigure, value: number | null): CsvCell {
  if (value === null) return "";
  switch (SHOW_FIGURES[name]) {
    case "fen":
      return yuan(value);
    case "ms":
      return Math.round(value / 60_000);
    case "share":
    case "count":
      return value;
  }
}
