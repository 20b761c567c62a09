import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { SheetInput } from "../bag/sheet-plan.ts";
import { fenText } from "./amount.ts";
import { type Row } from "./cells.ts";
import { diffSheet } from "./product-diff.ts";
import { PRODUCT_FIELDS, ROLE_NAMES } from "./product-fields.ts";
import { readProductSheet, type SheetProduct } from "./product-sheet.ts";
import { findHeader, rowsFromPaste } from "./table.ts";

function read(source: string | readonly Row[]) {
  const rows = typeof source === "string" ? rowsFromPaste(source) : source;
  const header = findHeader(rows, PRODUCT_FIELDS, {});
  if (!header) throw new Error("no header");
  return readProductSheet(rows, { headerRow: header.row, mapping: header.mapping, roles: ROLE_NAMES });
}

const lines = (...rows: string[]): string => rows.map((row) => row.replaceAll("|", "\t")).join("\r\n");

describe("a 排品表 as the team keeps it", () => {
  it("is taken over with several SKUs a product, titles, sections and sums", () => {
    const sheet = read(
      lines(
        "示例直播间 排品表|||||||||||",
        '几号链接|定位|商品名称|商品ID|规格|SKU编码|日常价|直播价|底价|到手价|机制|库存|待放|"核心\n卖点"|讲解时长|目标销量|备注',
        "上半场||||||||||||||||",
        '1号|引流|示例杯|100200300|白色|900001|¥99.00|59.9|50|49.9|买一送一|1,000|500|"1. 轻\n2、不漏"|8分|1.2万|',
        "||||黑色|900002||||||200|0||||",
        "2号|爆品|示例锅|100200301|||299元|199||||3000||耐用；好洗|8:00||",
        "合计|||||||||||4200|||||",
      ),
    );
    expect(sheet.errors).toEqual([]);
    expect(sheet.sections).toEqual([{ row: 2, text: "上半场" }]);
    expect(sheet.products).toHaveLength(2);
    expect(sheet.products[0]).toMatchObject({
      linkNo: 1,
      platformId: "100200300",
      name: "示例杯",
      mechanism: "买一送一",
      netPriceFen: 4_990,
      role: "引流款",
      sellingPoints: ["轻", "不漏"],
      plannedUnits: 12_000,
      explainMs: 480_000,
    });
    expect(sheet.products[0]?.skus[0]).toEqual({
      platformId: "900001",
      name: "白色",
      usualFen: 9_900,
      liveFen: 5_990,
      floorFen: 5_000,
      sellable: 1000,
      pool: 500,
    });
    expect(sheet.products[1]).toMatchObject({
      linkNo: 2,
      role: "主推款",
      explainMs: 480_000,
      skus: [{ name: "默认", liveFen: 19_900, sellable: 3000, pool: 0 }],
    });
  });

  it("hands merged prices down to the SKUs below, and never the stock", () => {
    const sheet = read(lines("序号|品名|规格|直播价|库存", "1|示例衫|S|99|300", "||M||", "||L|109|50", "||XL||20"));
    expect(sheet.products[0]?.skus.map((sku) => [sku.name, sku.liveFen, sku.sellable])).toEqual([
      ["S", 9_900, 300],
      ["M", 9_900, 0],
      ["L", 10_900, 50],
      ["XL", 10_900, 20],
    ]);
    expect(sheet.warnings).toEqual([{ row: 2, col: 4, code: "stock.missing", value: "" }]);
  });

  it("numbers products itself only where the sheet has no numbers at all", () => {
    expect(read(lines("品名|直播价", "示例杯|9", "示例锅|19")).products.map((p) => p.linkNo)).toEqual([1, 2]);
    const partly = read(lines("链接号|品名|直播价", "1|示例杯|9", "|示例锅|19"));
    expect(partly.errors).toEqual([{ row: 2, col: 0, code: "linkNo.missing", value: "" }]);
    expect(partly.products).toHaveLength(1);
  });

  it("says which fields it tells, and which cells it could not keep by SKU", () => {
    const sheet = read(lines("品名|规格|直播价|到手价", "示例杯|白|59|49", "|黑|59|45"));
    expect(sheet.fields).toEqual(["name", "netPriceFen", "liveFen"]);
    expect(sheet.warnings).toEqual([{ row: 2, col: 3, code: "cell.ofProduct", value: "45" }]);
    expect(sheet.products[0]?.netPriceFen).toBe(4_900);
  });

  it("joins colour and size into the name of the SKU", () => {
    const sheet = read(lines("序号|品名|颜色|尺码|直播价", "1|示例衫|红|M|99", "1|示例衫|红|L|99"));
    expect(sheet.products[0]?.skus.map((sku) => sku.name)).toEqual(["红 M", "红 L"]);
  });
});

