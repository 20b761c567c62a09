import { expect, test } from "vitest";
import { changed, rebase, settle } from "./rebase.ts";

const coupon = { title: "满 300 减 50", total: 1_000, discount: { offFen: 5_000 }, rules: "" };
const opened = { seen: coupon, mine: coupon };

test("fields that this person left alone follow the show, and only the own change is sent, with what stood there", () => {
  const mine = { seen: coupon, mine: { ...coupon, total: 800 } };
  const now = rebase(mine, { ...coupon, rules: "限一次" });
  expect(now).toMatchObject({ clashes: [], mine: { total: 800, rules: "限一次" } });
  expect(changed(now)).toEqual({ to: { total: 800 }, from: { total: 1_000 } });
  expect(changed(rebase(opened, { ...coupon, rules: "限一次" }))).toEqual({ to: {}, from: {} });
});

test("what both changed is a clash: nothing unseen is overwritten, and neither side is lost", () => {
  const theirs = { ...coupon, discount: { offFen: 8_000 }, total: 500 };
  const clash = rebase({ seen: coupon, mine: { ...coupon, discount: { offFen: 6_000 } } }, theirs);
  expect(clash).toMatchObject({ clashes: ["discount"], theirs: { discount: { offFen: 8_000 } } });
  expect(clash.mine).toMatchObject({ discount: { offFen: 6_000 }, total: 500 });
  expect(changed(clash).from).toEqual({ discount: { offFen: 5_000 } });

  const kept = rebase(settle(clash, "discount", "mine"), theirs);
  expect(kept.clashes).toEqual([]);
  expect(changed(kept)).toEqual({ to: { discount: { offFen: 6_000 } }, from: { discount: { offFen: 8_000 } } });

  const taken = rebase(settle(clash, "discount", "theirs"), theirs);
  expect(changed(taken)).toEqual({ to: {}, from: {} });
});

test("a second change by the other clashes again; the same words by both do not", () => {
  const mine = { seen: coupon, mine: { ...coupon, title: "满减" } };
  const settled = settle(rebase(mine, { ...coupon, title: "大额券" }), "title", "mine");
  expect(rebase(settled, { ...coupon, title: "大额券二" }).clashes).toEqual(["title"]);
  const agreed = rebase(mine, { ...coupon, title: "满减" });
  expect([agreed.clashes, changed(agreed).to]).toEqual([[], {}]);
});

test("order of keys makes no clash, and without a row in the show the draft stays as it is", () => {
  const draft = { seen: { a: { x: 1, y: 2 } }, mine: { a: { x: 1, y: 3 } } };
  expect(rebase(draft, { a: { y: 2, x: 1 } }).clashes).toEqual([]);
  expect(rebase(draft, undefined)).toMatchObject({ ...draft, clashes: [] });
});
