import { couponLines, lotteryLines } from "../../shapes/promotions.shape.ts";
import { hourLines, shiftLines } from "../../shapes/hours.shape.ts";
import { sourceLines, type SourceLine } from "../../shapes/traffic.shape.ts";
import { clockTime } from "../../../format/time.ts";
import { number, text, type Block, type Column } from "../report-table.ts";
import type { SectionContext } from "../section-context.ts";

export function promotionBlocks(context: SectionContext): readonly Block[] {
  return [couponsBlock(context), lotteriesBlock(context)];
}

function couponsBlock({ slices, history, words, discount, why }: SectionContext): Block {
  return {
    id: "coupons",
    title: words("coupons.title"),
    note: words("coupons.note"),
    empty: words("coupons.empty"),
    columns: [
      { id: "title", label: words("coupons.name"), kind: "text", wide: true },
      { id: "carrier", label: words("coupons.carrier"), kind: "text" },
      { id: "discount", label: words("coupons.discount"), kind: "text" },
      { id: "pushedAt", label: words("coupons.pushedAt"), kind: "time" },
      { id: "pushes", label: words("coupons.pushes"), kind: "count" },
      { id: "total", label: words("coupons.total"), kind: "count" },
      { id: "claimed", label: words("coupons.claimed"), kind: "count" },
      { id: "used", label: words("coupons.used"), kind: "count" },
      { id: "usedShare", label: words("coupons.usedShare"), kind: "share" },
      { id: "orders", label: words("orders"), kind: "count" },
      { id: "paid", label: words("coupons.paid"), kind: "fen" },
      { id: "source", label: words("coupons.source"), kind: "text" },
    ],
    rows: couponLines(slices, history?.coupons ?? null).map((line) => {
      const silent = line.carrier === "shop" ? words("coupons.shopSilent") : undefined;
      const unpaid = line.carrier === "shop" ? words("coupons.shopPaid") : why("noOrders");
      const source =
        line.source === null
          ? { value: null, why: words("coupons.shopSilent") }
          : text(
              line.source === "own"
                ? words("coupons.ownSource")
                : words("coupons.shopSource", { time: clockTime(line.source.at) }),
            );
      return {
        id: line.couponId,
        at: line.pushedAt,
        cells: [
          text(line.title),
          text(words(`coupons.by.${line.carrier}`)),
          text(discount(line.discount)),
          number(line.pushedAt),
          number(line.pushes),
          number(line.total),
          number(line.claimed, silent),
          number(line.used, silent),
          number(line.usedShare, silent),
          number(line.orders, unpaid),
          number(line.paidFen, unpaid),
          source,
        ],
      };
    }),
  };
}

function lotteriesBlock({ slices, words }: SectionContext): Block {
  return {
    id: "lotteries",
    title: words("lotteries.title"),
    empty: words("lotteries.empty"),
    columns: [
      { id: "title", label: words("lotteries.name"), kind: "text", wide: true },
      { id: "carrier", label: words("lotteries.carrier"), kind: "text" },
      { id: "openedAt", label: words("lotteries.openedAt"), kind: "time" },
      { id: "closesAt", label: words("lotteries.closesAt"), kind: "time" },
      { id: "entries", label: words("lotteries.entries"), kind: "count" },
      { id: "planned", label: words("lotteries.planned"), kind: "count" },
      { id: "winners", label: words("lotteries.winners"), kind: "count" },
      { id: "prizes", label: words("lotteries.prizes"), kind: "fen" },
      { id: "state", label: words("lotteries.state"), kind: "text" },
    ],
    rows: lotteryLines(slices).map((line) => ({
      id: line.lotteryId,
      at: line.openedAt,
      cells: [
        text(line.title),
        text(words(`lotteries.by.${line.carrier}`)),
        number(line.openedAt),
        number(line.closesAt),
        number(line.entries, words("lotteries.entriesUnknown")),
        number(line.winnersPlanned),
        number(line.winners),
        number(line.prizeFen),
        text(words(`lotteries.states.${line.state}`)),
      ],
    })),
  };
}

