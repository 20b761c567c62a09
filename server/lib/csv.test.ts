import fc from "fast-check";
import { expect, it } from "vitest";

import { cellText } from "#domain/sheet/cells.ts";
import { parseDelimited } from "#domain/sheet/delimited.ts";

import { csvFile, csvLine } from "./csv.ts";

it("opens as UTF-8 in Excel and ends its lines as Excel does", () => {
  expect([...csvFile(["订单号", "金额"], [["\n", 1]])].join("")).toBe('\ufeff订单号,金额\r\n"\'\n",1\r\n');
});

it.each([
  ["3705123456789012345", '"\t3705123456789012345"'],
  ["0123", '"\t0123"'],
  ["1-2", '"\t1-2"'],
  ["1E5", '"\t1E5"'],
  ["12.50", "12.50"],
  ["-12.50", "-12.50"],
  ["2026-11-21 20:03:11", "2026-11-21 20:03:11"],
  ["示例,杯", '"示例,杯"'],
  ['5" 屏', '"5"" 屏"'],
  ["=1+1", "'=1+1"],
  ["+86 138", "'+86 138"],
  ["-@x", "'-@x"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["＝1+1", "'＝1+1"],
  ["  =1+1", `"'  =1+1"`.replaceAll('"', "")],
  ["\t=1+1", '"\'\t=1+1"'],
])("writes %j as %s", (cell, written) => {
  expect(csvLine([cell])).toBe(`${written}\r\n`);
});

it("starts no cell with what a spreadsheet runs, and is read back by our own import", () => {
  const cell = fc.oneof(
    fc.string({ unit: fc.constantFrom("=", "+", "-", "@", "\t", "\r", "\n", '"', ",", "示", "1", "0", "E", " ") }),
    fc.stringMatching(/^\d{1,25}$/),
  );
  fc.assert(
    fc.property(fc.array(cell, { minLength: 2, maxLength: 5 }), (cells) => {
      const [row = []] = parseDelimited(csvLine(cells), ",");
      expect(row).toHaveLength(cells.length);
      for (const [index, found] of row.entries()) {
        expect(found).not.toMatch(/^[\s]*[=+@＝＋－＠]|^[\s]*-(?!\d{1,11}(?:\.\d{1,6})?$)/);
        expect(found).not.toMatch(/^\t(?![\d:/\-.eE]+$)/);
        const original = cells[index] ?? "";
        if (/^[\d示]/.test(original.trim())) expect(cellText(found)).toBe(original.trim());
      }
    }),
    { numRuns: 500 },
  );
});
