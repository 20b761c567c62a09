import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import { expectAccessible, test } from "./clean-page.ts";
import { staffApi, type StaffApi } from "./staff-api.ts";

const HOUR = 3_600_000;
const MINUTE = 60_000;

const scarf = {
  linkNo: 1,
  name: "示例 围巾",
  platformId: "P1",
  skus: [{ name: "默认", platformId: "S1", liveFen: 9_900, sellable: 100, pool: 0 }],
};
const gloves = {
  linkNo: 2,
  name: "示例 手套",
  platformId: "P2",
  skus: [{ name: "默认", platformId: "S2", liveFen: 5_900, floorFen: 5_000, sellable: 50, pool: 10 }],
};

/** A show of two hours that sold `orders` scarves, one every five minutes; 30 days ago and later, by `age`. */
async function pastShow(
  staff: StaffApi,
  plan: { readonly title: string; readonly orders: number; readonly ageDays: number; readonly rehearsal?: boolean },
): Promise<string> {
  const { title, orders, ageDays, rehearsal = false } = plan;
  const startedAt = Date.now() - ageDays * 24 * HOUR;
  const id = await staff.createShow({ title, startInMs: -ageDays * 24 * HOUR, rehearsal });
  await staff.send(id, "bag.applySheet", { products: [scarf, gloves] });
  await staff.send(id, "session.start", { reason: "示例" });
  await staff.send(id, "session.end", {});
  if (rehearsal) return id;
  await staff.send(id, "session.correctTimes", { startedAt, endedAt: startedAt + 2 * HOUR });
  const items = Array.from({ length: orders }, (_, n) => {
    const paidAt = startedAt + n * 5 * MINUTE;
    const line = { lineId: "1", productId: "P1", skuId: "S1", units: 1, paidFen: 9_900 };
    return {
      orderId: `o${n}`,
      sourceUpdatedAt: paidAt,
      status: "paid" as const,
      placedAt: paidAt,
      paidAt,
      lines: [line],
    };
  });
  if (items.length > 0) await staff.send(id, "order.recordMany", { items });
  return id;
}

const tick = (page: Page, title: string) => page.getByRole("checkbox", { name: `勾选「${title}」对比` }).click();

test("shows ticked in the list stand side by side, with differences to the one that is made the base", async ({
  page,
  baseURL,
}) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  await pastShow(staff, { title: "示例 · 并排甲", orders: 10, ageDays: 9 });
  await pastShow(staff, { title: "示例 · 并排乙", orders: 20, ageDays: 8 });
  await pastShow(staff, { title: "示例 · 并排无单", orders: 0, ageDays: 7 });
  await pastShow(staff, { title: "示例 · 并排彩排", orders: 0, ageDays: 0, rehearsal: true });
  await page.goto("/shows");
  await page.getByRole("textbox", { name: "搜标题" }).fill("并排");
  await expect(page.getByRole("table", { name: "场次" }).getByRole("row")).toHaveCount(5);
  await tick(page, "示例 · 并排甲");
  await expect(page.getByText("再选一场就能对比")).toBeVisible();
  await tick(page, "示例 · 并排乙");
  await tick(page, "示例 · 并排无单");
  await tick(page, "示例 · 并排彩排");
  await page.getByRole("link", { name: "对比", exact: true }).click();

  await expect(page).toHaveURL(/\/compare\?ids=/);
  await expect(page.getByText("彩排不和真实场次相比,先放在一边:示例 · 并排彩排。")).toBeVisible();
  const table = page.getByRole("table", { name: "数据并排" });
  const paid = table.getByRole("row", { name: /^成交金额/ });
  await expect(paid.getByRole("cell")).toHaveText(["¥990", /¥1,980.*\+100\.0%/, /还没有订单数据/]);
  await table.getByRole("button", { name: "设为基准:示例 · 并排乙" }).click();
  await expect(paid.getByRole("cell").first()).toHaveText(/¥990.*−50\.0%/);
  await expect(page).toHaveURL(/base=/);
  await expect(table.getByRole("row", { name: /^时长/ }).getByRole("cell").first()).toHaveText(/2:00:00/);
  await expect(page.getByRole("figure", { name: "累计成交,3 场并排" })).toBeVisible();
  await expectAccessible(page);

  // A press in the legend takes the line away.
  const legend = page.getByRole("list", { name: "图例,点一下收起或展开" });
  await legend.getByRole("button", { name: /并排甲/ }).click();
  await expect(page.getByRole("figure", { name: "累计成交,2 场并排" })).toBeVisible();
  await page.getByRole("button", { name: "一起比较" }).click();
  await expect(table.getByRole("columnheader")).toHaveCount(5);

  // Acts of one minute share a badge, which lists them; each leads to its second.
  const acts = page.getByRole("toolbar", { name: /并排彩排/ });
  const first = acts.getByRole("button").first();
  await first.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog").getByRole("listitem").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(first).toBeFocused();
});

