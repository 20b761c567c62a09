import { describe, expect, it } from "vitest";
import { expectLeanViewsEqual, expectRebuilt, START } from "#tests/support/given.ts";
import { orderOf, SHEET, shopping } from "#tests/support/shopping.ts";

const coatSheet = (change: object) =>
  SHEET.map((product) => (product.linkNo === 1 ? { ...product, ...change } : product));

describe("plan", () => {
  it("[BAG1] link numbers, platform ids and SKU names are unique, and 500 products are enough", () => {
    const { played, coat, scarf } = shopping();
    played.when("bag.editProduct", { productId: coat, to: { linkNo: 2 } }).rejected("bag.linkNoTaken", { linkNo: 2 });
    played.when("bag.editProduct", { productId: coat, to: { platformId: "P2" } }).rejected("bag.platformIdTaken");
    const again = { name: "M", plannedFen: 100, plannedSellable: 1 };
    played.when("bag.editProduct", { productId: coat, skus: [again] }).rejected("bag.skuNameTaken");
    const [only] = played.bag().products.get(scarf)?.skus ?? [];
    played.when("bag.editProduct", { productId: scarf, removeSkuIds: [only?.skuId ?? ""] }).rejected("bag.noSku");
    const many = Array.from({ length: 498 }, (_none, index) => ({
      linkNo: index + 4,
      name: `示例 ${index}`,
      skus: [{ name: "默认", liveFen: 100, sellable: 1 }],
    }));
    played.when("bag.applySheet", { products: many }).rejected("bag.tooManyProducts", { max: 500 });
    played.when("bag.applySheet", { products: many.slice(1) }).ok();
    expect(played.bag().products.size).toBe(500);
  });

  it("[TAP1] nor do long lists within it, and taking it back needs none of what is shown", () => {
    const sizes = (liveFen: number) =>
      Array.from({ length: 100 }, (_none, index) => ({ name: `尺码 ${index}`, liveFen, sellable: 1 }));
    const products = (liveFen: number) =>
      Array.from({ length: 19 }, (_none, index) => ({
        linkNo: index + 4,
        name: `示例 ${index}`,
        skus: sizes(liveFen),
      }));
    const { played } = shopping();
    played.when("bag.applySheet", { products: products(100) }).ok();
    played.when("bag.applySheet", { products: products(150) }).ok();
    expect(JSON.stringify(played.slice("control", "tape")).length).toBeLessThan(30_000);
    played.when("tape.undo", { seq: played.state.seq }).ok();
    expect([...played.bag().products.values()].at(-1)?.skus[0]?.plannedFen).toBe(100);
  });

  it("[TAP1] the record of a large sheet tells its size, not its products", () => {
    const { played } = shopping();
    const products = Array.from({ length: 400 }, (_none, index) => ({
      linkNo: index + 4,
      name: `示例 ${index}`,
      skus: [{ name: "默认", liveFen: 100, sellable: 1 }],
    }));
    played.when("bag.applySheet", { products }).ok();
    const items = played.slice("control", "tape");
    expect(JSON.stringify(items).length).toBeLessThan(10_000);
    expect(JSON.stringify(items)).toContain('"added":{"length":400}');
    played.when("tape.undo", { seq: played.state.seq }).ok();
    expect(played.bag().products.size).toBe(3);
  });

  it("[BAG2] the same sheet again changes nothing; a changed one keeps ids and says what it changed in one event", () => {
    const { played, coat, s } = shopping();
    played.when("bag.applySheet", { products: SHEET }).then();
    const skus = SHEET[0]?.skus.map((sku) => ({ ...sku, liveFen: 38_900 })) ?? [];
    const withoutRole = { linkNo: 1, platformId: "P1", name: "羽绒服 短款", sellingPoints: ["90 绒"], skus };
    played.when("bag.applySheet", { products: [withoutRole, ...SHEET.slice(1)] }).then({
      type: "bag.planChanged.v1",
      data: {
        source: "sheet",
        added: [],
        changed: [{ productId: coat, from: { name: "羽绒服" }, to: { name: "羽绒服 短款" } }],
      },
    });
    expect(played.bag().products.get(coat)).toMatchObject({
      role: "主推款",
      skus: [{ skuId: s, plannedFen: 38_900 }, {}],
    });
  });

  it("[BAG2] a sheet touches only the columns that it has", () => {
    const { played, coat } = shopping();
    const noStock = coatSheet({
      mechanism: "买一送一",
      skus: SHEET[0]?.skus.map((sku) => ({ ...sku, sellable: 0, pool: 0 })),
    });
    played.send("bag.applySheet", { products: noStock, fields: ["name", "mechanism", "liveFen"] }).ok();
    expect(played.bag().products.get(coat)).toMatchObject({
      mechanism: "买一送一",
      skus: [{ sellable: 100, pool: 60 }, {}],
    });
  });

  it("[BAG2] what a sheet lacks stays, or leaves when asked and untouched", () => {
    const { played, scarf, gift } = shopping();
    played.when("bag.applySheet", { products: SHEET.slice(0, 1) }).then();
    played.when("bag.add", { productId: scarf }).ok();
    played.when("bag.applySheet", { products: SHEET.slice(0, 1), missing: "remove" }).ok();
    expect(played.bag().products.has(scarf)).toBe(true);
    expect(played.bag().products.has(gift)).toBe(false);
  });

  it("[BAG2] planned stock changes what is there by the difference", () => {
    const { played, coat } = shopping();
    played.when("order.record", orderOf("o1", "S1", 3)).ok();
    played
      .send("bag.applySheet", {
        products: coatSheet({ skus: SHEET[0]?.skus.map((sku) => ({ ...sku, sellable: sku.sellable + 10 })) }),
      })
      .ok();
    expect(played.bag().products.get(coat)?.skus[0]).toMatchObject({ sellable: 107, unpaidHold: 3 });
  });

  it("[BAG3] sorting never changes a link number, and an order made from an old list is refused", () => {
    const { played, coat, scarf, gift } = shopping();
    played.when("bag.reorder", { productIds: [gift, coat, scarf] }).then({ type: "bag.reordered.v1" });
    expect(played.row("control", "products", gift)).toMatchObject({ position: 0, linkNo: 3 });
    played
      .when("bag.reorder", { productIds: [coat, scarf] })
      .rejected("state.changed", { productIds: [gift, coat, scarf] });
    played.when("tape.undo", { seq: played.seqOf("bag.reordered.v1") }).ok();
    expect(played.row("control", "products", gift)).toMatchObject({ position: 2 });
  });

  it("[BAG4] a product leaves the plan only when nothing happened with it; undo brings it back where it was", () => {
    const { played, coat, scarf } = shopping();
    const before = played.row("control", "products", scarf);
    played.when("bag.removeProduct", { productId: scarf }).ok().when("tape.undo", { seq: played.state.seq }).ok();
    expect(played.row("control", "products", scarf)).toEqual(before);
    played.when("bag.explain", { productId: coat }).ok();
    played.when("bag.removeProduct", { productId: coat }).rejected("bag.productInUse");
  });

  it("[BAG17] an edit made on a stale screen is refused with what stands now", () => {
    const { played, coat } = shopping();
    played.when("bag.editProduct", { productId: coat, to: { name: "甲" } }).ok();
    const late = { productId: coat, to: { name: "乙" } };
    played
      .when("bag.editProduct", late, { expect: { from: { name: "羽绒服" } } })
      .rejected("state.changed", { name: "甲" });
    played.when("bag.editProduct", late, { expect: { from: { name: "甲", role: "主推款" } } }).ok();
  });
});

