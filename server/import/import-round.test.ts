import { expect, it } from "vitest";

import { type Row } from "#domain/sheet/cells.ts";
import { readOrderExport } from "#domain/sheet/order-export.ts";
import { ORDER_FIELDS } from "#domain/sheet/order-fields.ts";
import { PRODUCT_FIELDS, ROLE_NAMES } from "#domain/sheet/product-fields.ts";
import { readProductSheet } from "#domain/sheet/product-sheet.ts";
import { findHeader } from "#domain/sheet/table.ts";
import { csvFile } from "#server/lib/csv.ts";
import { encodeGbk } from "#tests/support/gbk.ts";
import { workbook } from "#tests/support/workbook.ts";

import { decodeBytes } from "./decode-bytes.ts";

function rowsOf(bytes: Uint8Array): readonly Row[] {
  const file = decodeBytes(bytes, "x");
  if (!file.ok) throw new Error(file.code);
  return file.sheets[0]?.rows ?? [];
}

function orders(bytes: Uint8Array) {
  const rows = rowsOf(bytes);
  const header = findHeader(rows, ORDER_FIELDS, {});
  if (!header) throw new Error("no header");
  return readOrderExport(rows, { headerRow: header.row, mapping: header.mapping, fileAt: 0 });
}

const HEADER = [
  "订单号",
  "订单下单时间",
  "支付时间",
  "订单状态",
  "商品名称",
  "商品编码(平台)",
  "商品数量",
  "订单实际支付金额",
];
const LINE = [
  "3705123456789012345",
  "2026-11-21 20:03:11",
  "2026-11-21 20:03:40",
  "待发货",
  "示例杯",
  "10000123456789",
  "2",
  "1299.50",
];

it("one export gives the same orders as GBK, as UTF-8, as a workbook, and written out by us", () => {
  const serial = (text: string) => ({
    serial: Date.parse(`${text.replace(" ", "T")}Z`) / 86_400_000 + 25_569,
    format: "yyyy-mm-dd hh:mm:ss",
  });
  const [id = "", placed = "", paid = "", state = "", name = "", product = "", units = ""] = LINE;
  const files = [
    encodeGbk(`${HEADER.join(",")}\n="${id}",${placed},${paid},${state},${name},\t${product},${units},"￥1,299.50"\n`),
    new TextEncoder().encode(`\ufeff${HEADER.join("\t")}\r\n'${LINE.join("\t")}\r\n`),
    workbook({
      订单: [
        ["示例小店订单"],
        HEADER,
        [id, serial(placed), serial(paid), state, name, { digits: product }, { digits: units }, { digits: "1299.5" }],
      ],
    }),
    new TextEncoder().encode([...csvFile(HEADER, [LINE])].join("")),
  ].map(orders);
  for (const file of files) {
    expect(file.errors).toEqual([]);
    expect(file.orders).toEqual(files[0]?.orders);
    expect(file.importedTotals).toEqual({ orders: 1, paidOrders: 1, paidUnits: 2, paidFen: 129_950, refundedFen: 0 });
  }
});

it("an order id that a workbook rounded is refused, never guessed", () => {
  const file = orders(workbook({ 订单: [HEADER, [{ digits: "3.7051234567890122E18" }, ...LINE.slice(1)]] }));
  expect(file.orders).toEqual([]);
  expect(file.errors).toMatchObject([{ row: 1, col: 0, code: "id.mangled" }]);
});

it("a 排品表 kept as a workbook reads like its paste", () => {
  const bytes = workbook({
    排品: [
      ["示例直播间 11.21"],
      [null, null, null, "价格", null, null],
      ["链接号", "商品名称", "规格", "日常价", "直播价", "讲解时长"],
      [
        { digits: "1" },
        "示例杯",
        "白",
        { digits: "99" },
        { formula: "D4*0.6", result: "59.4" },
        { serial: 1 / 3, format: "h:mm" },
      ],
      [null, null, "黑", null, null, null],
    ],
  });
  const rows = rowsOf(bytes);
  const header = findHeader(rows, PRODUCT_FIELDS, {});
  const sheet = readProductSheet(rows, {
    headerRow: header?.row ?? 0,
    mapping: header?.mapping ?? {},
    roles: ROLE_NAMES,
  });
  expect(sheet.errors).toEqual([]);
  expect(sheet.products).toMatchObject([
    {
      linkNo: 1,
      name: "示例杯",
      explainMs: 480_000,
      skus: [
        { name: "白", liveFen: 5_940 },
        { name: "黑", liveFen: 5_940 },
      ],
    },
  ]);
});