test("a room's shows stand under one another: sorted, with their trend, as a file", async ({ page, baseURL }) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  await pastShow(staff, { title: "示例 · 走势一", orders: 4, ageDays: 6 });
  await pastShow(staff, { title: "示例 · 走势二", orders: 8, ageDays: 5 });
  await page.goto("/shows");
  await page.getByRole("link", { name: "场次走势" }).click();
  await expect(page.getByRole("heading", { name: "场次走势" })).toBeVisible();
  const table = page.getByRole("table", { name: "场次走势" });
  const row = (title: string) => table.getByRole("row").filter({ hasText: title });
  // The table follows the logs by about a second.
  await expect(async () => {
    await page.reload();
    await expect(row("示例 · 走势二").getByRole("cell").nth(3)).toHaveText(/¥792/, { timeout: 5_000 });
  }).toPass();
  await expectAccessible(page);
  await table.getByRole("button", { name: "成交订单" }).click();
  await expect(table.getByRole("columnheader", { name: "成交订单" })).toHaveAttribute("aria-sort", "descending");
  const titles = await table.getByRole("link").allTextContents();
  expect(titles.indexOf("示例 · 走势二")).toBeLessThan(titles.indexOf("示例 · 走势一"));

  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "导出 CSV" }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^shows-.*\.csv$/);
  await page.getByRole("button", { name: "彩排", exact: true }).click();
  await expect(page.getByRole("table").or(page.getByText("还没有开始过的彩排"))).toBeVisible();
});

test("a plan takes a stretch of an earlier rundown, brings what it lacks, and gives it back", async ({
  page,
  baseURL,
}) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const past = await staff.createShow({ title: "示例 · 取流程的源", startInMs: -3 * HOUR });
  const applied = await staff.send(past, "bag.applySheet", { products: [scarf, gloves] });
  const [scarfId = "", glovesId = ""] = Array.from(applied["productIds"] ?? []);
  await staff.send(past, "rundown.setCues", {
    cues: [
      { kind: "talk", title: "示例 开场" },
      { kind: "explain", title: "示例 讲围巾", productId: scarfId, acts: [{ type: "explain", productId: scarfId }] },
      { kind: "explain", title: "示例 讲手套", productId: glovesId },
      { kind: "talk", title: "示例 收尾" },
    ],
  });
  await staff.send(past, "session.start", { reason: "示例" });
  await staff.send(past, "session.end", {});
  const coming = await staff.createShow({ title: "示例 · 取流程的场次" });
  await staff.send(coming, "bag.applySheet", { products: [{ ...scarf, linkNo: 8 }] });

  await page.goto(`/shows/${coming}/plan#rundown`);
  await page.getByRole("button", { name: "从过往场次取流程" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "取自" }).click();
  await page.getByRole("option", { name: /取流程的源/ }).click();
  await dialog.getByRole("checkbox", { name: /示例 收尾/ }).click();
  await expect(dialog.getByText("1 个商品不在目标场次的排品表里")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "放入 3 个环节" }).click();
  await expect(page.getByText("已把 3 个环节放到「示例 · 取流程的场次」", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: /示例 讲手套/ }).first()).toBeVisible();
  await page.getByRole("button", { name: "撤销", exact: true }).click();
  await expect(page.getByText("已撤销,和复制前一样", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: /示例 讲手套/ })).toHaveCount(0);
});