describe("edits", () => {
  it("[BAG17] so is an edit of an SKU; another field of it, or another SKU, may have moved", () => {
    const { played, coat, s, m } = shopping();
    const edit = (skuId: string, change: object, from: object) =>
      played.send(
        "bag.editProduct",
        { productId: coat, skus: [{ skuId, ...change }] },
        { expect: { from: {}, skus: [{ skuId, from }] } },
      );
    const before = played
      .bag()
      .products.get(coat)
      ?.skus.find(({ skuId }) => skuId === s);
    const { plannedFen = 0, floorFen = null, usualFen = null, plannedSellable = 0, plannedPool = 0 } = before ?? {};
    edit(s, { plannedFen: plannedFen - 100 }, { plannedFen }).ok();
    edit(s, { plannedFen: plannedFen - 200 }, { plannedFen }).rejected("state.changed", {
      skuId: s,
      plannedFen: plannedFen - 100,
    });
    edit(s, { floorFen: 1 }, { floorFen }).ok();
    edit(s, { floorFen: 2 }, { floorFen }).rejected("state.changed", { skuId: s, floorFen: 1 });
    edit(s, { usualFen: 99_900 }, { usualFen }).ok();
    edit(s, { plannedSellable: 9 }, { plannedSellable: plannedSellable + 1 }).rejected("state.changed", {
      skuId: s,
      plannedSellable,
    });
    edit(s, { plannedPool: 9 }, { plannedPool }).ok();
    edit(m, { name: "M 码" }, { name: "M" }).ok();
    edit("gone", { name: "L" }, { name: "L" }).rejected("bag.skuNotFound");
    expect(played.bag().products.get(coat)?.skus[0]).toMatchObject({ plannedFen: plannedFen - 100, floorFen: 1 });
  });

  it("[BAG17] name each SKU once", () => {
    const { played, coat, s } = shopping();
    const twice = { productId: coat, skus: [{ skuId: s, plannedFen: 1 }], removeSkuIds: [s] };
    played.when("bag.editProduct", twice).invalid("input.skus");
  });

  it("[BAG16] of SKUs go back as a whole: changed, added and removed ones in their places", () => {
    const { played, coat, s, m } = shopping();
    const before = played.row("control", "products", coat);
    const skus = [
      { skuId: m, plannedFen: 41_900 },
      { name: "L", plannedFen: 39_900, plannedSellable: 5 },
    ];
    played.when("bag.editProduct", { productId: coat, to: { role: "利润款" }, skus, removeSkuIds: [s] }).ok();
    expect(
      played
        .bag()
        .products.get(coat)
        ?.skus.map(({ name }) => name),
    ).toEqual(["M", "L"]);
    played.when("tape.undo", { seq: played.state.seq }).ok();
    expect(played.row("control", "products", coat)).toEqual(before);
    played
      .when("bag.createProduct", { name: "新品", skus: [{ name: "默认", plannedFen: 100, plannedSellable: 1 }] })
      .ok();
    const seq = played.state.seq;
    const [added = ""] = [...played.bag().products.keys()].slice(-1);
    expect(played.bag().products.get(added)).toMatchObject({ linkNo: 4, position: 3 });
    played.when("bag.add", { productId: added }).ok();
    played.when("tape.undo", { seq }).rejected("undo.hasConsequences");
    played.when("bag.editProduct", { productId: coat, skus: [{ name: "XL" }] }).rejected("bag.skuIncomplete");
  });
});

