import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { show, START, type Show } from "#tests/support/given.ts";
import { AUDIENCES } from "./op.ts";

/** As long as the server makes them. */
const idOf = (kind: string, index: number) => `${kind}${String(index).padStart(15, "0")}`;
const HOUR = 3_600_000;

/** As full as a show may be: 500 products of 4 SKUs, 200 cues, every check line open, 48 shifts of 16 persons. */
function fullShow(): Show {
  const played = show();
  played
    .when("session.create", {
      sessionId: "s1",
      roomId: "r1",
      title: "示例场次",
      plannedStartAt: START,
      plannedEndAt: START + 4 * HOUR,
    })
    .ok();
  const products = Array.from({ length: 500 }, (_none, index) => ({
    linkNo: index + 1,
    platformId: `1000020${index + 100_000}`,
    name: `示例 羽绒服 中长款 90 绒 ${index}`,
    pictureUrl: `https://example.com/pictures/${index + 100_000}.jpg`,
    mechanism: "拍一发三,送围巾",
    netPriceFen: 35_900,
    role: index % 2 === 0 ? "主推款" : "赠品",
    sellingPoints: ["90 绒", "可机洗"],
    skus: ["S", "M", "L", "XL"].map((size, at) => ({
      platformId: `2000030${(index + 100_000) * 10 + at}`,
      name: `黑色 ${size}`,
      usualFen: 69_900,
      liveFen: 39_900,
      floorFen: 34_900,
      sellable: index % 3 === 0 ? 0 : 100,
      pool: index % 3 === 0 ? 0 : 60,
    })),
  }));
  played.when("bag.applySheet", { products }).ok();
  const ids = [...played.bag().products.keys()];
  const cues = Array.from({ length: 200 }, (_none, index) => ({
    cueId: idOf("c", index),
    kind: "explain" as const,
    title: `示例环节 ${index}`,
    productId: index % 2 === 0 ? (ids[index] ?? "") : null,
  }));
  played.when("rundown.setCues", { cues }).ok();
  const shifts = Array.from({ length: 48 }, (_none, index) => ({
    shiftId: idOf("s", index),
    from: START + index * HOUR,
    to: START + (index + 1) * HOUR,
    hosts: Array.from({ length: 8 }, (_host, at) => idOf("h", at)),
    operators: Array.from({ length: 8 }, (_operator, at) => idOf("o", at)),
  }));
  played.send("session.setShifts", { shifts }).ok();
  return played;
}

const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

const opened = fullShow();
opened.when("session.start", { reason: "试播" }).ok();
for (const [productId] of opened.bag().products) opened.when("bag.openSale", { productId }).ok();

describe("what a screen is sent of the fullest show", () => {
  it.each([
    ["before it", fullShow()],
    ["during it", opened],
  ])("[VIW6] value slices stay within 4 kB, %s", (_when, played) => {
    for (const audience of AUDIENCES) {
      const large = Object.entries(played.view(audience).slices).filter(
        ([, slice]) => slice.kind === "value" && bytes(slice.value) > 4_096,
      );
      expect(large.map(([name, slice]) => [audience, name, bytes(slice)])).toEqual([]);
    }
  });

  it("[VIW6] a control room's snapshot of 500 products of 4 SKUs on sale stays within 1.4 MB, 100 kB as it is sent", () => {
    expect(bytes(opened.view("control"))).toBeLessThan(1_400_000);
    expect(gzipSync(JSON.stringify(opened.view("control")), { level: 3 }).length).toBeLessThan(100_000);
  });
});
