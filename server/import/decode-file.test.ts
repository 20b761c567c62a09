import { strToU8 } from "fflate";
import { expect, it } from "vitest";

import { workbook } from "#tests/support/workbook.ts";

import { decodeFile } from "./decode-file.ts";

it("decodes in a thread and leaves the caller's bytes alone", async () => {
  const bytes = workbook({ 排品: [["品名", "直播价"], ["示例杯", { digits: "59" }]] });
  const before = bytes.slice();
  expect(await decodeFile(bytes, "排品.xlsx")).toMatchObject({ ok: true, kind: "xlsx", sheets: [{ name: "排品", rows: [["品名", "直播价"], ["示例杯", { number: "59" }]] }] });
  expect(bytes).toEqual(before);
  expect(await decodeFile(strToU8("%PDF-"), "x.csv")).toEqual({ ok: false, code: "import.notATable", detail: "pdf" });
});

it("does not hold up the event loop while a large file is read", async () => {
  const line = "3705123456789012345,示例杯,白色,1,59.00,59.00,0.00,已完成,2026-11-21 20:03:11,0.00\r\n";
  const bytes = strToU8(`订单号,商品名称,规格,数量,单价,实付金额,运费,订单状态,支付时间,退款金额\r\n${line.repeat(100_000)}`);
  let longest = 0;
  let last = performance.now();
  const ticker = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 5);
  const file = await decodeFile(bytes, "订单.csv");
  clearInterval(ticker);
  expect(file.ok && file.sheets[0]?.rows.length).toBe(100_001);
  // The rows arrive by structured clone in one go, which is all that this thread does. Generous for a busy machine.
  expect(longest).toBeLessThan(1_000);
}, 30_000);
