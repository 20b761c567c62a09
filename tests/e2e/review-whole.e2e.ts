import { inflateSync } from "node:zlib";
import { expect, type Page } from "@playwright/test";
import readWorkbook from "read-excel-file/node";
import { expectAccessible, test } from "./clean-page.ts";
import { staffApi, type StaffApi } from "./staff-api.ts";

const sheet = [1, 2, 3].map((linkNo) => ({
  linkNo,
  platformId: `P${linkNo}`,
  name: `示例商品 ${linkNo} ${linkNo === 3 ? "名字很长的羽绒服中长款加厚九十绒可机洗限量礼盒装".repeat(2) : ""}`.trim(),
  role: "主推款",
  skus: [{ platformId: `K${linkNo}`, name: "默认", liveFen: 9_900, sellable: linkNo === 1 ? 2 : 50 }],
}));

type Told = { readonly linkNo: number; readonly units: number; readonly fen: number };

async function order(staff: StaffApi, id: string, orderId: string, { linkNo, units, fen }: Told): Promise<void> {
  const now = Date.now();
  const lines = [{ lineId: "1", productId: `P${linkNo}`, skuId: `K${linkNo}`, units, paidFen: fen }];
  const item = { orderId, sourceUpdatedAt: now, status: "paid" as const, placedAt: now, paidAt: now, lines };
  await staff.send(id, "order.record", item);
}

/** A short show that is over: 1 号 sells out, 2 号 is priced off the plan for a moment. Paid ¥10,397.00. */
async function shortShow(staff: StaffApi, page: Page, title: string): Promise<string> {
  const id = await staff.createShow({ title });
  await staff.send(id, "bag.applySheet", { products: sheet });
  await staff.send(id, "session.setTargets", { paidFen: 2_000_000, audience: null, reservations: null, orders: null });
  await staff.send(id, "session.start", { reason: "示例" });
  const view = await (await page.request.get(`/api/v1/sessions/${id}/view?audience=control`)).json();
  const products: { productId: string; linkNo: number }[] = view.slices.products.rows.map(
    ([, row]: [string, { productId: string; linkNo: number }]) => row,
  );
  const [one = "", two = ""] = [1, 2].map((linkNo) => products.find((row) => row.linkNo === linkNo)?.productId);
  for (const productId of [one, two]) await staff.send(id, "bag.openSale", { productId });
  await page.waitForTimeout(1_100);
  await staff.send(id, "bag.explain", { productId: one });
  await order(staff, id, "o1", { linkNo: 1, units: 2, fen: 19_800 });
  await page.waitForTimeout(1_100);
  await staff.send(id, "bag.setPrice", { productId: two, priceFen: 9_800, confirmFen: 9_800 });
  await order(staff, id, "o2", { linkNo: 2, units: 1, fen: 9_900 });
  await order(staff, id, "o3", { linkNo: 3, units: 1, fen: 1_010_000 });
  await page.waitForTimeout(5_500);
  await staff.send(id, "session.end", { note: "示例" });
  return id;
}

const names = async (page: Page) =>
  (
    await page
      .getByRole("table", { name: "products" })
      .getByRole("row")
      .locator("[role=cell]:nth-child(2)")
      .allTextContents()
  ).map((name) => name.slice(0, 6));

test("the whole show: sorted, settled, changed by a refund, what an act did, a workbook with the same totals", async ({
  page,
  baseURL,
}) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const id = await shortShow(staff, page, "示例 · 全场");
  await page.goto(`/shows/${id}/review?tab=whole`);
  const goals = page.getByRole("table", { name: "对目标" });
  await expect(goals.getByRole("row", { name: /成交金额.*¥20,000.*¥10,397/ })).toBeVisible();

  const part = (name: string) => page.getByRole("navigation", { name: "全场的各部分" }).getByRole("button", { name });
  await part("商品").click();
  await expect.poll(() => names(page)).toEqual(["示例商品 3", "示例商品 1", "示例商品 2"]);
  await page.getByRole("columnheader", { name: "链接" }).getByRole("button").click();
  await page.getByRole("columnheader", { name: "链接" }).getByRole("button").click();
  await expect.poll(() => names(page)).toEqual(["示例商品 1", "示例商品 2", "示例商品 3"]);
  await page.getByRole("searchbox", { name: "搜商品、规格" }).fill("羽绒服");
  await expect.poll(() => names(page)).toEqual(["示例商品 3"]);

  await part("SKU 断货").click();
  await expect(page.getByRole("row", { name: /示例商品 1.*默认.*到下播.*不可知/ })).toBeVisible();
  await part("价格差异").click();
  await expect(page.getByRole("row", { name: /示例商品 2.*¥99.*¥98.*−¥1/ })).toBeVisible();
  await expectAccessible(page);

  await part("概览").click();
  await page.getByRole("button", { name: "对账" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "对账" }).click();
  await expect(page.locator("header").getByText("已对账")).toBeVisible();
  await expect(page.getByText("之后没有变化", { exact: true })).toBeVisible();
  const now = Date.now();
  const refunds = [{ refundId: "r1", at: now, fen: 9_900 }];
  await staff.send(id, "order.record", { orderId: "o2", sourceUpdatedAt: now, refunds });
  await page.reload();
  // The owner's own hand in this test stands for a file that was imported.
  await expect(page.getByText("对账后退后成交 −¥99(导入 −¥99)")).toBeVisible();
  await expect(page.getByRole("row", { name: /对账之后.*−¥99/ })).toBeVisible();

  await page.getByRole("tab", { name: "效果" }).click();
  const effects = page.getByRole("table", { name: "每个操作的效果" });
  await expect(effects.getByText("看不出").first()).toBeVisible();
  await expect(effects.getByText(/窗口大半在场外或断流里/).first()).toBeVisible();
  const row = effects.getByRole("row", { name: /^看不出 改价 2 号/ });
  const at = Number(await row.getAttribute("data-at"));
  await row.click();
  const second = page.getByRole("slider", { name: "整场时间" });
  // The slider counts whole seconds.
  await expect
    .poll(async () => Math.abs(Number(await second.getAttribute("aria-valuenow")) - at / 1_000))
    .toBeLessThanOrEqual(1);
  await expectAccessible(page);

  await page.getByRole("button", { name: "导出" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: /XLSX/ }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^示例 · 全场-复盘-\d{4}-\d\d-\d\d\.xlsx$/);
  const sheets = await readWorkbook(await file.path());
  expect(sheets.map(({ sheet: name }) => name)).toEqual([
    "概览",
    "商品",
    "轮次",
    "SKU 断货",
    "优惠券与抽奖",
    "群发",
    "流量与入口",
    "班次与小时",
    "流程对照",
    "价格差异",
    "操作与撤回",
    "每个操作的效果",
    "改进与踩坑",
  ]);
  const rowsOf = (name: string) => sheets.find(({ sheet: own }) => own === name)?.data ?? [];
  const figure = (name: string) =>
    rowsOf("概览").find(([first, value]) => first === name && typeof value === "number")?.[1];
  expect([figure("退后成交"), figure("退款金额")]).toEqual([10_298, 99]);
  expect(rowsOf("商品")[1]?.slice(0, 4)).toEqual([3, expect.stringContaining("示例商品 3"), "主推款", 10_100]);
});

