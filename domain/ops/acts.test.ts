import { expect, it } from "vitest";
import { show } from "#tests/support/given.ts";
import { shopping } from "#tests/support/shopping.ts";

const types = (played: ReturnType<typeof show>) =>
  Object.values(Object(played.slice("review", "acts"))).map((row) => Object(row).type);

const product = {
  linkNo: 1,
  platformId: "P1",
  name: "示例",
  skus: [{ platformId: "S1", name: "默认", liveFen: 9_900, sellable: 5 }],
};

it("[ACT1] keeps what moved the show from its first minute on, however much the tape has seen since, for the review alone", () => {
  const played = show().live();
  played.when("bag.applySheet", { products: [product] }).ok();
  const [productId = ""] = played.bag().products.keys();
  played.when("bag.explain", { productId }).ok();
  for (let n = 0; n < 300; n += 1) played.when("marker.add", { text: `${n}` }).ok();
  expect(types(played)).toEqual(["session.started.v1", "bag.explained.v1"]);
  expect(played.view("control").slices["acts"]).toBeUndefined();
});

it("[ACT2] forgets an act that was taken back, and the way back with it; taken back again it stands", () => {
  const { played, coat, s } = shopping();
  const before = types(played);
  played.when("bag.setPrice", { productId: coat, skuId: s, priceFen: 38_000, confirmFen: 38_000 }).ok();
  expect(types(played)).toEqual([...before, "bag.pricesSet.v1"]);
  played.when("tape.undo", { seq: played.state.seq }).ok();
  expect(types(played)).toEqual(before);
  played.when("tape.undo", { seq: played.state.seq }).ok();
  expect(types(played)).toEqual([...before, "bag.pricesSet.v1"]);
});
