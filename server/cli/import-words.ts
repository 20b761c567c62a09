import { SHANGHAI_MS } from "#domain/shanghai-day.ts";
import type { ImportPreview, ImportState } from "../import/preview-shape.ts";
import { pageWords } from "./page-words.ts";

/** What `npm run import` prints, Chinese first. */

export type Previewed = ImportPreview & {
  readonly earlier: readonly { readonly sessionId: string; readonly at: number }[];
};

const ISSUES_SHOWN = 20;

const yuan = (fen: number): string => `¥${(fen / 100).toFixed(2)}`;

export const localTime = (at: number): string =>
  new Date(at + SHANGHAI_MS).toISOString().slice(0, 19).replace("T", " ");

/** "2026-11-11 20:00" in Asia/Shanghai. */
export function instantOf(text: string): number | undefined {
  const [, day, clock, seconds] = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})(:\d{2})?$/.exec(text.trim()) ?? [];
  const at = day === undefined ? Number.NaN : Date.parse(`${day}T${clock}${seconds ?? ":00"}Z`) - SHANGHAI_MS;
  return Number.isNaN(at) ? undefined : at;
}

/** Han characters take two places in a terminal. */
const widthOf = (text: string): number =>
  Array.from(text).reduce((sum, sign) => sum + ((sign.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1), 0);
const padded = (text: string, width: number): string => text + " ".repeat(Math.max(0, width - widthOf(text)));

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, col) => Math.max(...rows.map((row) => widthOf(row[col] ?? ""))));
  return rows.map((row) => `  ${row.map((cell, col) => padded(cell, widths[col] ?? 0)).join("  ")}`.trimEnd());
}

/** 0 → A, 25 → Z, 26 → AA. */
function columnLetters(col: number): string {
  const rest = Math.floor(col / 26);
  return `${rest > 0 ? columnLetters(rest - 1) : ""}${String.fromCharCode(65 + (col % 26))}`;
}

export function previewLines(preview: Previewed): string[] {
  const { file, sheet, rows, columns, errors, errorCount, warnings, warningCount, standing, span, earlier } = preview;
  const tab = file.sheets[sheet]?.name ?? "";
  const named = columns.map(({ col, header, field, confidence, samples }) => [
    columnLetters(col),
    header.slice(0, 24),
    field === null ? "–" : `${field}${confidence < 0.7 ? " ?" : ""}`,
    (samples[0] ?? "").slice(0, 24),
  ]);
  return [
    `文件 file     ${file.kind}${file.encoding ? ` ${file.encoding}` : ""} · ${tab} · ${rows} 行 rows`,
    ...table([["", "列 column", "是什么 meaning", "例 sample"], ...named]),
    ...issueLines("错误,这些行不导入 · errors, these rows stay out", errors, errorCount),
    ...issueLines("提醒 · warnings", warnings, warningCount),
    ...totalLines(preview),
    ...(span ? [`时间 times    ${localTime(span.from)} – ${localTime(span.to)}`] : []),
    ...(standing
      ? [
          `和本场相比 against the show: 新 new ${standing.fresh},变 changed ${standing.changed},同 same ${standing.same}`,
        ]
      : []),
    ...earlier.map(({ sessionId, at }) => `这个文件导入过 imported before: ${sessionId} (${localTime(at)})`),
  ];
}

function issueLines(title: string, issues: Previewed["errors"], count: number): string[] {
  if (count === 0) return [];
  const shown = issues
    .slice(0, ISSUES_SHOWN)
    .map(({ row, col, code, value }) => [`${columnLetters(col)}${row + 1}`, code, value.slice(0, 40)]);
  const more = count > shown.length ? [`  … ${count - shown.length} more`] : [];
  const meant = [...new Set(issues.map(({ code }) => code))].flatMap((code) => {
    const words = pageWords("importIssue", code);
    return words === undefined ? [] : [`  ${code}: ${words}`];
  });
  return [`${title}: ${count}`, ...table(shown), ...more, ...meant];
}

function totalLines({ orders, audience }: Previewed): string[] {
  if (audience) return [`数据点 samples ${audience.samples}`];
  if (!orders) return [];
  const { fileTotals: of, importedTotals: taken } = orders;
  const row = (name: string, read: (totals: typeof of) => string) => [
    name,
    read(of),
    read(taken),
    read(of) === read(taken) ? "✓" : "≠",
  ];
  return table([
    ["合计 totals", "文件 file", "将导入 to import", ""],
    row("订单 orders", (totals) => String(totals.orders)),
    row("已付款 paid orders", (totals) => String(totals.paidOrders)),
    row("件数 units", (totals) => String(totals.paidUnits)),
    row("成交金额 paid", (totals) => yuan(totals.paidFen)),
    row("退款金额 refunded", (totals) => yuan(totals.refundedFen)),
  ]);
}

export function resultLines({ state, code, result, sessionId }: ImportState, publicUrl: string): string[] {
  if (state !== "done" || !result) {
    const why = pageWords("refusal", code ?? "");
    return [
      `没有导完 stopped: ${code ?? "?"}${why === undefined ? "" : ` ${why}`}。已导入的都在,再导一次会接着来 · what was taken over is kept; run it again to go on`,
    ];
  }
  const { standing, refused, refusedCount, show } = result;
  const refusedRows = refused.slice(0, ISSUES_SHOWN).map(({ id, code: why, path }) => [id, why, path ?? ""]);
  return [
    `完成 done: ${result.items}`,
    ...(standing ? [`  新 new ${standing.fresh},变 changed ${standing.changed},同 same ${standing.same}`] : []),
    ...(refusedCount > 0 ? [`没有接受 refused: ${refusedCount}`, ...table(refusedRows)] : []),
    ...(show.paidFen === null
      ? []
      : [`本场现在 the show now: 订单 ${show.orders ?? 0},成交 ${yuan(show.paidFen)},退款 ${yuan(show.refundedFen)}`]),
    `${publicUrl}/shows/${sessionId ?? ""}/import`,
  ];
}
