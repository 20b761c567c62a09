import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { OrderItem } from "../order-item.ts";
import { fenText } from "./amount.ts";
import { type Row } from "./cells.ts";
import { readOrderExport } from "./order-export.ts";
import { ORDER_FIELDS, statusFrom } from "./order-fields.ts";
import { findHeader } from "./table.ts";

const FILE_AT = Date.parse("2026-11-22T10:00:00+08:00");
const at = (text: string) => Date.parse(`${text.replace(" ", "T")}+08:00`);

function read(rows: readonly Row[]) {
  const header = findHeader(rows, ORDER_FIELDS, {});
  if (!header) throw new Error("no header");
  return readOrderExport(rows, { headerRow: header.row, mapping: header.mapping, fileAt: FILE_AT });
}

/** The head of the shop's own export, as of 2026. */
const SHOP = [
  "订单号",
  "订单下单时间",
  "订单发货时间",
  "订单确认收货时间",
  "订单完成结算时间",
  "订单状态",
  "发货方式",
  "收件人姓名",
  "收件人地址",
  "省",
  "市",
  "区",
  "收件人手机",
  "买家备注",
  "商家备注",
  "打标颜色",
  "商品总价",
  "订单实际支付金额",
  "订单实际收款金额",
  "订单运费",
  "商品优惠",
  "跨店优惠",
  "商品改价",
  "积分抵扣",
  "支付方式",
  "支付时间",
  "交易单号",
  "物流公司",
  "快递单号",
  "技术服务费",
  "技术服务费（将以人气卡形式返还）",
  "运费险预计投保费用",
  "带货方式",
  "带货账号类型",
  "带货账号昵称",
  "带货费用渠道",
  "带货费用类型",
  "带货费用",
  "带货佣金率",
  "企微企业ID",
  "企微工号",
  "礼物单号",
  "商品名称",
  "商品编码(平台)",
  "商品编码(自定义)",
  "SKU编码(自定义)",
  "商品属性",
  "商品价格(单件)",
  "商品实际价格(单件)",
  "商品实际价格(总共)",
  "是否预售",
  "商品数量",
  "商品平台券优惠",
  "商品平均运费",
  "商品发货",
  "商品售后",
  "商品已退款金额",
] as const;

const shopRow = (cells: Partial<Record<(typeof SHOP)[number], string>>): Row => SHOP.map((name) => cells[name] ?? "");

const PAID = {
  订单号: "\t3705123456789012345",
  订单下单时间: "2026-11-21 20:03:11",
  支付时间: "2026-11-21 20:03:40",
  订单状态: "待发货",
  收件人姓名: "示**",
  收件人手机: "138****0000",
  商品名称: "示例杯",
  "商品编码(平台)": "10000123456789",
  "SKU编码(自定义)": "CUP-W",
  商品属性: "白色",
  "商品价格(单件)": "99.00",
  商品数量: "2",
  "商品实际价格(总共)": "¥178.00",
  订单实际支付金额: "¥1,183.00",
  订单运费: "5.00",
} as const;

