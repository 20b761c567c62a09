import { productLines, UNMATCHED_ID } from "../../shapes/products.shape.ts";
import { roundLines } from "../../shapes/rounds.shape.ts";
import { stockOutLines } from "../../shapes/history.shape.ts";
import { number, text, type Block } from "../report-table.ts";
import { whyOf, type SectionContext } from "../section-context.ts";

export function productBlocks(context: SectionContext): readonly Block[] {
  const { slices, words, until, figure, why } = context;
  const noOrders = why("noOrders");
  return [
    {
      id: "products",
      note: words("products.note"),
      empty: words("products.empty"),
      sortable: true,
      searchable: true,
      columns: [
        { id: "linkNo", label: words("linkNo"), kind: "count" },
        { id: "name", label: words("product"), kind: "text", wide: true },
        { id: "role", label: words("products.role"), kind: "text" },
        { id: "paid", label: figure("paid").name, kind: "fen", help: words("products.paidHelp") },
        { id: "orders", label: words("orders"), kind: "count" },
        { id: "units", label: words("units"), kind: "count" },
        { id: "refunded", label: figure("refunded").name, kind: "fen" },
        { id: "refundShare", label: words("products.refundShare"), kind: "share" },
        { id: "net", label: figure("net").name, kind: "fen" },
        { id: "explained", label: words("products.explained"), kind: "duration" },
        { id: "perMinute", label: figure("perExplainMinute").name, kind: "fen", help: figure("perExplainMinute").help },
        { id: "clickToPay", label: figure("clickToPay").name, kind: "share", help: figure("clickToPay").help },
        { id: "planned", label: words("products.planned"), kind: "count" },
      ],
      rows: productLines(slices, until).map((line) => ({
        id: line.productId,
        cells: [
          number(line.linkNo),
          text(line.productId === UNMATCHED_ID ? words("products.unmatched") : line.name),
          text(line.role),
          number(line.paidFen, noOrders),
          number(line.orders, noOrders),
          number(line.units, noOrders),
          number(line.refundedFen, noOrders),
          number(line.refundShare),
          number(line.netFen, noOrders),
          {
            value: line.rounds === 0 ? null : line.explainedMs,
            ...(line.rounds === 0 ? { why: why("notExplained") } : {}),
          },
          number(line.perExplainMinute.value, whyOf(context, line.perExplainMinute)),
          number(line.clickToPay.value, whyOf(context, line.clickToPay)),
          number(line.plannedUnits),
        ],
      })),
    },
  ];
}

export function roundBlocks(context: SectionContext): readonly Block[] {
  const { slices, words, until, figure, why } = context;
  const lines = roundLines(slices, until);
  return [
    {
      id: "rounds",
      note: words("rounds.note"),
      empty: words("rounds.empty"),
      sortable: true,
      searchable: true,
      columns: [
        { id: "linkNo", label: words("linkNo"), kind: "count" },
        { id: "name", label: words("product"), kind: "text", wide: true },
        { id: "round", label: words("rounds.round"), kind: "count" },
        { id: "from", label: words("from"), kind: "time" },
        { id: "to", label: words("to"), kind: "time" },
        { id: "ms", label: words("rounds.length"), kind: "duration" },
        { id: "paid", label: figure("paid").name, kind: "fen", help: words("products.paidHelp") },
        { id: "perMinute", label: figure("perExplainMinute").name, kind: "fen", help: figure("perExplainMinute").help },
        { id: "againstFirst", label: words("rounds.againstFirst"), kind: "shareChange" },
      ],
      rows: lines.map((line) => ({
        id: line.id,
        at: line.from,
        cells: [
          number(line.linkNo),
          text(line.name),
          number(line.round),
          number(line.from),
          number(line.to, words("rounds.running")),
          number(line.ms),
          number(line.paidFen, why("noOrders")),
          number(line.perMinute.value, whyOf(context, line.perMinute)),
          number(line.againstFirst, line.round === 1 ? words("rounds.isFirst") : words("rounds.notCompared")),
        ],
      })),
    },
  ];
}

export function stockOutBlocks({ slices, history, words, list }: SectionContext): readonly Block[] {
  const lines = history ? stockOutLines(history, slices) : [];
  return [
    {
      id: "stockOuts",
      note: words("stockOuts.note"),
      empty: words("stockOuts.empty"),
      sortable: true,
      searchable: true,
      columns: [
        { id: "linkNo", label: words("linkNo"), kind: "count" },
        { id: "name", label: words("product"), kind: "text", wide: true },
        { id: "sku", label: words("sku"), kind: "text" },
        { id: "from", label: words("stockOuts.from"), kind: "time" },
        { id: "to", label: words("stockOuts.to"), kind: "time" },
        { id: "lasted", label: words("stockOuts.lasted"), kind: "duration" },
        { id: "pool", label: words("stockOuts.pool"), kind: "count", help: words("stockOuts.poolHelp") },
        { id: "before", label: words("stockOuts.before"), kind: "count", help: words("stockOuts.beforeHelp") },
        { id: "lost", label: words("stockOuts.lost"), kind: "text" },
      ],
      rows: lines.map((line, index) => ({
        id: `${line.skuId}:${line.from}:${index}`,
        at: line.from,
        cells: [
          number(line.linkNo),
          text(line.name),
          text(list(line.skus)),
          number(line.from),
          number(line.to, words("stockOuts.toEnd")),
          number(line.lastedMs),
          line.pool > 0 ? { value: line.pool, tone: "wait" as const } : number(line.pool),
          number(line.unitsBefore),
          { value: null, why: words("stockOuts.lostWhy") },
        ],
      })),
    },
  ];
}
