import { expect, test, type Page } from "@playwright/test";
import { z } from "zod";
import type { CommandInput } from "#domain/ops/index.ts";
import { fen } from "#domain/units.ts";
import { createColleague, openAs } from "./colleague.ts";
import { keys, openControl } from "./desk-page.ts";
import { staffApi, type StaffApi } from "./staff-api.ts";

/** What an operator sees of the desk while the show is big, others act and figures are few: in sight, unmoved, and never a number that nobody knows. */

const PRODUCTS = 300;

async function liveShow(staff: StaffApi): Promise<{ id: string; productIds: readonly string[] }> {
  const id = await staff.createShow({ title: "示例 · 看得见", rehearsal: true });
  const products = Array.from({ length: PRODUCTS }, (_, index) => ({
    linkNo: index + 1,
    platformId: `SIGHT-P${index + 1}`,
    name: `示例 商品 ${index + 1}`,
    skus: [{ platformId: `SIGHT-S${index + 1}`, name: "M", liveFen: 5_900, floorFen: 3_000, sellable: 50, pool: 100 }],
  })) as CommandInput<"bag.applySheet">["products"];
  const { productIds } = await staff.send(id, "bag.applySheet", { products });
  await staff.send(id, "session.start", {});
  return { id, productIds: z.array(z.string()).parse(productIds) };
}

const shelf = (page: Page) => page.getByRole("region", { name: "货架" }).last();
const tape = (page: Page) => page.getByRole("region", { name: "操作记录" }).last();

test("of 300 products the explained one stands whole in the shelf, after its key and after a reload", async ({
  page,
  baseURL,
}) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const { id } = await liveShow(staff);
  await openControl(page, id, "示例 商品 3");
  const row = (link: number) => shelf(page).getByRole("button", { name: new RegExp(`^${link} `) });
  const isWhole = (link: number) => expect(row(link)).toBeInViewport({ ratio: 1 });
  await keys(page, "2", "5", "0", "p");
  await isWhole(250);
  // Upwards the head of the table must not cover it.
  await keys(page, "4", "0", "p");
  await isWhole(40);
  const head = await shelf(page).getByText("链接", { exact: true }).boundingBox();
  const box = await row(40).boundingBox();
  expect(box?.y).toBeGreaterThanOrEqual((head?.y ?? 0) + (head?.height ?? 0));
  await keys(page, "2", "0", "0", "p");
  await isWhole(200);
  await page.reload();
  await isWhole(200);
});

test("nothing moves when a colleague holds everything, nor when the line is lost", async ({
  page,
  baseURL,
  context,
}) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const { id } = await liveShow(staff);
  await openControl(page, id, "示例 商品 3");
  await keys(page, "3", "p");
  const buttons = [
    page.getByRole("button", { name: /^放单/ }),
    page.getByRole("button", { name: /^下一环节/ }),
    page.getByRole("button", { name: /^大屏/ }),
    page.getByRole("button", { name: /^命令/ }),
  ];
  const places = () => Promise.all(buttons.map((button) => button.boundingBox()));
  await expect(buttons[0] ?? page.locator("body")).toBeVisible();
  const before = await places();
  await staff.send(id, "arm.holdAll", {});
  await expect(page.getByText("已拦下全部")).toBeVisible();
  expect(await places()).toEqual(before);
  await context.setOffline(true);
  await expect(page.getByText(/已断开 \d+ 秒/)).toBeVisible();
  expect(await places()).toEqual(before);
  await context.setOffline(false);
  await expect(page.getByText(/已断开 \d+ 秒/)).toHaveCount(0);
  await page.getByRole("button", { name: "解除" }).click();
  await expect(page.getByText("已拦下全部")).toHaveCount(0);
  expect(await places()).toEqual(before);
});

for (const [name, width] of [
  ["warmup", 1440],
  ["pushes", 1440],
  ["warmup", 390],
] as const) {
  test(`nothing moves on ${name} at ${width} px when a colleague holds everything`, async ({ page, baseURL }) => {
    const staff = await staffApi(page.request, baseURL ?? "");
    const { id } = await liveShow(staff);
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`/shows/${id}/${name}`);
    const held = page.getByRole("button", { name: /^拦下全部/ });
    await expect(held).toBeVisible();
    const stays = [
      page.getByRole("link", { name: "进中控" }),
      page.getByRole("tab").first(),
      page.getByRole("tabpanel"),
    ];
    const places = () => Promise.all(stays.map((part) => part.boundingBox()));
    const before = await places();
    await staff.send(id, "arm.holdAll", {});
    await expect(page.getByText("已拦下全部")).toBeVisible();
    expect(await places()).toEqual(before);
    await page.getByRole("button", { name: "解除" }).click();
    await expect(held).toBeVisible();
    expect(await places()).toEqual(before);
  });
}