describe("the shop's own export", () => {
  const rows = [
    SHOP,
    shopRow(PAID),
    shopRow({
      ...PAID,
      商品名称: "示例锅",
      "商品编码(平台)": "10000123456790",
      "SKU编码(自定义)": "POT",
      商品属性: "24cm",
      "商品价格(单件)": "1,200.00",
      商品数量: "1",
      "商品实际价格(总共)": "1,000.00",
      商品售后: "退款完成",
      商品已退款金额: "1,000.00",
    }),
    shopRow({
      ...PAID,
      订单号: "3705123456789012346",
      支付时间: "",
      订单状态: "待付款",
      订单实际支付金额: "0",
      订单运费: "0",
    }),
    shopRow({
      ...PAID,
      订单号: "3705123456789012347",
      订单状态: "已取消",
      订单实际支付金额: "178.00",
      订单运费: "0",
      商品售后: "退款成功",
      商品已退款金额: "178.00",
      企微工号: "E-01",
    }),
  ];

  it("is recognised column by column", () => {
    expect(
      findHeader(rows, ORDER_FIELDS, {})
        ?.columns.filter((column) => column.field !== null)
        .map((column) => `${column.header}=${column.field}`),
    ).toEqual([
      "订单号=orderId",
      "订单下单时间=placedAt",
      "订单发货时间=updatedAt",
      "订单确认收货时间=updatedAt",
      "订单完成结算时间=updatedAt",
      "订单状态=status",
      "收件人姓名=buyerName",
      "收件人手机=buyerPhone",
      "订单实际支付金额=orderPaid",
      "订单运费=freight",
      "商品优惠=discount",
      "跨店优惠=discount",
      "商品改价=discount",
      "积分抵扣=discount",
      "支付时间=paidAt",
      "企微工号=staff",
      "商品名称=productName",
      "商品编码(平台)=productId",
      "SKU编码(自定义)=skuCode",
      "商品属性=skuName",
      "商品价格(单件)=unitPrice",
      "商品实际价格(总共)=linePaid",
      "商品数量=units",
      "商品平台券优惠=discount",
      "商品售后=afterSale",
      "商品已退款金额=lineRefund",
    ]);
  });

  it("gives orders with lines, refunds and freight, and the file's own totals", () => {
    const file = read(rows);
    expect(file.errors).toEqual([]);
    expect(file.orders[0]).toEqual({
      orderId: "3705123456789012345",
      sourceUpdatedAt: at("2026-11-21 20:03:40"),
      buyer: { key: "recipient:示**|138****0000" },
      placedAt: at("2026-11-21 20:03:11"),
      paidAt: at("2026-11-21 20:03:40"),
      status: "paid",
      lines: [
        {
          lineId: "3705123456789012345#CUP-W",
          skuId: "CUP-W",
          productId: "10000123456789",
          productName: "示例杯",
          skuName: "白色",
          units: 2,
          paidFen: 17_800,
          discountFen: 2_000,
        },
        {
          lineId: "3705123456789012345#POT",
          skuId: "POT",
          productId: "10000123456790",
          productName: "示例锅",
          skuName: "24cm",
          units: 1,
          paidFen: 100_000,
          discountFen: 20_000,
        },
      ],
      freightFen: 500,
      refunds: [
        {
          refundId: "3705123456789012345#POT#refund",
          at: at("2026-11-21 20:03:40"),
          fen: 100_000,
          lineId: "3705123456789012345#POT",
        },
      ],
    });
    expect(file.orders[1]).toMatchObject({ status: "placed", lines: [{ paidFen: 17_800 }], refunds: [] });
    expect(file.orders[2]).toMatchObject({
      status: "cancelled",
      paidAt: at("2026-11-21 20:03:40"),
      traffic: "private",
      entry: "staffForward",
    });
    expect(file.orders[2]?.refunds).toEqual([
      {
        refundId: "3705123456789012347#refund",
        at: at("2026-11-21 20:03:40"),
        fen: 17_800,
        lineId: "3705123456789012347#CUP-W",
      },
    ]);
    expect(file.importedTotals).toEqual({
      orders: 3,
      paidOrders: 2,
      paidUnits: 5,
      paidFen: 136_100,
      refundedFen: 117_800,
    });
    expect(file.fileTotals).toEqual(file.importedTotals);
  });

  it("says the same however its rows are ordered", () => {
    const byId = (file: ReturnType<typeof read>) =>
      file.orders
        .toSorted((a, b) => (a.orderId < b.orderId ? -1 : 1))
        .map((order) => ({ ...order, lines: new Set(order.lines) }));
    const [header, ...data] = rows;
    expect(byId(read([header ?? [], ...data.toReversed()]))).toEqual(byId(read(rows)));
  });
});

const HEADER = [
  "订单编号",
  "商品名称",
  "规格",
  "商品数量",
  "商品单价",
  "实付金额",
  "运费",
  "订单状态",
  "付款时间",
  "退款金额",
];

