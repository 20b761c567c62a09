import { parseSignedFen } from "./amount.ts";
import { type Cell, cellText, foldedText } from "./cells.ts";
import { type FieldSpec } from "./columns.ts";

export type OrderField =
  | "orderId"
  | "lineId"
  | "status"
  | "placedAt"
  | "paidAt"
  | "cancelledAt"
  | "updatedAt"
  | "productId"
  | "productName"
  | "skuId"
  | "skuCode"
  | "skuName"
  | "units"
  | "unitPrice"
  | "lineTotal"
  | "linePaid"
  | "orderPaid"
  | "freight"
  | "discount"
  | "lineRefund"
  | "refund"
  | "refundId"
  | "refundAt"
  | "refundUnits"
  | "afterSale"
  | "buyerId"
  | "buyerPhone"
  | "buyerName"
  | "buyerKind"
  | "traffic"
  | "entry"
  | "staff"
  | "roomId";

const isAmount = (cell: Cell): boolean => parseSignedFen(cell).ok;
const isMoment = (cell: Cell): boolean => /\d{1,4}[-/年:.]\d|^\d{5}\.\d+$|^\d{10,13}$/.test(foldedText(cell));
const isWords = (cell: Cell): boolean => !/^[\d.,¥]+$/.test(cellText(cell));

/**
 * The columns of an order export of 微信小店 (视频号小店 before), old and new, and names that other exports give the
 * same things. "订单…" amounts belong to the order, "商品…" amounts to its line.
 */
export const ORDER_FIELDS: readonly FieldSpec<OrderField>[] = [
  {
    field: "orderId",
    names: ["订单号", "订单编号", "订单ID", "主订单编号", "主订单号", "父订单号", "order_id", "orderid"],
  },
  { field: "lineId", names: ["子订单号", "子订单编号", "子订单ID", "商品单号", "明细编号", "行号"] },
  { field: "status", names: ["订单状态", "交易状态", "订单状态描述"], weakNames: ["状态"] },
  {
    field: "placedAt",
    names: ["订单下单时间", "下单时间", "订单创建时间", "订单提交时间", "创建时间", "提交时间", "成交时间"],
    plausible: isMoment,
  },
  {
    field: "paidAt",
    names: ["支付时间", "付款时间", "订单支付时间", "订单付款时间", "支付完成时间", "买家付款时间"],
    plausible: isMoment,
  },
  {
    field: "cancelledAt",
    names: ["取消时间", "订单取消时间", "关闭时间", "订单关闭时间", "交易关闭时间"],
    plausible: isMoment,
  },
  {
    field: "updatedAt",
    names: [
      "更新时间",
      "订单更新时间",
      "最后更新时间",
      "订单发货时间",
      "发货时间",
      "订单确认收货时间",
      "确认收货时间",
      "订单完成结算时间",
      "订单完成时间",
      "完成时间",
    ],
    many: true,
    plausible: isMoment,
  },
  {
    field: "productId",
    names: [
      "商品编码(平台)",
      "商品ID",
      "商品编号",
      "平台商品ID",
      "平台商品编码",
      "SPU ID",
      "SPUID",
      "商品编码",
      "product_id",
    ],
  },
  {
    field: "productName",
    names: ["商品名称", "商品标题", "选购商品", "商品信息"],
    weakNames: ["商品"],
    plausible: isWords,
  },
  {
    field: "skuId",
    names: [
      "SKU编码(平台)",
      "SKU ID",
      "SKUID",
      "商品SKU ID",
      "规格ID",
      "SKU编号",
      "平台SKU编码",
      "平台SKUID",
      "sku_id",
    ],
  },
  {
    field: "skuCode",
    names: ["SKU编码(自定义)", "自定义SKU编码", "商家SKU编码", "规格编码", "SKU编码", "商家编码", "sku_code"],
  },
  { field: "skuName", names: ["商品属性", "商品规格", "规格", "SKU名称", "规格名称", "SKU", "SKU规格", "销售属性"] },
  { field: "units", names: ["商品数量", "数量", "购买数量", "商品件数", "件数", "商品数量(件)"] },
  {
    field: "unitPrice",
    names: ["商品价格(单件)", "商品价格", "商品单价", "单价", "商品售价", "商品原价", "销售单价"],
    plausible: isAmount,
  },
  { field: "lineTotal", names: ["商品小计", "商品金额", "商品应付金额", "小计"], plausible: isAmount },
  {
    field: "linePaid",
    names: [
      "商品实际价格(总共)",
      "商品实付金额",
      "商品实际支付金额",
      "商品实付",
      "商品实付总价",
      "子订单实付金额",
      "明细实付金额",
    ],
    plausible: isAmount,
  },
  {
    field: "orderPaid",
    names: [
      "订单实际支付金额",
      "订单实付金额",
      "实际支付金额",
      "买家实付金额",
      "买家实付",
      "用户实付金额",
      "实付金额",
      "实付款",
      "支付金额",
      "付款金额",
      "订单支付金额",
      "订单金额",
      "订单总金额",
      "订单总额",
      "订单应付金额",
      "应付金额",
    ],
    weakNames: ["实付"],
    plausible: isAmount,
  },
  { field: "freight", names: ["订单运费", "运费", "邮费", "快递费", "运费金额", "配送费"], plausible: isAmount },
  {
    field: "discount",
    names: [
      "商品优惠",
      "跨店优惠",
      "商品改价",
      "积分抵扣",
      "商品平台券优惠",
      "优惠金额",
      "优惠总额",
      "优惠总金额",
      "店铺优惠",
      "平台优惠",
      "订单优惠金额",
      "商家优惠",
      "优惠券金额",
    ],
    many: true,
    plausible: isAmount,
  },
  { field: "lineRefund", names: ["商品已退款金额", "商品退款金额", "子订单退款金额"], plausible: isAmount },
  {
    field: "refund",
    names: ["退款金额", "已退款金额", "订单退款金额", "退款总额", "退款总金额", "实际退款金额"],
    plausible: isAmount,
  },
  { field: "refundId", names: ["售后单号", "退款单号", "售后编号", "退款编号", "售后单编号"] },
  {
    field: "refundAt",
    names: ["退款时间", "退款完成时间", "退款成功时间", "售后完成时间", "售后申请时间"],
    plausible: isMoment,
  },
  { field: "refundUnits", names: ["退款数量", "退货数量", "售后数量", "退款件数"] },
  { field: "afterSale", names: ["商品售后", "售后状态", "退款状态", "售后/退款状态", "售后"], plausible: isWords },
  {
    field: "buyerId",
    names: ["买家OpenID", "OpenID", "UnionID", "买家ID", "用户ID", "买家unionid", "用户openid", "买家标识"],
  },
  {
    field: "buyerPhone",
    names: [
      "买家手机号",
      "收件人手机",
      "收件人手机号",
      "收货人手机",
      "收货人手机号",
      "手机号",
      "收货人电话",
      "联系电话",
      "收件人电话",
    ],
  },
  {
    field: "buyerName",
    names: ["买家昵称", "用户昵称", "收件人姓名", "收货人姓名"],
    weakNames: ["买家", "收货人", "收件人", "昵称"],
  },
  { field: "buyerKind", names: ["新老客", "新老买家", "客户类型", "买家类型", "是否新客", "新老客户", "用户类型"] },
  { field: "traffic", names: ["流量类型", "流量来源", "公私域", "流量渠道", "公域私域"], plausible: isWords },
  {
    field: "entry",
    names: ["下单场景", "下单入口", "来源渠道", "订单来源", "成交场景", "下单来源", "带货渠道", "带货场景"],
    weakNames: ["渠道", "入口", "来源"],
    plausible: isWords,
  },
  { field: "staff", names: ["企微工号", "导购工号", "企微员工"], weakNames: ["导购", "员工", "分享员"] },
  { field: "roomId", names: ["直播间ID", "直播ID", "场次ID", "直播场次ID", "live_id"], weakNames: ["场次", "直播间"] },
];