describe("explaining", () => {
  it("[BAG5] one product at a time; another ends the former in the same act; rounds count up", () => {
    const { played, coat, scarf } = shopping();
    played
      .when("bag.explain", { productId: coat })
      .then({ type: "bag.added.v1" }, { type: "bag.explained.v1", data: { from: null, to: { round: 1 } } });
    played.when("bag.explain", { productId: coat }).rejected("bag.alreadyExplained");
    played.pass(60_000).when("bag.explain", { productId: scarf }).ok();
    played.pass(60_000).when("bag.explain", { productId: coat }).ok();
    expect(played.bag().products.get(coat)?.rounds).toEqual([
      { round: 1, from: START, to: START + 60_000 },
      { round: 2, from: START + 120_000, to: null },
    ]);
    expect(played.slice("viewer", "explained")).toEqual({ productId: coat });
    played
      .when("bag.explain", { productId: scarf }, { expect: { explained: scarf } })
      .rejected("state.changed", { explained: coat });
  });

  it("[BAG5] only while the show is on", () => {
    const { played, coat } = shopping();
    played.when("session.end", {}).ok().when("bag.explain", { productId: coat }).rejected("session.notLive");
  });

  it("[BAG5] the end of the show ends the explanation, at the second of the end", () => {
    const { played, coat } = shopping();
    played.when("bag.explain", { productId: coat }).ok().pass(60_000);
    played
      .when("session.end", { ago: 10_000 })
      .then({ type: "session.ended.v1" }, { type: "bag.explainEnded.v1", data: { endedAt: START + 50_000 } });
    expect(played.slice("control", "explained")).toBeNull();
    expect(Object(played.slice("control", "figures")).explained).toMatchObject({ closedMs: 50_000, openSince: null });
    played.when("tape.undo", { seq: played.state.seq }).rejected("session.notLive");
    played
      .when("session.reopen", {})
      .ok()
      .when("tape.undo", { seq: played.seqOf("bag.explainEnded.v1") })
      .ok();
    expect(played.slice("control", "explained")).toMatchObject({ productId: coat, round: 1 });
    expectRebuilt(played);
    expectLeanViewsEqual(played);
  });

  it("[BAG5] no undo brings a product back on screen that has left the bag since", () => {
    const { played, coat, scarf } = shopping();
    played.when("bag.explain", { productId: coat }).ok().when("bag.explain", { productId: scarf }).ok();
    const seq = played.seqOf("bag.explained.v1");
    played.when("bag.remove", { productId: coat }).ok().when("tape.undo", { seq }).rejected("undo.hasConsequences");
    played.when("bag.remove", { productId: scarf }).ok();
    const ended = played.seqOf("bag.explainEnded.v1");
    played.when("tape.undo", { seq: ended }).rejected("undo.hasConsequences");
    played
      .when("tape.undo", { seq: played.seqOf("bag.removed.v1") })
      .ok()
      .when("tape.undo", { seq: ended })
      .ok();
    expect(played.slice("control", "explained")).toMatchObject({ productId: scarf });
  });

  it("[BAG5] a press on 结束讲解 ends what its screen showed, not what another hand has put on since", () => {
    const { played, coat, scarf } = shopping();
    played.when("bag.explain", { productId: coat }).ok().when("bag.explain", { productId: scarf }).ok();
    played.when("bag.endExplain", {}, { expect: { explained: coat } }).rejected("state.changed", { explained: scarf });
    played.when("bag.endExplain", {}, { expect: { explained: scarf } }).ok();
  });

  it("[BAG6] rounds told late never overlap", () => {
    const { played, coat, scarf } = shopping();
    played.when("bag.explain", { productId: coat }).ok();
    played.pass(10_000).when("bag.explain", { productId: scarf, ago: 60_000 }).ok();
    expect(played.bag().products.get(coat)?.rounds).toEqual([{ round: 1, from: START, to: START }]);
    expect(played.bag().products.get(scarf)?.rounds).toEqual([{ round: 1, from: START, to: null }]);
    played
      .pass(10_000)
      .when("bag.endExplain", { ago: 5_000 })
      .then({ type: "bag.explainEnded.v1", data: { endedAt: START + 15_000 } });
    played.when("bag.endExplain", {}).rejected("bag.nothingExplained");
  });

  it("[BAG16] undo of an explanation lets the former go on", () => {
    const { played, coat, scarf } = shopping();
    played.when("bag.explain", { productId: coat }).ok().pass(30_000).when("bag.explain", { productId: scarf }).ok();
    const seq = played.seqOf("bag.explained.v1");
    played.when("tape.undo", { seq }).ok();
    expect(played.slice("control", "explained")).toEqual({ productId: coat, round: 1, since: START });
    expect(played.bag().products.get(scarf)?.rounds).toEqual([]);
    played.when("bag.endExplain", {}).ok().when("tape.undo", { seq: played.state.seq }).ok();
    played.when("bag.explain", { productId: scarf }).ok().pass(1_000).when("bag.explain", { productId: coat }).ok();
    const second = played.log.filter(({ type }) => type === "bag.explained.v1").at(-2)?.seq ?? 0;
    played.when("tape.undo", { seq: second }).rejected("undo.superseded", { by: "staff:ann" });
  });
});

