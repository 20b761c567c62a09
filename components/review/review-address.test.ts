import { expect, test } from "vitest";
import { addressOf, searchOf } from "./review-address.ts";

test("a link opens at the second and the stretch that it was copied at", () => {
  const address = { at: 1_800_000_010_000, stretch: { from: 1_800_000_000_000, to: 1_800_000_060_000 }, tab: "whole" };
  expect(addressOf({ search: searchOf(address) })).toEqual(address);
});

test("what was cut short or typed wrong is left out, and the page opens all the same", () => {
  const nothing = { at: null, stretch: null, tab: null };
  for (const search of [
    "",
    "?at=abc",
    "?from=1800000000000",
    "?from=1800000060000&to=1800000000000",
    "?at=-1",
    "?at=1e20",
  ]) {
    expect(addressOf({ search }), search).toEqual(nothing);
  }
});
