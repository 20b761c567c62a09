import { hasChanged, knownColumns, type KnownColumn, type KnownTotals } from "../../shapes/settled.shape.ts";
import { figureRows, targetRows, type TargetRow } from "../../shapes/overview.shape.ts";
import { number, text, type Block, type Cell, type Column, type ReportRow } from "../report-table.ts";
import type { SectionContext } from "../section-context.ts";

export function overviewBlocks(context: SectionContext): readonly Block[] {
  return [targetsBlock(context), figuresBlock(context), ...knownBlocks(context)];
}

const TARGET_KIND: { readonly [K in TargetRow["id"]]: "fen" | "count" } = {
  paidFen: "fen",
  orders: "count",
  audience: "count",
  reservations: "count",
};

function targetsBlock({ slices, words }: SectionContext): Block {
  return {
    id: "targets",
    title: words("targets.title"),
    empty: "",
    columns: [
      { id: "name", label: words("targets.name"), kind: "text", wide: true },
      { id: "target", label: words("targets.target"), kind: "mixed" },
      { id: "actual", label: words("targets.actual"), kind: "mixed" },
      { id: "share", label: words("targets.share"), kind: "share" },
    ],
    rows: targetRows(slices).map(({ id, target, actual, share }) => {
      const kind = TARGET_KIND[id];
      return {
        id,
        cells: [
          text(words(`targets.of.${id}`)),
          { value: target, kind, ...(target === null ? { why: words("targets.none") } : {}) },
          { value: actual, kind, ...(actual === null ? { why: words(`targets.unknown.${id}`) } : {}) },
          { value: share, ...(share === null ? {} : { tone: share >= 1 ? ("sure" as const) : ("plain" as const) }) },
        ],
      };
    }),
  };
}

const UNIT = { fen: "fen", count: "count", share: "share" } as const;

function figuresBlock({ slices, words, figure, why }: SectionContext): Block {
  return {
    id: "figures",
    title: words("figures.title"),
    empty: "",
    columns: [
      { id: "name", label: words("figures.name"), kind: "text" },
      { id: "value", label: words("figures.value"), kind: "mixed" },
      { id: "orders", label: words("figures.orders"), kind: "count" },
      { id: "help", label: words("figures.help"), kind: "text", wide: true },
    ],
    rows: figureRows(slices).map(({ id, unit, value, why: reason, orders }) => ({
      id,
      cells: [
        text(figure(id).name),
        { value, kind: UNIT[unit], ...(reason === null ? {} : { why: why(reason) }) },
        number(orders),
        text(figure(id).help),
      ],
    })),
  };
}

/** What was known when, and what changed it since. */
function knownBlocks({ history, words, now }: SectionContext): readonly Block[] {
  const known = history && knownColumns(history, now);
  if (!history?.standings || !known) return [];
  const { now: totals } = history.standings;
  const columns: Column[] = [
    { id: "name", label: words("known.name"), kind: "text", wide: true },
    ...known.map(({ id }) => ({ id, label: words(`known.at.${id}`), kind: "mixed" as const })),
    { id: "now", label: words("known.at.now"), kind: "mixed" },
  ];
  const row = (
    id: string,
    kind: "fen" | "count",
    of: (column: KnownTotals) => number,
    nowValue: number,
  ): ReportRow => ({
    id,
    cells: [
      text(words(`known.row.${id}` as "known.row.paid")),
      ...known.map((column) => knownCell(column, words, kind, of)),
      { value: nowValue, kind },
    ],
  });
  return [
    {
      id: "known",
      title: words("known.title"),
      note: words("known.note"),
      empty: "",
      columns,
      rows: [
        {
          id: "at",
          cells: [
            text(words("known.row.at")),
            ...known.map((column) => knownCell(column, words, "time", ({ at }) => at)),
            text(""),
          ],
        },
        row("placed", "fen", ({ totals: { placed } }) => placed.fen, totals.placed.fen),
        row("paid", "fen", ({ totals: { paid } }) => paid.fen, totals.paid.fen),
        row("cancelled", "fen", ({ totals: { cancelled } }) => cancelled.fen, totals.cancelled.fen),
        row("refunded", "fen", ({ totals: { refunded } }) => refunded.fen, totals.refunded.fen),
        row("net", "fen", ({ netFen }) => netFen, totals.paid.fen - totals.refunded.fen),
        row("orders", "count", ({ totals: { paid } }) => paid.orders, totals.paid.orders),
        row("buyers", "count", ({ totals: { buyers } }) => buyers, totals.buyers),
      ],
    },
    changesBlock(known, words),
  ];
}

type Words = SectionContext["words"];

function knownCell(
  column: KnownColumn,
  words: Words,
  kind: "fen" | "count" | "time",
  of: (column: KnownTotals) => number,
): Cell {
  if ("missing" in column) return { value: null, why: words(`known.missing.${column.missing}`) };
  return { value: of(column), kind };
}

function changesBlock(known: readonly KnownColumn[], words: Words): Block {
  return {
    id: "changes",
    title: words("changes.title"),
    empty: words("changes.empty"),
    columns: [
      { id: "since", label: words("changes.since"), kind: "text", wide: true },
      { id: "net", label: words("changes.net"), kind: "fenChange" },
      { id: "orders", label: words("changes.orders"), kind: "fenChange" },
      { id: "refunds", label: words("changes.refunds"), kind: "fenChange" },
      { id: "imports", label: words("changes.imports"), kind: "fenChange" },
      { id: "paidOrders", label: words("changes.paidOrders"), kind: "countChange" },
      { id: "refundedOrders", label: words("changes.refundedOrders"), kind: "countChange" },
      { id: "cancelledOrders", label: words("changes.cancelledOrders"), kind: "countChange" },
    ],
    rows: known.flatMap((column): ReportRow[] => {
      if ("missing" in column) return [];
      const { id, change } = column;
      return [
        {
          id,
          cells: [
            text(words(`changes.after.${id}`), hasChanged(change) ? {} : { beside: words("changes.none") }),
            number(change.netFen),
            number(change.ordersFen),
            number(change.refundsFen),
            number(change.importsFen),
            number(change.paidOrders),
            number(change.refundedOrders),
            number(change.cancelledOrders),
          ],
        },
      ];
    }),
  };
}