describe("sale, price, listing", () => {
  it("[BAG7] opens price and stock in one act, and takes both back in one undo", () => {
    const { played, coat } = shopping();
    const before = played.row("control", "products", coat);
    played
      .when("bag.openSale", { productId: coat, release: { units: 9 } })
      .then(
        { type: "bag.added.v1" },
        { type: "bag.saleOpened.v1", data: { prices: [{ to: { fen: 39_900 } }, { to: { fen: 39_900 } }] } },
      );
    expect(played.bag().products.get(coat)).toMatchObject({
      saleState: { value: "onSale" },
      skus: [
        { liveFen: 39_900, sellable: 106, pool: 54 },
        { liveFen: 39_900, sellable: 53, pool: 27 },
      ],
    });
    played.when("bag.openSale", { productId: coat }).rejected("bag.alreadyOnSale");
    played.when("tape.undo", { seq: played.seqOf("bag.saleOpened.v1") }).ok();
    played.when("tape.undo", { seq: played.seqOf("bag.added.v1") }).ok();
    expect(played.row("control", "products", coat)).toEqual(before);
  });

  it("[BAG16] a price goes back unless it was changed again or somebody ordered at it", () => {
    const { played, coat, s } = shopping();
    const set = (priceFen: number) =>
      played.when("bag.setPrice", { productId: coat, skuId: s, priceFen, confirmFen: priceFen }).ok().state.seq;
    const first = set(38_000);
    const second = set(37_000);
    played.when("tape.undo", { seq: first }).rejected("undo.superseded", { by: "staff:ann", seq: second });
    played.when("tape.undo", { seq: second }).ok();
    expect(played.bag().products.get(coat)?.skus[0]?.liveFen).toBe(38_000);
    played.when("order.record", orderOf("o1", "S1", 2)).ok();
    played.when("tape.undo", { seq: first }).rejected("undo.hasConsequences", { units: 2 });
  });

  it("[BAG12] a wrong price stays marked until the price is changed", () => {
    const { played, scarf } = shopping();
    const skuId = played.bag().products.get(scarf)?.skus[0]?.skuId ?? "";
    played.when("bag.setPrice", { productId: scarf, skuId, priceFen: 4_000, confirmFen: 4_000 }).ok();
    const mark = { productId: scarf, skuId, priceFen: 4_000, from: START };
    played.when("bag.markWrongPrice", mark).then({ type: "bag.wrongPriceMarked.v1", data: { to: null } });
    played.pass(20_000).when("bag.setPrice", { productId: scarf, skuId, priceFen: 9_900, ago: 10_000 }).ok();
    expect(Object.values(Object(played.slice("control", "wrongPrices")))).toMatchObject([
      { priceFen: 4_000, to: START + 10_000 },
    ]);
    played.when("tape.undo", { seq: played.state.seq }).ok();
    expect(Object.values(Object(played.slice("control", "wrongPrices")))).toMatchObject([{ to: null }]);
    played.when("bag.markWrongPrice", { ...mark, from: START + 9_999_999 }).rejected("bag.wrongPriceTimes");
  });

  it("[BAG15] delisting hits other rooms and wants a second word", () => {
    const { played, coat } = shopping();
    played.when("bag.delist", { productId: coat }).rejected("bag.delistHitsOtherRooms");
    played
      .when("bag.delist", { productId: coat, confirm: true })
      .then({ type: "bag.listingSet.v1", data: { from: "unknown", to: "delisted" } });
    played.when("tape.undo", { seq: played.state.seq }).rejected("undo.notReversible");
    played.when("bag.relist", { productId: coat }).ok();
  });

  it("[BAG16] sold out and open again follow one another", () => {
    const { played, coat } = shopping();
    played.when("bag.soldOut", { productId: coat }).rejected("bag.notOnSale", { saleState: "notYet" });
    played.when("bag.openSale", { productId: coat }).ok().when("bag.soldOut", { productId: coat }).ok();
    const seq = played.state.seq;
    played
      .when("bag.reopen", { productId: coat })
      .ok()
      .when("bag.reopen", { productId: coat })
      .rejected("bag.notSoldOut");
    played.when("tape.undo", { seq }).rejected("undo.superseded");
  });
});

