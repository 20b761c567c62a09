import { expect, it } from "vitest";
import { arranged, nextSort } from "./arrange-rows.ts";
import { cellText } from "./cell-text.ts";
import { number, text, type Column } from "./report-table.ts";

const columns: Column[] = [
  { id: "name", label: "商品", kind: "text" },
  { id: "paid", label: "成交", kind: "fen" },
];
const rows = [
  { id: "a", cells: [text("羽绒服"), number(100)] },
  { id: "b", cells: [text("围巾"), number(null, "还没有订单数据")] },
  { id: "c", cells: [text("赠品"), number(300)] },
];
const ids = (sort: Parameters<typeof arranged>[2], wanted = "") =>
  arranged(rows, columns, sort, wanted).map(({ id }) => id);

it("sorts the most first, then the least, then as it was; what is unknown stands last both ways", () => {
  const down = nextSort(null, "paid");
  const up = nextSort(down, "paid");
  expect([ids(down), ids(up), ids(nextSort(up, "paid"))]).toEqual([
    ["c", "a", "b"],
    ["a", "c", "b"],
    ["a", "b", "c"],
  ]);
  expect(nextSort(down, "name")).toEqual({ column: "name", direction: "down" });
});

it("finds by what is written", () => {
  expect(ids(null, " 围 ")).toEqual(["b"]);
  expect(ids(null, "没有")).toEqual([]);
});

it("writes values in their unit, with the sign where it is a change and the day where it is another", () => {
  const at = Date.UTC(2026, 10, 11, 12, 7, 9);
  expect(cellText({ value: 1_000_000_000 }, "fen", "")).toBe("¥10,000,000");
  expect(cellText({ value: -250 }, "fenChange", "")).toBe("−¥2.50");
  expect(cellText({ value: 250 }, "fenChange", "")).toBe("+¥2.50");
  expect(cellText({ value: at }, "time", "2026-11-11")).toBe("20:07:09");
  expect(cellText({ value: at }, "time", "2026-11-10")).toBe("11-11 20:07");
  expect(cellText({ value: 0.5, kind: "share" }, "mixed", "")).toBe("50.0%");
  expect(cellText({ value: null, why: "没有" }, "fen", "")).toBe("–");
});