describe("errors stand at their cell", () => {
  it.each([
    [
      "a duplicate link number",
      lines("序号|品名|直播价", "1|示例杯|9", "1|示例锅|19"),
      { row: 2, col: 0, code: "linkNo.duplicate", value: "1" },
    ],
    [
      "a duplicate platform id",
      lines("序号|品名|商品ID|直播价", "1|示例杯|1002|9", "2|示例锅|1002|19"),
      { row: 2, col: 2, code: "platformId.duplicate", value: "1002" },
    ],
    [
      "a mangled id",
      lines("序号|品名|商品ID|直播价", "1|示例杯|1.00025E+13|9"),
      { row: 1, col: 2, code: "id.mangled", value: "1.00025E+13" },
    ],
    [
      "an unreadable price",
      lines("序号|品名|直播价", "1|示例杯|待定"),
      { row: 1, col: 2, code: "amount.unreadable", value: "待定" },
    ],
    [
      "a missing price",
      lines("序号|品名|直播价|库存", "1|示例杯||5"),
      { row: 1, col: 2, code: "cell.required", value: "" },
    ],
    [
      "a formula error",
      lines("序号|品名|直播价", "1|示例杯|#N/A"),
      { row: 1, col: 2, code: "cell.formulaError", value: "#N/A" },
    ],
    [
      "the same SKU twice",
      lines("序号|品名|规格|直播价", "1|示例杯|白|9", "||白|9"),
      { row: 2, col: 2, code: "sku.duplicate", value: "白" },
    ],
  ])("%s", (_name, source, issue) => {
    expect(read(source).errors).toEqual([issue]);
  });

  it("asks for the columns that it can't do without", () => {
    const rows = rowsFromPaste(lines("序号|品名|底价", "1|示例杯|9"));
    const sheet = readProductSheet(rows, { headerRow: 0, mapping: { linkNo: [0], name: [1] }, roles: ROLE_NAMES });
    expect(sheet).toMatchObject({
      products: [],
      errors: [{ row: 0, col: 0, code: "column.missing", value: "livePrice" }],
    });
  });

  it("takes a column called 链接 for numbers only where numbers stand below", () => {
    expect(
      findHeader(rowsFromPaste(lines("链接|品名|直播价", "1|示例杯|9")), PRODUCT_FIELDS, {})?.mapping.linkNo,
    ).toEqual([0]);
    expect(
      findHeader(rowsFromPaste(lines("链接|品名|直播价", "https://example.com/1|示例杯|9")), PRODUCT_FIELDS, {})
        ?.mapping.linkNo,
    ).toBeUndefined();
  });

  it("refuses every id of a column that was rounded", () => {
    const sheet = read(
      lines("序号|品名|商品ID|直播价", "1|示例杯|1000251234567890000|9", "2|示例锅|1000251234567900000|9"),
    );
    expect(sheet.errors.map((error) => [error.row, error.code])).toEqual([
      [1, "id.mangled"],
      [2, "id.mangled"],
    ]);
    expect(sheet.products).toEqual([]);
  });

  it("warns of a floor above the price and of an unknown role, and keeps the product", () => {
    const sheet = read(lines("序号|品名|定位|直播价|底价", "1|示例杯|尾货|9|10"));
    expect(sheet.warnings.map((warning) => warning.code)).toEqual(["role.unknown", "floor.aboveLive"]);
    expect(sheet.products[0]).toMatchObject({ role: "尾货" });
  });

  it("stops at 500 products and says so", () => {
    const rows = Array.from({ length: 502 }, (_, index) => `${index + 1}|示例${index}|9`);
    const sheet = read(lines("序号|品名|直播价", ...rows));
    expect(sheet.products).toHaveLength(500);
    expect(sheet.errors.map((error) => error.code)).toEqual(["product.tooMany", "product.tooMany"]);
  });
});