test("the review on paper: A4 pages with the tables and Chinese text", async ({ page, baseURL }) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const id = await shortShow(staff, page, "示例 · 打印");
  const due = await staff.createShow({ title: "示例 · 打印到期", startInMs: 86_400_000 });
  await staff.send(id, "improvement.add", { text: "示例:开场先报机制", dueSessionId: due });
  await page.addInitScript(() => Reflect.set(window, "print", () => Reflect.set(window, "printed", true)));
  await page.goto(`/shows/${id}/print`);
  await expect(page.getByRole("heading", { name: "复盘 · 示例 · 打印" })).toBeVisible();
  await expect.poll(() => page.evaluate(() => Reflect.get(window, "printed"))).toBe(true);
  const shown = ["概览", "商品", "轮次", "SKU 断货", "价格差异", "操作与撤回", "每个操作的效果", "改进与踩坑"];
  for (const name of shown) await expect(page.getByRole("heading", { name, level: 2 })).toBeVisible();
  // By name and day: paper opens no other page.
  await expect(page.getByText(/^示例 · 打印到期 · \d{4}-\d\d-\d\d$/)).toBeVisible();
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const text = pdfStreams(pdf);
  expect(pageSizes(pdf).length).toBeGreaterThanOrEqual(3);
  for (const [width, height] of pageSizes(pdf)) expect([Math.round(width), Math.round(height)]).toEqual([842, 595]);
  // Each glyph that is drawn is mapped back to its sign for copying and search.
  for (const sign of "复盘断货成交") expect(text).toContain(hexOf(sign));
});

/** Everything in the file, unpacked. */
function pdfStreams(pdf: Buffer): string {
  const raw = pdf.toString("latin1");
  const parts = [raw];
  for (const match of raw.matchAll(/stream\r?\n/g)) {
    const from = match.index + match[0].length;
    const to = raw.indexOf("endstream", from);
    try {
      parts.push(inflateSync(pdf.subarray(from, to)).toString("latin1"));
    } catch {
      // Not packed, or a picture.
    }
  }
  return parts.join("\n");
}

const hexOf = (sign: string): string => (sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");

function pageSizes(pdf: Buffer): [number, number][] {
  return [...pdfStreams(pdf).matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/g)].map(([, width, height]) => [
    Number(width),
    Number(height),
  ]);
}

test("a show without orders, and one without anything, say so", async ({ page, baseURL }) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const id = await staff.createShow({ title: "示例 · 无订单" });
  await staff.send(id, "session.start", { reason: "示例" });
  await staff.send(id, "session.end", { note: "" });
  await page.goto(`/shows/${id}/review?tab=whole`);
  await expect(page.getByText("还没有订单数据").first()).toBeVisible();
  for (const [name, said] of [
    ["商品", "这一场没有商品。"],
    ["轮次", "这一场没有讲解记录。"],
    ["SKU 断货", "没有 SKU 断货"],
    ["群发", "这一场没有下发过群发。"],
    ["流程对照", "这一场没有流程表。"],
    ["操作与撤回", "没有拦下或撤销过操作。"],
  ] as const) {
    await page.getByRole("navigation", { name: "全场的各部分" }).getByRole("button", { name }).click();
    await expect(page.getByText(said).first()).toBeVisible();
  }
  await page.getByRole("tab", { name: "效果" }).click();
  await expect(page.getByText("没有可估的操作。")).toBeVisible();
});