/** Every order needs its id; besides, the file must tell what was paid and whether. */
export const ORDER_NEEDS: readonly { readonly code: string; readonly anyOf: readonly OrderField[] }[] = [
  { code: "orderId", anyOf: ["orderId"] },
  { code: "paidAt", anyOf: ["status", "paidAt"] },
  { code: "orderPaid", anyOf: ["orderPaid", "linePaid", "lineTotal", "unitPrice"] },
];

export type OrderStatus = "placed" | "paid" | "cancelled";

/** What the export calls the state of an order, or null when it is a word that Kaibo does not know. */
export function statusFrom(text: string): OrderStatus | null {
  const word = text.normalize("NFKC").replace(/\s/g, "");
  if (/未取消|取消申请/.test(word)) return "paid";
  if (/取消|关闭|超时|作废|拒单/.test(word)) return "cancelled";
  if (/待付|待支付|未付|未支付|等待付款|等待买家付款|待买家付款|已下单/.test(word)) return "placed";
  if (
    /待发|待揽|备货|发货|收货|签收|完成|成功|已付|已支付|付款|支付|待成团|拼团|礼物|待使用|核销|待自提|退款|售后|评价|结算/.test(
      word,
    )
  )
    return "paid";
  return null;
}

/** Whether an after-sale word means that the money went back. */
export function refundHappened(text: string): boolean {
  const word = text.normalize("NFKC").replace(/\s/g, "");
  if (word === "") return true; // the amount alone says so
  return (
    !/取消|撤销|关闭|拒绝|处理中|待|审核|申请|失败|无售后|退款中|协商/.test(word) ||
    /退款成功|退款完成|已退款|退货退款完成/.test(word)
  );
}

export function trafficFrom(text: string): "private" | "public" | "unknown" {
  if (/私域|企微|企业微信|群|朋友圈|好友|公众号|导购/.test(text)) return "private";
  return /公域|推荐|广告|投流|付费|搜索|发现|同城|加热/.test(text) ? "public" : "unknown";
}

export type Entry = "room" | "groupLink" | "staffForward" | "productCard" | "video" | "other";

export function entryFrom(text: string): Entry {
  if (/员工|导购|客服|企微成员|分享员/.test(text)) return "staffForward";
  if (/群|企微|企业微信/.test(text)) return "groupLink";
  if (/直播/.test(text)) return "room";
  if (/短视频|视频(?!号)/.test(text)) return "video";
  return /商品|橱窗|店铺|小店|搜索|推荐|货架/.test(text) ? "productCard" : "other";
}
