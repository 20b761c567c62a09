import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, type Browser, type Download, type Page } from "@playwright/test";
import postgres from "postgres";
import type { CommandInput } from "#domain/ops/index.ts";
import { apiToken } from "./credentials.ts";
import { expectAccessible, test } from "./clean-page.ts";
import { staffApi, type StaffApi } from "./staff-api.ts";

/** 战报: there the moment a show ends, as a page, as a picture, as a text each half hour, and by a link that ends. */

const YUAN = 100;
const LONG_NAME =
  "示例 名字特别长的一款羊绒混纺毛衣加绒加厚中长款女士外套2026秋冬新款Cashmere-Blend-Extra-Long-Sweater看看会不会被截断";

test.use({ viewport: { width: 1440, height: 900 }, permissions: ["clipboard-read", "clipboard-write"] });

const sheet = [
  { linkNo: 1, platformId: "R-P1", name: LONG_NAME },
  { linkNo: 2, platformId: "R-P2", name: "示例 围巾" },
].map((product, index) => ({
  ...product,
  skus: [{ platformId: `R-S${index + 1}`, name: "均码", liveFen: 39_900, sellable: 10, pool: 0 }],
})) as CommandInput<"bag.applySheet">["products"];

type Order = { readonly id: string; readonly at: number; readonly product: 1 | 2; readonly fen: number };

async function sendOrders(page: Page, id: string, orders: readonly Order[]): Promise<void> {
  const items = orders.map(({ id: orderId, at, product, fen }) => ({
    orderId,
    sourceUpdatedAt: at,
    status: "paid",
    placedAt: at,
    paidAt: at,
    personKey: `buyer-${orderId}`,
    traffic: product === 1 ? "private" : "public",
    lines: [{ lineId: "1", productId: `R-P${product}`, skuId: `R-S${product}`, units: 1, paidFen: fen }],
  }));
  const answer = await page.request.post(`/api/v1/ingest/sessions/${id}/orders`, {
    headers: { authorization: `Bearer ${apiToken}` },
    data: { items },
  });
  expect(answer.status()).toBe(200);
  expect((await answer.json()).items.map(({ status }: { status: string }) => status)).toEqual(items.map(() => "ok"));
}

async function soldShow(page: Page, staff: StaffApi): Promise<string> {
  const id = await staff.createShow({ title: "示例 · 秋冬上新第 12 场", startInMs: 0 });
  await staff.send(id, "bag.applySheet", { products: sheet });
  await staff.send(id, "session.setTargets", {
    paidFen: 8_000_000 * YUAN,
    orders: 4,
    audience: null,
    reservations: null,
  } as CommandInput<"session.setTargets">);
  await staff.send(id, "session.start", { reason: "示例" });
  const at = Date.now();
  await sendOrders(page, id, [
    { id: `${id}-1`, at, product: 1, fen: 9_999_000 * YUAN },
    { id: `${id}-2`, at, product: 2, fen: 1_000 * YUAN },
  ]);
  return id;
}

/** Width and height of a PNG, and how many of its pixels, looked at here and there, are not white. */
async function readPicture(page: Page, download: Download) {
  const bytes = await readFile(await download.path());
  expect(bytes.subarray(1, 4).toString("latin1")).toBe("PNG");
  const inked = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext("2d");
    if (!context) throw new Error("no canvas");
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    let dark = 0;
    for (let index = 0; index < data.length; index += 4) if ((data[index] ?? 255) < 200) dark += 1;
    return dark / (data.length / 4);
  }, bytes.toString("base64"));
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), inked, bytes };
}

async function signedOut(browser: Browser, watch: (context: Awaited<ReturnType<Browser["newContext"]>>) => void) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  watch(context);
  return context;
}

/** Days go by for one link: no API turns that clock. */
async function expire(shareId: string): Promise<void> {
  const address = await readFile(path.join(process.env["KAIBO_E2E_DATA_DIR"] ?? "", "postgres.url"), "utf8");
  const sql = postgres(address.trim(), { max: 1 });
  const rows = await sql`update share_links set expires_at = ${Date.now()} where id = ${shareId} returning id`;
  await sql.end();
  expect(rows).toHaveLength(1);
}

