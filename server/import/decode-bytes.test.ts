import { strToU8, unzipSync, zipSync } from "fflate";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { encodeGbk } from "#tests/support/gbk.ts";
import { workbook } from "#tests/support/workbook.ts";

import { decodeBytes } from "./decode-bytes.ts";
import { ZipArchive } from "./zip-archive.ts";

const CSV = '订单号,商品名称,实付金额\r\n\t3705123456789012345,示例杯,"￥1,299.00"\r\n';
const ROWS = [
  ["订单号", "商品名称", "实付金额"],
  ["\t3705123456789012345", "示例杯", "￥1,299.00"],
];
const rowsOf = (bytes: Uint8Array, name = "x") => {
  const file = decodeBytes(bytes, name);
  return file.ok ? file.sheets[0]?.rows : file.code;
};
const utf16 = (text: string, big: boolean): Buffer =>
  big ? Buffer.from(text, "utf16le").swap16() : Buffer.from(text, "utf16le");

describe("text in every encoding that Chinese tools write", () => {
  it.each([
    ["UTF-8", strToU8(CSV), "utf-8"],
    ["UTF-8 with a mark", strToU8(`\ufeff${CSV}`), "utf-8"],
    ["GBK", encodeGbk(CSV), "gb18030"],
    ["UTF-16 with a mark", utf16(`\ufeff${CSV}`, false), "utf-16le"],
    ["UTF-16 big endian with a mark", utf16(`\ufeff${CSV}`, true), "utf-16be"],
    ["UTF-16 without a mark", utf16(`id,name,amount,units,state\r\n${CSV}`, false), "utf-16le"],
  ])("%s", (_name, bytes, encoding) => {
    const file = decodeBytes(bytes, "订单.csv");
    expect(file).toMatchObject({ ok: true, kind: "csv", encoding, damaged: 0 });
    expect(file.ok && file.sheets[0]?.rows.slice(-2)).toEqual(ROWS);
  });

  it("goes by the bytes, not by the name", () => {
    expect(decodeBytes(strToU8(CSV), "export.xlsx")).toMatchObject({ kind: "csv" });
    expect(decodeBytes(workbook({ 一: [["a"]] }), "export.csv")).toMatchObject({ kind: "xlsx" });
  });

  it("keeps a file in which one nickname was cut in half", () => {
    const bytes = Buffer.concat([
      encodeGbk(`昵称,金额\r\n${"示例,1\r\n".repeat(500)}半`).subarray(0, -1),
      encodeGbk("\r\n示例,2"),
    ]);
    expect(decodeBytes(bytes, "x.csv")).toMatchObject({ ok: true, encoding: "gb18030" });
  });

  it("gives back any GBK text", () => {
    const word = fc.stringMatching(/^[示例杯锅直播间订单号元0-9a-z ]{1,12}$/).filter((text) => text.trim() !== "");
    fc.assert(
      fc.property(fc.array(fc.tuple(word, word, word), { minLength: 2, maxLength: 8 }), (rows) => {
        expect(
          rowsOf(encodeGbk(`订单号,商品名称,实付金额\r\n${rows.map((row) => row.join(",")).join("\r\n")}`))?.slice(1),
        ).toEqual(rows);
      }),
    );
  });
});

describe("workbooks", () => {
  it("keep the digits of numbers, show dates as local wall time and formulas by their result", () => {
    const bytes = workbook({
      订单: [
        ["订单号", "商品 & 规格", "下单时间", "时长", "库存", "日期", "核对"],
        [
          { digits: "3.7051234567890122E18" },
          "示例<杯>\n白",
          { serial: 46347.8355439815, format: "yyyy/m/d h:mm:ss" },
          { serial: 0.3333333333, format: "h:mm" },
          { digits: "99.90000000000001" },
          { serial: 46347, format: 'yyyy"年"m"月"d"日"' },
          { error: "#N/A" },
        ],
        [
          "3705123456789012345",
          { formula: "A1&B1", result: "拼好的" },
          { serial: 1.5, format: "[h]:mm:ss" },
          null,
          { serial: 12.5, format: "#,##0.00" },
          { serial: 0.5, format: "0.00E+00" },
        ],
      ],
    });
    expect(rowsOf(bytes)).toEqual([
      ["订单号", "商品 & 规格", "下单时间", "时长", "库存", "日期", "核对"],
      [
        { number: "3.7051234567890122E18" },
        "示例<杯>\n白",
        "2026-11-21T20:03:11",
        "08:00",
        { number: "99.90000000000001" },
        "2026-11-21",
        "#N/A",
      ],
      ["3705123456789012345", "拼好的", "36:00:00", "", { number: "12.5" }, { number: "0.5" }],
    ]);
  });

  it("give every sheet by its name", () => {
    const file = decodeBytes(workbook({ 说明: [["看第二页"]], "排品 & 价格": [["品名"]] }), "x.xlsx");
    expect(file.ok && file.sheets.map((sheet) => sheet.name)).toEqual(["说明", "排品 & 价格"]);
  });

  it("read other writers: prefixes, inline strings, rich text, backslashes, rows without addresses", () => {
    const bytes = zipSync({
      "xl\\workbook.xml": strToU8(
        '<x:workbook><x:sheets><x:sheet name="一" sheetId="1" r:id="r1" /></x:sheets></x:workbook>',
      ),
      "xl\\_rels\\workbook.xml.rels": strToU8(
        '<Relationships><Relationship Id="r1" Type="a/worksheet" Target="/xl/worksheets/sheet1.xml"/></Relationships>',
      ),
      "xl\\worksheets\\sheet1.xml": strToU8(
        '<x:worksheet><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:r><x:t>示</x:t></x:r><x:r><x:t>例</x:t></x:r><x:rPh><x:t>shì</x:t></x:rPh></x:is></x:c><x:c><x:v>1</x:v></x:c></x:row><x:row r="3"><x:c r="B3"><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>',
      ),
    });
    expect(rowsOf(bytes)).toEqual([["示例", { number: "1" }], [], ["", { number: "2" }]]);
  });

  it("give back any cells", () => {
    const cell = fc.oneof(
      fc.string({ unit: fc.constantFrom("示", "a", "&", "<", '"', "9", " "), maxLength: 6 }),
      fc.constant(null),
    );
    fc.assert(
      fc.property(fc.array(fc.array(cell, { maxLength: 30 }), { minLength: 1, maxLength: 5 }), (rows) => {
        const found = rowsOf(workbook({ 一: [["头"], ...rows] }));
        const lastOf = (list: readonly unknown[]): number =>
          list.findLastIndex((one) => one !== null && one !== "" && !(Array.isArray(one) && lastOf(one) < 0));
        const trimmed = (list: readonly unknown[]): unknown[] =>
          list.slice(0, lastOf(list) + 1).map((one) => (Array.isArray(one) ? trimmed(one) : (one ?? "")));
        expect(trimmed(typeof found === "string" || !found ? [] : found)).toEqual(trimmed([["头"], ...rows]));
      }),
      { numRuns: 60 },
    );
  });
});

