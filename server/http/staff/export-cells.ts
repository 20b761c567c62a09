import { z } from "zod";
import type { OrderRow } from "#db/queries/orders-of-show.ts";
import type { CsvCell } from "../../lib/csv.ts";

/** Cells as the trade reads them: yuan, local time, words. */

export const yuan = (fen: number): string => (fen / 100).toFixed(2);

/** `2026-11-11 20:00:00` on the room's clock. */
export function localTime(timeZone: string): (at: number | null) => string {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
  return (at) => (at === null ? "" : format.format(at));
}

const statusWords: Readonly<Record<string, string>> = { placed: "待付款", paid: "已付款", cancelled: "已取消" };
const trafficWords: Readonly<Record<string, string>> = { private: "私域", public: "公域" };
const entryWords: Readonly<Record<string, string>> = {
  room: "直播间",
  groupLink: "群发链接",
  staffForward: "员工转发",
  productCard: "商品卡",
  video: "短视频",
  other: "其他",
};
const buyerWords: Readonly<Record<string, string>> = { new: "新客", returning: "老客" };

export const Lines = z.array(
  z.object({
    lineId: z.string(),
    productId: z.string().nullable(),
    skuId: z.string().nullable(),
    units: z.number(),
    paidFen: z.number(),
    discountFen: z.number().default(0),
  }),
);

export const orderHeader =
  "订单号 状态 下单时间 付款时间 取消时间 件数 商品实付(元) 优惠(元) 运费(元) 已退(元) 计入退款(元) 流量 入口 新老客 买家 商品明细 自有券码".split(
    " ",
  );

export function orderCells(order: OrderRow, time: (at: number | null) => string): CsvCell[] {
  const lines = Lines.parse(order.lines).map(({ productId, skuId, units }) => `${skuId ?? productId ?? "?"}×${units}`);
  return [
    order.orderId,
    statusWords[order.status] ?? order.status,
    time(order.placedAt),
    time(order.paidAt),
    time(order.cancelledAt),
    order.units,
    yuan(order.paidFen),
    yuan(order.discountFen),
    yuan(order.freightFen),
    yuan(order.refundedFen),
    // What the figures count: never more than was paid.
    yuan(order.countedRefundFen),
    trafficWords[order.traffic] ?? "未知",
    entryWords[order.entry] ?? "未知",
    buyerWords[order.buyer] ?? "未知",
    order.personId,
    lines.join(";"),
    order.couponCodes.join(";"),
  ];
}