test("the report is there the moment the show ended, with its picture", async ({ page, baseURL }) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const id = await soldShow(page, staff);
  await page.goto(`/shows/${id}/control`);
  await staff.send(id, "session.end", {});
  const endedAt = Date.now();
  const toReport = page.getByRole("link", { name: "战报", exact: true });
  await expect(toReport).toBeVisible();
  await toReport.click();
  await expect(page.getByRole("heading", { name: "示例 · 秋冬上新第 12 场" })).toBeVisible();
  await expect(page.getByText("¥10,000,000", { exact: true }).first()).toBeVisible();
  expect(Date.now() - endedAt).toBeLessThan(60_000);
  await expect(page.getByText("目标 ¥8,000,000 · 完成 125.0%")).toBeVisible();
  await expect(page.getByText("当晚数据 · 可能变化")).toBeVisible();
  await expect(page.getByText("成交目标达成")).toBeVisible();
  await expect(page.getByText(LONG_NAME)).toBeVisible();
  await expect(page.getByRole("img", { name: /战报长图/ })).toBeVisible();
  await expectAccessible(page);
  await page.screenshot({ path: test.info().outputPath("report-1440.png"), fullPage: false });

  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "保存长图" }).click();
  const download = await saved;
  expect(download.suggestedFilename()).toMatch(/^战报 示例 · 秋冬上新第 12 场 \d{4}-\d\d-\d\d\.png$/);
  await download.saveAs(test.info().outputPath("report-picture.png"));
  const picture = await readPicture(page, download);
  expect(picture.width).toBe(1_080);
  expect(picture.height).toBeGreaterThan(1_600);
  expect(picture.inked).toBeGreaterThan(0.02);
  await page.getByRole("button", { name: "复制长图" }).click();
  await expect(page.getByText("长图已复制,可以直接粘贴", { exact: true })).toBeVisible();
  const types = await page.evaluate(async () => (await navigator.clipboard.read()).flatMap((item) => item.types));
  expect(types).toContain("image/png");
});

test("a show without any figures has its report and picture too", async ({ page, baseURL }) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const id = await staff.createShow({ title: "示例 · 没有数据", startInMs: 0 });
  await page.goto(`/shows/${id}/report`);
  await expect(page.getByText("还没开播", { exact: true })).toBeVisible();
  await staff.send(id, "session.start", { reason: "示例" });
  await staff.send(id, "session.end", {});
  await page.reload();
  await expect(page.getByText("还没有成交数据")).toBeVisible();
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "保存长图" }).click();
  const picture = await readPicture(page, await saved);
  expect(picture).toMatchObject({ width: 1_080 });
  expect(picture.inked).toBeGreaterThan(0.005);
});

test("when half an hour is full by the show's clock its text is ready to copy", async ({ page, baseURL }) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const id = await staff.createShow({ title: "示例 · 彩排战报", rehearsal: true });
  await staff.send(id, "bag.applySheet", { products: sheet });
  const control = await (await page.request.get(`/api/v1/sessions/${id}/view?audience=control`)).json();
  await staff.send(id, "session.start", { reason: "示例" });
  for (const [productId] of control.slices.products.rows as [string, unknown][]) {
    await staff.send(id, "bag.add", { productId });
    await staff.send(id, "bag.openSale", { productId });
  }
  await page.goto(`/shows/${id}/control`);
  const hint = page.getByRole("button", { name: /战报/ });
  await expect(hint).toHaveAccessibleName("战报");
  const place = await hint.boundingBox();
  await staff.rehearse(id, "post", { speed: 60, minutes: 34, audience: true });
  await expect(hint).toHaveAccessibleName(/^\d\d:\d\d 战报可复制$/);
  // A hint: nothing beside it has moved.
  expect((await hint.boundingBox())?.width).toBe(place?.width);
  await page.keyboard.press("z");
  const shown = await page.getByRole("textbox", { name: /战报文字/ }).inputValue();
  // The browser lets a page write to the clipboard only while it has the focus, which a headless one gets late.
  await page.bringToFront();
  await expect(async () => {
    await page.getByRole("button", { name: "复制文字" }).click({ timeout: 5_000 });
    await expect(page.getByText("战报文字已复制", { exact: true })).toBeVisible({ timeout: 5_000 });
  }).toPass();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(text).toBe(shown);
  expect(text).toMatch(/^【\[彩排\] 示例 · 彩排战报】\d\d:\d\d 战报\(开播 30:00\)\n累计成交 ¥[\d,]+/);
  expect(text).toMatch(/截至 \d\d:\d\d:在线 [\d,]+/);
  // The report goes by the log, which learns of the full half hour with the next thing that happens; the desk's clock runs on between.
  const copy = page.getByRole("button", { name: /复制文字/ }).first();
  await expect(async () => {
    await page.goto(`/shows/${id}/report`);
    await expect(copy).toBeVisible({ timeout: 5_000 });
  }).toPass();
  await copy.click();
  const first = await page.evaluate(() => navigator.clipboard.readText());
  // Orders of these minutes that are heard of later count in it too: the head alone is the same.
  expect(first.split("\n")[0]).toBe(text.split("\n")[0]);
  expect(first).toMatch(/累计成交 ¥[\d,]+/);
});