describe("other exports", () => {
  it("merged order cells, and the order's amount spread over its lines to the fen", () => {
    const file = read([
      HEADER,
      ["A1", "示例杯", "白", "1", "33.33", "100.00", "0", "已付款", "2026/11/21 20:03", ""],
      ["", "示例杯", "黑", "1", "33.33", "", "", "", "", ""],
      ["", "示例锅", "", "1", "33.33", "", "", "", "", ""],
    ]);
    expect(file.orders[0]?.lines.map((line) => line.paidFen)).toEqual([3_334, 3_333, 3_333]);
    expect(file.fileTotals).toMatchObject({ orders: 1, paidFen: 10_000 });
  });

  it("tells an amount repeated for the order from equal amounts of lines", () => {
    const repeated = read([
      HEADER,
      ["A1", "示例杯", "白", "1", "59", "118", "0", "已付款", "2026/11/21 20:03", ""],
      ["A1", "示例杯", "黑", "1", "59", "118", "0", "已付款", "2026/11/21 20:03", ""],
    ]);
    expect(repeated).toMatchObject({ scopes: { orderPaid: "order" }, importedTotals: { paidFen: 11_800 } });
    const ofLines = read([
      HEADER,
      ["A1", "示例杯", "白", "1", "59", "59", "0", "已付款", "2026/11/21 20:03", ""],
      ["A1", "示例杯", "黑", "1", "59", "59", "0", "已付款", "2026/11/21 20:03", ""],
    ]);
    expect(ofLines).toMatchObject({ scopes: { orderPaid: "line" }, importedTotals: { paidFen: 11_800 } });
  });

  it("leaves out an order with a bad cell whole, and names the cell", () => {
    const file = read([
      HEADER,
      ["A1", "示例杯", "白", "1", "59", "59", "0", "已付款", "2026/11/21 20:03", ""],
      ["A2", "示例杯", "白", "一", "59", "五十", "0", "已付款", "昨天", ""],
      ["3.70512E+18", "示例杯", "白", "1", "59", "59", "0", "已付款", "2026/11/21 20:03", ""],
    ]);
    expect(file.orders.map((order) => order.orderId)).toEqual(["A1"]);
    expect(file.errors).toEqual([
      { row: 2, col: 3, code: "count.unreadable", value: "一" },
      { row: 2, col: 5, code: "amount.unreadable", value: "五十" },
      { row: 2, col: 5, code: "paid.missing", value: "五十" },
      { row: 2, col: 8, code: "time.unreadable", value: "昨天" },
      { row: 3, col: 0, code: "id.mangled", value: "3.70512E+18" },
    ]);
  });

  it("refuses a file whose order ids were rounded", () => {
    const rows = ["3705123456789010000", "3705123456789020000"].map((id) => [
      id,
      "示例杯",
      "",
      "1",
      "59",
      "59",
      "0",
      "已付款",
      "2026/11/21 20:03",
      "",
    ]);
    const file = read([HEADER, ...rows]);
    expect(file.orders).toEqual([]);
    expect(file.errors.map((error) => error.code)).toEqual(["id.mangled", "id.mangled"]);
  });

  it("keeps an order whose product id was rounded, without the id", () => {
    const file = read([
      ["订单号", "商品ID", "商品数量", "实付金额", "订单状态"],
      ["A1", { number: "1.0000123456789012E17" }, { number: "1" }, { number: "59" }, "已完成"],
    ]);
    expect(file.warnings.map((warning) => warning.code)).toEqual(["id.mangled"]);
    expect(file.orders[0]?.lines[0]).not.toHaveProperty("productId");
    expect(file.importedTotals.paidFen).toBe(5_900);
  });

  it("asks for the columns that it can't do without", () => {
    expect(
      read([
        ["订单号", "商品名称"],
        ["A1", "示例杯"],
      ]).errors.map((error) => error.value),
    ).toEqual(["paidAt", "orderPaid"]);
  });

  it("falls back to the file's time where rows hold none", () => {
    const file = read([
      ["订单号", "实付金额", "订单状态"],
      ["A1", "59", "已完成"],
    ]);
    expect(file.orders[0]).toMatchObject({
      sourceUpdatedAt: FILE_AT,
      status: "paid",
      lines: [{ lineId: expect.any(String), units: 1, paidFen: 5_900 }],
    });
  });

  it("counts a cancelled order as paid when money went back and no column tells when it came", () => {
    const file = read([
      ["订单号", "实付金额", "订单状态", "退款金额"],
      ["A1", "59", "已取消", "59"],
      ["A2", "59", "已取消", ""],
    ]);
    expect(file.orders.map((order) => order.status)).toEqual(["paid", "cancelled"]);
    expect(file.fileTotals).toEqual(file.importedTotals);
    expect(file.importedTotals).toMatchObject({ paidFen: 5_900, refundedFen: 5_900 });
  });

  it("does not take a refund under way for money that went back", () => {
    const header = [...HEADER, "售后状态"];
    const row = (state: string) => [
      "A1",
      "示例杯",
      "白",
      "1",
      "59",
      "59",
      "0",
      "已付款",
      "2026/11/21 20:03",
      "59",
      state,
    ];
    expect(read([header, row("退款处理中")]).orders[0]?.refunds).toEqual([]);
    expect(read([header, row("退款成功")]).orders[0]?.refunds).toHaveLength(1);
  });
});