describe("evidence", () => {
  it("[BAG13] data confirm or contradict what a hand told, and fill in what nobody told", () => {
    const { played, coat, s } = shopping();
    played.when("bag.openSale", { productId: coat }).ok().pass(13_000);
    const look = {
      source: "shop",
      products: [
        {
          productId: "P1",
          inBag: true,
          listing: "listed" as const,
          skus: [{ skuId: "S1", priceFen: 28_900, units: 99 }],
        },
      ],
    };
    played.when("bag.observe", look, { by: "program:shop" }).then({ type: "bag.observed.v1" });
    const row = played.bag().products.get(coat);
    expect(row?.inBag.evidence?.seen).toEqual({ at: START + 13_000, source: "shop", agrees: true });
    expect(row?.shopListing).toMatchObject({ value: "listed", evidence: { via: "data" } });
    expect(row?.skus[0]).toMatchObject({
      skuId: s,
      liveFen: 39_900,
      seenFen: 28_900,
      seenUnits: { units: 99 },
      priceEvidence: { via: "hand", seen: { agrees: false } },
    });
    played.when("bag.observe", look, { by: "program:shop" }).then();
    played
      .when(
        "bag.observe",
        { ...look, at: START - 1, products: [{ productId: coat, inBag: false }] },
        { by: "program:shop" },
      )
      .then();
  });

  it("[BAG13] a look that comes late overwrites no later one", () => {
    const { played, coat } = shopping();
    const look = (at: number, priceFen: number, units: number) => {
      const skus = [{ skuId: "S1", priceFen, units }];
      return played.when(
        "bag.observe",
        { source: "shop", at, products: [{ productId: "P1", skus }] },
        { by: "program:shop" },
      );
    };
    played.pass(60_000);
    look(START + 50_000, 39_900, 90).ok();
    look(START + 40_000, 28_900, 99).then();
    expect(played.bag().products.get(coat)?.skus[0]).toMatchObject({ seenFen: 39_900, seenUnits: { units: 90 } });
    look(START + 55_000, 28_900, 88).ok();
    expect(played.bag().products.get(coat)?.skus[0]).toMatchObject({ seenFen: 28_900, seenUnits: { units: 88 } });
  });

  it("[BAG13] an order is evidence of sale and price", () => {
    const { played, coat } = shopping();
    played
      .when("bag.openSale", { productId: coat })
      .ok()
      .when("order.record", orderOf("o1", "S1", 2))
      .ok();
    const row = played.bag().products.get(coat);
    expect(row?.saleState.evidence?.seen).toMatchObject({ source: "order", agrees: true });
    expect(row?.skus[0]?.priceEvidence?.seen).toMatchObject({ source: "order", agrees: true });
    expect(row?.skus[1]?.priceEvidence?.seen).toBeNull();
  });

  it("[BAG14] viewers see what is in the bag, and prices once it is on sale; hosts no floors", () => {
    const { played, coat } = shopping();
    expect(played.row("viewer", "products", coat)).toBeUndefined();
    played.when("bag.add", { productId: coat }).ok();
    expect(played.row("viewer", "products", coat)).toMatchObject({ name: "羽绒服", priceFen: null, usualFen: null });
    played.when("bag.openSale", { productId: coat }).ok();
    expect(played.row("viewer", "products", coat)).toMatchObject({ priceFen: 39_900, usualFen: 69_900 });
    expect(JSON.stringify(played.view("host"))).not.toMatch(/floor|evidence|unpaid/);
    expectLeanViewsEqual(played, 3);
    expectRebuilt(played);
  });
});