describe("pasting again", () => {
  const words = fc.stringMatching(/^[示例杯锅衫]{1,6}$/);
  const sku = fc.record({
    liveFen: fc.integer({ min: 0, max: 9_999_999 }),
    sellable: fc.integer({ min: 0, max: 100_000 }),
    pool: fc.integer({ min: 0, max: 1000 }),
  });
  const products = fc
    .array(fc.record({ word: words, skus: fc.array(sku, { minLength: 1, maxLength: 4 }) }), {
      minLength: 1,
      maxLength: 12,
    })
    .map((list) =>
      list.map((item, index): SheetProduct => ({
        linkNo: index + 1,
        platformId: String(1_000_000 + index),
        name: `${item.word}${index}`,
        sellingPoints: [],
        skus: item.skus.map((one, n) => ({ name: `规格${n}`, ...one })),
      })),
    );
  const sheetOf = (list: readonly SheetProduct[]): string =>
    lines(
      "链接号|商品ID|商品名称|规格|直播价|库存|待放",
      ...list.flatMap((product) =>
        product.skus.map((one, n) =>
          [
            n === 0 ? product.linkNo : "",
            n === 0 ? product.platformId : "",
            n === 0 ? product.name : "",
            one.name,
            `¥${fenText(one.liveFen)}`,
            one.sellable,
            one.pool,
          ].join("|"),
        ),
      ),
    );

  it("the same sheet changes nothing", () => {
    fc.assert(
      fc.property(products, (list) => {
        const sheet = read(sheetOf(list));
        expect(sheet.errors).toEqual([]);
        expect(sheet.products).toEqual(list);
        expect(diffSheet(list, sheet.products)).toMatchObject({
          added: [],
          changed: [],
          missing: [],
          unchanged: list.length,
        });
      }),
      { numRuns: 30 },
    );
  });

  it("whatever was pasted, what comes out is what the plan takes", () => {
    const cell = fc.oneof(
      fc.constantFrom("", "1", "2号", "示例杯", "59", "¥1.2万", "1001", "8分", "引流"),
      fc.string({ unit: "binary", maxLength: 6 }),
    );
    const header = "链接号|商品ID|商品名称|规格|SKU编码|直播价|底价|库存|讲解时长|卖点|图片|备注|机制|定位".split("|");
    fc.assert(
      fc.property(fc.array(fc.array(cell, { maxLength: header.length }), { maxLength: 8 }), (rows) => {
        expect(SheetInput.safeParse(read([header, ...rows]).products).error).toBeUndefined();
      }),
      { numRuns: 150 },
    );
  });

  it("tells what was added, changed and is missing", () => {
    const before = read(lines("序号|品名|规格|直播价", "1|示例杯|白|9", "||黑|9", "2|示例锅||19")).products;
    const after = read(lines("序号|品名|规格|直播价", "1|示例杯|白|8", "||红|9", "3|示例衫||29")).products;
    const diff = diffSheet(before, after);
    expect(diff.added.map((product) => product.name)).toEqual(["示例衫"]);
    expect(diff.missing.map((product) => product.name)).toEqual(["示例锅"]);
    expect(diff.changed).toHaveLength(1);
    expect(diff.changed[0]?.changes).toEqual([{ sku: "白", field: "liveFen", from: 900, to: 800 }]);
    expect(diff.changed[0]?.addedSkus.map((one) => one.name)).toEqual(["红"]);
    expect(diff.changed[0]?.missingSkus.map((one) => one.name)).toEqual(["黑"]);
  });

  it("follows a product by its platform id when its number changed", () => {
    const before = read(lines("序号|商品ID|品名|直播价", "1|1001|示例杯|9", "2|1002|示例锅|19")).products;
    const after = read(lines("序号|商品ID|品名|直播价", "1|1002|示例锅|19", "2|1001|示例杯|9")).products;
    expect(diffSheet(before, after).changed.flatMap((change) => change.changes)).toEqual([
      { field: "linkNo", from: 2, to: 1 },
      { field: "linkNo", from: 1, to: 2 },
    ]);
  });
});