test("a price that a colleague sets while the dialog stands open is told before it is overwritten", async ({
  page,
  baseURL,
}) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const { id, productIds } = await liveShow(staff);
  const productId = productIds[2] ?? "";
  await staff.send(id, "bag.openSale", { productId });
  await openControl(page, id, "示例 商品 3");
  await keys(page, "3", "e");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("现价 ¥59")).toBeVisible();
  await dialog.getByRole("textbox", { name: "新直播价(元)" }).fill("57");
  await staff.send(id, "bag.setPrice", { productId, priceFen: fen(5_500), confirmFen: fen(5_500) });
  await expect(dialog.getByText("现价 ¥55")).toBeVisible();
  await keys(page, "Enter");
  await expect(dialog.getByText("负责人刚把现价改成 ¥55,没有覆盖。仍要改,就再按一次。")).toBeVisible();
  await keys(page, "Enter");
  await dialog.getByRole("textbox", { name: /再输一遍/ }).fill("57");
  await keys(page, "Enter");
  await expect(tape(page).getByText("3 号 改价 ¥57")).toBeVisible();
});

test("a typed total is no news of minutes, rounds or products: what nobody told is unknown, not ¥0", async ({
  page,
  baseURL,
}) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const { id } = await liveShow(staff);
  await openControl(page, id, "示例 商品 3");
  await keys(page, "3", "p");
  await keys(page, "n");
  await page.getByPlaceholder("成交 ¥").fill("1000万");
  await keys(page, "Enter");
  await expect(page.getByText("¥10,000,000")).toBeVisible();
  const chart = page.getByRole("region", { name: "每分钟成交金额" });
  await expect(chart.getByText("只有总数,可导入订单")).toBeVisible();
  await expect(page.getByText("– 还没有订单数据")).toBeVisible();
  await expect(page.getByText("¥0", { exact: true })).toHaveCount(0);
});

test("in a dialog the hand is at its first field, and Escape leads back to the keys", async ({ page, baseURL }) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const { id } = await liveShow(staff);
  await openControl(page, id, "示例 商品 3");
  await keys(page, "3", "a");
  await expect(page.getByRole("textbox", { name: "M 可售" })).toBeFocused();
  await keys(page, "4", "5", "Enter", "Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(shelf(page).getByRole("button", { name: /^3 .*45 \/ 0 \/ 100/ })).toBeVisible();
  await keys(page, "3", "p");
  await expect(tape(page).getByText("讲解 3 号", { exact: true })).toBeVisible();
});

test("what a person may not do is no key for them, and a show that is not there leads back to those that are", async ({
  page,
  browser,
  baseURL,
}) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const { id } = await liveShow(staff);
  const address = baseURL ?? "";
  const colleague = { name: "示例助播", username: "sight-assistant", roles: ["assistant"] as const };
  const theirs = await openAs(browser, await createColleague(page.request, address, colleague), address);
  await openControl(theirs, id, "示例 商品 3");
  await expect(theirs.getByText("先输几号链接,再按键:12 P 讲解", { exact: true })).toBeVisible();
  await keys(theirs, "3");
  const bar = theirs.locator("output").filter({ hasText: "示例 商品 3" });
  await expect(bar).toContainText(/P\s*讲解/);
  await expect(bar).not.toContainText(/放单|改价|上链接|售罄/);
  await theirs.goto("/shows/s_gone/control");
  await theirs.getByRole("link", { name: "回场次列表" }).click();
  await expect(theirs.getByRole("heading", { name: "场次", exact: true })).toBeVisible();
  await theirs.context().close();
});

test("on a phone the list leads into its shows without moving sideways", async ({ page, baseURL }) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const title = "示例 · 手机上也看得清的一个长标题 双十二返场";
  await staff.createShow({ title });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/shows");
  await page.getByRole("textbox", { name: "搜标题" }).fill(title);
  const row = page.getByRole("row", { name: new RegExp(title) });
  await expect(row.getByRole("link", { name: "计划", exact: true })).toBeInViewport({ ratio: 1 });
  await expect(row.getByText("筹备中").filter({ visible: true })).toBeInViewport({ ratio: 1 });
  await row.getByRole("button", { name: /的更多操作$/ }).click();
  await page.getByRole("menuitem", { name: "中控" }).click();
  await expect(page).toHaveURL(/\/control/);
});
