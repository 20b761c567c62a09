import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { fenText, parseCount, parseFen, parsePercent, parseSignedFen } from "./amount.ts";

const value = (parsed: { ok: boolean }) => ("value" in parsed ? parsed.value : "code" in parsed ? parsed.code : null);

describe("amounts are read to the fen or refused", () => {
  it.each([
    ["¥1,299.00", 129_900],
    ["￥1２９９", 129_900],
    ["1299", 129_900],
    ["1,299元", 129_900],
    ["1，299.5", 129_950],
    ["12.9万", 12_900_000],
    ["1.2w", 1_200_000],
    ["RMB 99", 9_900],
    ["99元/件", 9_900],
    ["'19.90", 1_990],
    ['="19.90"', 1_990],
    [".5", 50],
    ["0", 0],
    ["99.900", 9_990],
    ["1.299E3", 129_900],
    [{ number: "99.90000000000001" }, 9_990],
    [{ number: "19.989999999999998" }, 1_999],
    ["-12", "amount.negative"],
    ["1,29", "amount.unreadable"],
    ["99-129", "amount.range"],
    ["12.345", "amount.fraction"],
    [{ number: "33.3333333333333" }, "amount.fraction"],
    ["买2到手99", "amount.unreadable"],
    ["#N/A", "cell.formulaError"],
    ["-", "cell.required"],
    ["3705123456789012345", "amount.tooLarge"],
  ])("%j", (cell, expected) => {
    expect(value(parseFen(cell))).toBe(expected);
  });

  it("reads negative amounts in both notations", () => {
    for (const text of ["-12.50", "(12.50)", "-¥12.50", "¥-12.50", "－12.50", "(¥12.50)"])
      expect(value(parseSignedFen(text))).toBe(-1_250);
  });

  it("reads back what fenText writes, with separators and signs", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -10_000_000_000, max: 10_000_000_000 }),
        fc.constantFrom("", "¥", "￥"),
        (fen, mark) => {
          const grouped = fenText(fen).replace(/\B(?=(\d{3})+\.)/g, ",");
          expect(value(parseSignedFen(fenText(fen)))).toBe(fen);
          expect(value(parseSignedFen(`${mark}${grouped}`))).toBe(fen);
          expect(value(parseSignedFen({ number: String(fen / 100) }))).toBe(fen);
        },
      ),
    );
  });

  it("never throws and never gives a fraction of a fen", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^[-+¥(]?[\d,.eE万]{0,20}[)元]?$/)),
        (text) => {
          const parsed = parseSignedFen(text);
          if (parsed.ok) expect(Number.isSafeInteger(parsed.value)).toBe(true);
        },
      ),
    );
  });
});

describe("counts and shares", () => {
  it.each([
    ["1,200件", 1200],
    ["1.2万", 12_000],
    ["12.0", 12],
    ["500+", "count.unreadable"],
    ["1.5", "count.fraction"],
    ["-3", "count.negative"],
  ])("%s", (cell, expected) => {
    expect(value(parseCount(cell))).toBe(expected);
  });

  it("reads percentages", () => {
    expect(value(parsePercent("12.5%"))).toBe(0.125);
    expect(value(parsePercent("１２％"))).toBe(0.12);
    expect(value(parsePercent("0.3"))).toBe(0.3);
  });
});