test("a link opens the report to read, without a sign-in, until it is revoked", async ({
  page,
  baseURL,
  browser,
  watch,
  tolerate,
}) => {
  tolerate(/401|404/);
  const staff = await staffApi(page.request, baseURL ?? "");
  const id = await soldShow(page, staff);
  await staff.send(id, "session.end", {});
  await page.goto(`/shows/${id}/report`);
  await page.getByRole("button", { name: "分享" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "生成链接" }).click();
  const link = await dialog.getByRole("textbox", { name: "分享链接" }).inputValue();
  expect(link).toMatch(/\/r\/kh_[0-9A-Za-z]{20,}$/);
  await expect(dialog.getByText(/只看战报 · .* 生成/)).toBeVisible();
  await expectAccessible(page);
  await page.screenshot({ path: test.info().outputPath("share.png") });

  const guest = await signedOut(browser, watch);
  const reader = await guest.newPage();
  const answer = await reader.goto(link);
  expect(answer?.headers()).toMatchObject({ "cache-control": "private, no-store", "referrer-policy": "no-referrer" });
  expect(answer?.headers()["x-robots-tag"]).toContain("noindex");
  await expect(reader.getByText("¥10,000,000", { exact: true }).first()).toBeVisible();
  await expect(reader.getByText(/只读分享/)).toBeVisible();
  await expect(reader.getByRole("button", { name: "分享" })).toHaveCount(0);
  await expectAccessible(reader);
  expect(await reader.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await reader.screenshot({ path: test.info().outputPath("shared-390.png"), fullPage: true });
  await reader.getByRole("button", { name: "English" }).click();
  await expect(reader.getByText("Same-day figures · may change").first()).toBeVisible();
  await reader.screenshot({ path: test.info().outputPath("shared-390-en.png"), fullPage: true });
  await reader.getByRole("button", { name: "中文" }).click();
  const token = link.split("/").at(-1) ?? "";
  const command = await guest.request.post(`/api/v1/sessions/${id}/commands`, {
    headers: { authorization: `Bearer ${token}` },
    data: { id: "c1", type: "session.reopen", input: {} },
  });
  expect(command.status()).toBe(403);

  await dialog.getByRole("button", { name: "收回" }).click();
  await expect(page.getByText("链接已收回", { exact: true })).toBeVisible();
  await expect(reader.getByText("这个链接打不开")).toBeVisible();
  await expect(reader.getByText(/已被收回/)).toBeVisible();
  await reader.goto(`${link}x`);
  await expect(reader.getByText(/没有这个分享链接/)).toBeVisible();
  await guest.close();
});

test("a link opens the review to read, and nothing in it writes", async ({
  page,
  baseURL,
  browser,
  watch,
  tolerate,
}) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const id = await soldShow(page, staff);
  await staff.send(id, "session.end", {});
  const made = await page.request.post(`/api/v1/sessions/${id}/shares`, {
    headers: { origin: baseURL ?? "" },
    data: { what: "review", days: 1 },
  });
  const shared: { path: string; id: string } = await made.json();
  const guest = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  watch(guest);
  const reader = await guest.newPage();
  const refused: string[] = [];
  reader.on("response", (response) => {
    if (response.status() >= 400) refused.push(`${response.status()} ${response.url()}`);
  });
  await reader.goto(`${baseURL}${shared.path}`);
  await expect(reader.getByRole("heading", { name: /秋冬上新第 12 场/ })).toBeVisible();
  await expect(reader.getByText(/只读分享/)).toBeVisible();
  await reader.waitForTimeout(2_500);
  await reader.screenshot({ path: test.info().outputPath("shared-review.png") });
  // The palette offers what a holder may do, and no page of the staff.
  await reader.keyboard.press("Control+k");
  const palette = reader.getByRole("dialog", { name: "命令" });
  await expect(palette.getByRole("option", { name: "播放 / 暂停" })).toBeVisible();
  for (const place of ["计划", "复盘", "战报", "场次", /观众页/]) {
    await expect(palette.getByRole("option", { name: place, exact: true })).toHaveCount(0);
  }
  await reader.keyboard.press("Escape");
  for (const tab of ["全场", "效果", "改进", "那一刻"]) {
    await reader.getByRole("tab", { name: tab }).click();
    await reader.waitForTimeout(1_000);
    await reader.screenshot({ path: test.info().outputPath(`shared-${tab}.png`) });
  }
  expect(refused).toEqual([]);

  tolerate(/401/);
  await expire(shared.id);
  await expect(reader.getByText("这个链接打不开")).toBeVisible();
  await expect(reader.getByText(/已过期/)).toBeVisible();
  await guest.close();
});