export function trafficBlocks({ slices, words, why }: SectionContext): readonly Block[] {
  const lines = sourceLines(slices);
  const columns = (label: string): Column[] => [
    { id: "name", label, kind: "text", wide: true },
    { id: "paid", label: words("traffic.paid"), kind: "fen" },
    { id: "share", label: words("traffic.share"), kind: "share" },
    { id: "orders", label: words("orders"), kind: "count" },
    { id: "buyers", label: words("traffic.buyers"), kind: "count" },
    { id: "units", label: words("units"), kind: "count" },
    { id: "refunded", label: words("traffic.refunded"), kind: "fen" },
  ];
  const row = (line: SourceLine<string>, name: string, tone: "private" | "public" | "plain") => ({
    id: line.id,
    cells: [
      text(name, tone === "plain" ? {} : { tone }),
      number(line.paidFen),
      number(line.share),
      number(line.orders),
      number(line.buyers),
      number(line.units),
      number(line.refundedFen),
    ],
  });
  return [
    {
      id: "traffic",
      title: words("traffic.title"),
      note: words("traffic.note"),
      empty: why("noOrders"),
      columns: columns(words("traffic.name")),
      rows:
        lines?.traffic.map((line) =>
          row(line, words(`traffic.of.${line.id}`), line.id === "unknown" ? "plain" : line.id),
        ) ?? [],
    },
    {
      id: "entries",
      title: words("entries.title"),
      empty: why("noOrders"),
      columns: columns(words("entries.name")),
      rows: lines?.entries.map((line) => row(line, words(`entries.of.${line.id}`), "plain")) ?? [],
    },
  ];
}

export function hourBlocks({ slices, words, list, who, why, startedAt, until }: SectionContext): readonly Block[] {
  const noOrders = why("noOrders");
  const people = (ids: readonly string[]) => text(ids.length === 0 ? null : list(ids.map((id) => who(`staff:${id}`))));
  return [
    {
      id: "shifts",
      title: words("shifts.title"),
      empty: words("shifts.empty"),
      columns: [
        { id: "from", label: words("from"), kind: "time" },
        { id: "to", label: words("to"), kind: "time" },
        { id: "hosts", label: words("shifts.hosts"), kind: "text", wide: true },
        { id: "operators", label: words("shifts.operators"), kind: "text" },
        { id: "paid", label: words("traffic.paid"), kind: "fen" },
        { id: "perHour", label: words("shifts.perHour"), kind: "fen" },
        { id: "orders", label: words("orders"), kind: "count" },
        { id: "buyers", label: words("traffic.buyers"), kind: "count" },
        { id: "refunded", label: words("traffic.refunded"), kind: "fen" },
      ],
      rows: shiftLines(slices).map((line) => ({
        id: line.shiftId,
        at: line.from,
        cells: [
          number(line.from),
          number(line.to),
          people(line.hosts),
          people(line.operators),
          number(line.paidFen, noOrders),
          number(line.perHourFen, noOrders),
          number(line.orders, noOrders),
          number(line.buyers, noOrders),
          number(line.refundedFen, noOrders),
        ],
      })),
    },
    {
      id: "hours",
      title: words("hours.title"),
      note: words("hours.note"),
      empty: words("hours.empty"),
      columns: [
        { id: "from", label: words("hours.hour"), kind: "hour", wide: true },
        { id: "paid", label: words("traffic.paid"), kind: "fen" },
        { id: "orders", label: words("orders"), kind: "count" },
        { id: "refunded", label: words("traffic.refunded"), kind: "fen" },
        { id: "online", label: words("hours.online"), kind: "count" },
        { id: "comments", label: words("hours.comments"), kind: "count" },
        { id: "clicks", label: words("hours.clicks"), kind: "count" },
      ],
      rows: hourLines(slices, { from: startedAt, to: until }).map((line) => ({
        id: String(line.from),
        at: Math.max(line.from, startedAt),
        cells: [
          number(line.from),
          number(line.paidFen, noOrders),
          number(line.orders, noOrders),
          number(line.refundedFen, noOrders),
          number(line.online, words("hours.notCounted")),
          number(line.comments, words("hours.notCounted")),
          number(line.clicks, words("hours.notCounted")),
        ],
      })),
    },
  ];
}
