import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { apportion } from "./apportion.ts";
import { mappingOf, rememberColumns } from "./columns.ts";
import { detectDelimiter, parseDelimited } from "./delimited.ts";
import { findHeader, rowsFromPaste } from "./table.ts";

const SPECS = [
  { field: "no", names: ["链接号", "序号"] },
  { field: "name", names: ["商品名称", "品名"] },
  { field: "usual", names: ["日常价", "原价"] },
  { field: "live", names: ["直播价"] },
  { field: "points", names: ["卖点"], many: true },
] as const;

const clipboard = (rows: readonly (readonly string[])[]): string =>
  rows
    .map((row) => row.map((cell) => (/[\t\n\r"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join("\t"))
    .join("\r\n");

describe("paste", () => {
  it("gives back every cell that a spreadsheet put on the clipboard", () => {
    const cell = fc.string({
      unit: fc.constantFrom("a", "9", "链", '"', "\n", "\t", ",", " ", "=", "¥"),
      maxLength: 8,
    });
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 6 }), (rows) => {
        expect(rowsFromPaste(clipboard(rows))).toEqual(rows);
      }),
    );
  });

  it("keeps a cell that merely begins with a quote", () => {
    expect(parseDelimited('"小号\t12\n5" 屏\t3', "\t")).toEqual([
      ['"小号', "12"],
      ['5" 屏', "3"],
    ]);
  });

  it("reads all three line endings, a missing last one, and an empty last cell", () => {
    expect(parseDelimited("a,b\r\nc,\rd,e\n", ",")).toEqual([
      ["a", "b"],
      ["c", ""],
      ["d", "e"],
    ]);
    expect(parseDelimited("a,", ",")).toEqual([["a", ""]]);
  });

  it('keeps ="…" whole, also with the delimiter inside', () => {
    expect(parseDelimited('="370512",="a,b",x', ",")).toEqual([['="370512"', '="a,b"', "x"]]);
  });

  it("never throws on any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        parseDelimited(text, detectDelimiter(text));
        findHeader(rowsFromPaste(text), SPECS, {});
      }),
    );
  });
});

describe("header", () => {
  it("is found below titles, with units, line breaks and marks in the names", () => {
    const rows = rowsFromPaste(
      '示例直播间 11.21 专场\t\t\t\n\t\t\t\n*链接号\t"商品\n名称"\t日常价（元）\t直播价/元\n1\t示例杯\t99\t59',
    );
    expect(findHeader(rows, SPECS, {})).toMatchObject({
      row: 2,
      mapping: { no: [0], name: [1], usual: [2], live: [3] },
    });
  });

  it("may stand in two lines", () => {
    const rows = rowsFromPaste("序号\t品名\t价格\t\n\t\t日常价\t直播价\n1\t示例杯\t99\t59");
    expect(findHeader(rows, SPECS, {})).toMatchObject({
      row: 1,
      mapping: { no: [0], name: [1], usual: [2], live: [3] },
    });
  });

  it("maps several columns of one field", () => {
    const found = findHeader(rowsFromPaste("品名\t卖点1\t卖点2\n示例杯\t轻\t稳"), SPECS, {});
    expect(found?.mapping).toEqual({ name: [0], points: [1, 2] });
  });

  it("follows what was mapped by hand before", () => {
    const rows = rowsFromPaste("咱家货\t专属\t原价\n示例杯\t59\t99");
    const first = findHeader(rows, SPECS, {});
    expect(first).toBeNull();
    const remembered = rememberColumns([
      { header: "咱家货", field: "name" },
      { header: "专 属", field: "live" },
      { header: "原价", field: null },
    ]);
    const again = findHeader(rows, SPECS, remembered);
    expect(again?.mapping).toEqual({ name: [0], live: [1] });
    expect(mappingOf(again?.columns ?? [])).toEqual(again?.mapping);
  });

  it("is not found in prose", () => {
    expect(findHeader(rowsFromPaste("今天的直播很好\n明天见"), SPECS, {})).toBeNull();
  });
});

it("apportions to the last fen and never below zero", () => {
  const weights = fc.array(fc.integer({ min: 0, max: 10_000_000_000 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000_000_000 }), weights, (total, parts) => {
      const shares = apportion(total, parts);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(total);
      expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
      expect(apportion(total, parts)).toEqual(shares);
    }),
  );
});
