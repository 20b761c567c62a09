import { strToU8 } from "fflate";
import { expect, it } from "vitest";

import { promised } from "#tests/support/machine-pace.ts";
import { workbook } from "#tests/support/workbook.ts";

import { decodeFile, importLive, importOrders, importProducts } from "./import-file.ts";

const SHEET = workbook({
  说明: [["排品在第二页"]],
  排品: [
    ["品名", "我们的价"],
    ["示例杯", { digits: "59" }],
  ],
});

it("decodes in a thread and leaves the caller's bytes alone", async () => {
  const before = SHEET.slice();
  const file = await decodeFile({ bytes: SHEET, name: "排品.xlsx" });
  expect(file).toMatchObject({
    ok: true,
    kind: "xlsx",
    sheets: [
      { name: "说明" },
      {
        name: "排品",
        rows: [
          ["品名", "我们的价"],
          ["示例杯", { number: "59" }],
        ],
      },
    ],
  });
  expect(SHEET).toEqual(before);
  expect(await decodeFile({ bytes: strToU8("%PDF-"), name: "x.csv" })).toEqual({
    ok: false,
    code: "import.notATable",
    detail: "pdf",
  });
});

it("asks once for columns that it does not know, and remembers the answer", async () => {
  const file = { bytes: SHEET, name: "排品.xlsx" };
  const unknown = await importProducts(file, { remembered: {}, roles: [] });
  expect(unknown).toMatchObject({ ok: true, table: null, sheet: 0, file: { sheets: [{ rows: 1 }, { rows: 2 }] } });
  const chosen = await importProducts(file, {
    remembered: {},
    roles: [],
    sheet: 1,
    chosen: { headerRow: 0, fields: ["name", "livePrice"] },
  });
  expect(chosen).toMatchObject({
    ok: true,
    sheet: 1,
    rows: 2,
    table: { result: { errors: [], products: [{ linkNo: 1, name: "示例杯" }] } },
  });
  const remembered = chosen.ok && chosen.table ? chosen.table.remember : {};
  expect(remembered).toEqual({ 品名: "name", 我们的价: "livePrice" });
  expect(await importProducts(file, { remembered, roles: [] })).toMatchObject({
    ok: true,
    sheet: 1,
    table: { result: { products: [{ name: "示例杯" }] } },
  });
});

it("reads orders and live data from a file", async () => {
  const orders = await importOrders(
    { bytes: strToU8("订单号,实付金额,订单状态\nA1,59,已完成\n"), name: "订单.csv" },
    { remembered: {}, fileAt: 1 },
  );
  expect(orders).toMatchObject({
    ok: true,
    table: { result: { importedTotals: { paidFen: 5_900 }, fileTotals: { paidFen: 5_900 } } },
  });
  const live = await importLive(
    { bytes: strToU8("时间,在线人数\n20:00,9\n"), name: "直播.csv" },
    { remembered: {}, startedAt: Date.parse("2026-11-21T19:00:00+08:00") },
  );
  expect(live).toMatchObject({
    ok: true,
    table: { result: { samples: [{ at: Date.parse("2026-11-21T20:00:00+08:00"), online: 9 }] } },
  });
});

it("does not hold up the event loop while a large file is read", async () => {
  const line = (index: number) =>
    `3705123456789${123_457 + index},示例杯,白色,1,59.00,59.00,0.00,已完成,2026-11-21 20:03:11,0.00\r\n`;
  const body = Array.from({ length: 50_000 }, (_, index) => line(index)).join("");
  const bytes = strToU8(`订单号,商品名称,规格,数量,单价,实付金额,运费,订单状态,支付时间,退款金额\r\n${body}`);
  const limit = promised(1_000);
  let longest = 0;
  let last = performance.now();
  const ticker = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 5);
  const file = await importOrders({ bytes, name: "订单.csv" }, { remembered: {}, fileAt: 1 });
  clearInterval(ticker);
  expect(file).toMatchObject({
    ok: true,
    rows: 50_001,
    table: { result: { errors: [], importedTotals: { orders: 50_000, paidFen: 295_000_000 } } },
  });
  // The orders arrive by structured clone in one go, which is all that this thread does.
  expect(longest).toBeLessThan(limit.onThisMachine());
});