it.each([
  ["待付款", "placed"],
  ["待发货", "paid"],
  ["部分发货", "paid"],
  ["已发货", "paid"],
  ["已完成", "paid"],
  ["交易成功", "paid"],
  ["已取消", "cancelled"],
  ["已关闭", "cancelled"],
  ["超时未支付", "cancelled"],
  ["神秘", null],
])("knows the state %s", (word, status) => {
  expect(statusFrom(word)).toBe(status);
});

describe("totals", () => {
  const line = fc.record({
    units: fc.integer({ min: 1, max: 20 }),
    unit: fc.integer({ min: 0, max: 500_000 }),
    off: fc.integer({ min: 0, max: 100 }),
    refund: fc.boolean(),
  });
  const order = fc.record({
    lines: fc.array(line, { minLength: 1, maxLength: 4 }),
    freight: fc.constantFrom(0, 0, 600),
    state: fc.constantFrom("待付款", "待发货", "已完成", "已取消"),
    paidBefore: fc.boolean(),
  });
  const money = (fen: number) => `¥${fenText(fen).replace(/\B(?=(\d{3})+\.)/g, ",")}`;

  it("of what was imported are the file's own to the fen, and its orders add up", () => {
    fc.assert(
      fc.property(fc.array(order, { minLength: 1, maxLength: 12 }), (orders) => {
        let expected = 0;
        const rows = orders.flatMap((one, index) => {
          const actual = one.lines.map((l) => Math.max(0, l.units * l.unit - l.off));
          const total = actual.reduce((sum, fen) => sum + fen, one.freight);
          const paid = one.state === "待发货" || one.state === "已完成" || (one.state === "已取消" && one.paidBefore);
          if (paid) expected += total;
          return one.lines.map((l, n) =>
            shopRow({
              订单号: `37051234567890${12_345 + index}`,
              支付时间: paid ? "2026-11-21 20:03:40" : "",
              订单状态: one.state,
              商品名称: `示例${n}`,
              "商品价格(单件)": money(l.unit),
              商品数量: String(l.units),
              "商品实际价格(总共)": money(actual[n] ?? 0),
              订单实际支付金额: money(total),
              订单运费: money(one.freight),
              商品已退款金额: paid && l.refund ? money(actual[n] ?? 0) : "",
            }),
          );
        });
        const file = read([SHOP, ...rows]);
        expect(file.errors).toEqual([]);
        expect(file.importedTotals).toEqual(file.fileTotals);
        expect(file.importedTotals.paidFen).toBe(expected);
        for (const one of file.orders) for (const l of one.lines) expect(l.discountFen).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 30 },
    );
  });

  it("hold for any table whatever: nothing throws, sums agree where no row was refused", () => {
    const cell = fc.oneof(
      fc.constantFrom("", "A1", "A2", "59", "1", "0", "已付款", "已取消", "2026/11/21 20:03", "-", "-3"),
      fc.string({ maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(fc.array(cell, { maxLength: 10 }), { maxLength: 6 }), (rows) => {
        const file = read([HEADER, ...rows]);
        if (file.errors.length === 0) expect(file.importedTotals).toEqual(file.fileTotals);
        for (const one of file.orders) expect(OrderItem.safeParse(one).error).toBeUndefined();
      }),
      { numRuns: 150 },
    );
  });
});
