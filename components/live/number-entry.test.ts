import { expect, test } from "vitest";
import { askAmount, cleared, erased, nextAgo, NO_ENTRY, numberOf, typed, unitsOf, type Entry } from "./number-entry.ts";

const type = (entry: Entry, digits: string) => Array.from(digits).reduce(typed, entry);

test("12 S 50: the number stays with the act while its units are typed", () => {
  const asked = askAmount(type(NO_ENTRY, "12"), 30);
  expect(asked.amount).toMatchObject({ linkNo: 12, text: "" });
  const fifty = type(asked, "50");
  expect(fifty.amount && unitsOf(fifty.amount)).toBe(50);
  expect(fifty.number).toBe("");
});

test("without digits the suggested units stand, and no number means the explained product", () => {
  const asked = askAmount(NO_ENTRY, 30);
  expect(asked.amount).toMatchObject({ linkNo: null });
  expect(asked.amount && unitsOf(asked.amount)).toBe(30);
});

test("a link number has at most four digits and no zero in front", () => {
  expect(numberOf(type(NO_ENTRY, "00123456"))).toBe(1234);
  expect(numberOf(type(NO_ENTRY, "0"))).toBe(null);
});

test("Escape takes back one thing at a time, then nothing", () => {
  const late = nextAgo(type(NO_ENTRY, "7"));
  const first = cleared(late);
  expect(first).toMatchObject({ number: "", agoMs: 10_000 });
  const second = first && cleared(first);
  expect(second).toEqual(NO_ENTRY);
  expect(second && cleared(second)).toBe(null);
});

test("how long ago goes round, backspace takes the last digit", () => {
  const round = [1, 2, 3, 4].reduce<Entry>((entry) => nextAgo(entry), NO_ENTRY);
  expect(round.agoMs).toBe(0);
  expect(erased(type(NO_ENTRY, "12")).number).toBe("1");
  expect(erased(type(askAmount(NO_ENTRY, 5), "80")).amount?.text).toBe("8");
});