describe("refusals have stable codes", () => {
  const ole = Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(512)]);
  it.each([
    ["nothing", new Uint8Array(), "import.empty"],
    ["blanks", strToU8("\r\n \r\n"), "import.empty"],
    ["an old .xls", ole, "import.oldExcel"],
    [
      "a workbook with a password",
      Buffer.concat([ole, Buffer.from("EncryptedPackage", "utf16le")]),
      "import.encrypted",
    ],
    ["an .xlsb", zipSync({ "xl/workbook.bin": new Uint8Array(4) }), "import.oldExcel"],
    ["a Word file", zipSync({ "word/document.xml": strToU8("<w/>") }), "import.notATable"],
    ["a page called .xls", strToU8("<html><table><tr><td>1</td></tr></table></html>"), "import.notATable"],
    ["a PDF", strToU8("%PDF-1.7"), "import.notATable"],
    ["a picture", Buffer.from("89504e470d0a1a0a00000000", "hex"), "import.notATable"],
    ["a program", Buffer.from(Array.from({ length: 4000 }, (_, index) => (index * 7) % 256)), "import.notATable"],
    ["a cut workbook", workbook({ 一: [["a"]] }).subarray(0, 300), "import.unreadable"],
    ["an empty workbook", workbook({ 一: [] }), "import.empty"],
    ["over 20 MB", Buffer.alloc(20 * 1024 * 1024 + 1, 65), "import.tooLarge"],
  ])("%s", (_name, bytes, code) => {
    expect(decodeBytes(bytes, "x")).toMatchObject({ ok: false, code });
  });

  it("a zip bomb is refused while it unpacks, whatever its directory says", () => {
    const bomb = Buffer.from(zipSync({ a: new Uint8Array(3 * 1024 * 1024), b: new Uint8Array(3 * 1024 * 1024) }));
    expect(bomb.length).toBeLessThan(16 * 1024);
    bomb.writeUInt32LE(10, bomb.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02])) + 24);
    const tooLarge = expect.objectContaining({ refusal: { code: "import.tooLarge", detail: "unpacked" } });
    expect(() => new ZipArchive(bomb, 1024 * 1024).text("a")).toThrow(tooLarge);
    const both = new ZipArchive(bomb, 4 * 1024 * 1024);
    expect(both.text("a")).toHaveLength(3 * 1024 * 1024);
    expect(() => both.text("b")).toThrow(tooLarge);
  });

  it("a cell far out costs nothing", () => {
    const parts = unzipSync(workbook({ 一: [["a"]] }));
    const far = (xml: string) =>
      zipSync({
        ...parts,
        "xl/worksheets/sheet1.xml": strToU8(`<worksheet><sheetData>${xml}</sheetData></worksheet>`),
      });
    expect(decodeBytes(far('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'), "x")).toMatchObject({
      code: "import.tooLarge",
      detail: "rows",
    });
    expect(decodeBytes(far('<row r="1"><c r="XFD1"><v>1</v></c></row>'), "x")).toMatchObject({
      code: "import.tooLarge",
      detail: "columns",
    });
    expect(decodeBytes(far('<row r="1048576"/><row r="2"><c r="A2"><v>1</v></c></row>'), "x")).toMatchObject({
      ok: true,
    });
  });
});

describe("any bytes", () => {
  it("give tables or a refusal, and throw nothing", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => {
        expect(decodeBytes(bytes, "x")).toHaveProperty("ok");
      }),
      { numRuns: 300 },
    );
  });

  it("also when they are a workbook with bytes changed, or parts of one", () => {
    const whole = workbook({
      一: [
        ["品名", "直播价"],
        ["示例杯", { digits: "59" }],
      ],
    });
    const parts = unzipSync(whole);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 }),
        fc.constantFrom(...Object.keys(parts)),
        fc.string({
          unit: fc.constantFrom("<", ">", "/", "c", "row", "v", '"', "=", "&#x", ";", "<!--", "<![CDATA["),
          maxLength: 40,
        }),
        (changes, part, junk) => {
          const damaged = Uint8Array.from(whole);
          for (const [at, byte] of changes) damaged[at] = byte;
          expect(decodeBytes(damaged, "x")).toHaveProperty("ok");
          expect(decodeBytes(zipSync({ ...parts, [part]: strToU8(junk) }), "x")).toHaveProperty("ok");
        },
      ),
      { numRuns: 300 },
    );
  });
});
