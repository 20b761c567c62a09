import { expect } from "@playwright/test";
import { expectAccessible, test } from "./clean-page.ts";
import { staffApi } from "./staff-api.ts";

const HOUR = 3_600_000;

test("shows are found by title, phase and kind; nothing found says how to go on", async ({ page, baseURL }) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  await staff.createShow({ title: "示例 · 找得到的真场" });
  await staff.createShow({ title: "示例 · 找得到的彩排", rehearsal: true });
  const live = await staff.createShow({ title: "示例 · 找得到的在播" });
  await staff.send(live, "session.start", { reason: "示例" });

  await page.goto("/shows");
  const table = page.getByRole("table", { name: "场次" });
  await page.getByRole("textbox", { name: "搜标题" }).fill("找得到的");
  await expect(table.getByRole("row")).toHaveCount(4);
  await expectAccessible(page);

  await page.getByRole("combobox", { name: "类型" }).click();
  await page.getByRole("option", { name: "只看彩排" }).click();
  await expect(table.getByRole("row")).toHaveCount(2);
  await expect(table.getByRole("link", { name: "示例 · 找得到的彩排" })).toBeVisible();

  await page.getByRole("combobox", { name: "阶段" }).click();
  await page.getByRole("option", { name: "直播中" }).click();
  await expect(page.getByText("没有符合条件的场次")).toBeVisible();
  await page.getByRole("button", { name: "清空筛选" }).first().click();
  await expect(page.getByRole("textbox", { name: "搜标题" })).toHaveValue("");
  // A running show leads to the control room first.
  await expect(table.getByRole("link", { name: "示例 · 找得到的在播" })).toHaveAttribute(
    "href",
    `/shows/${live}/control`,
  );
});

test("a new show says what it lacks, a rehearsal lets viewers claim, and keeps its flag in sight", async ({
  page,
  baseURL,
}) => {
  await staffApi(page.request, baseURL ?? "");
  await page.goto("/shows");
  await page.getByRole("button", { name: "新建场次" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "新建场次" }).click();
  await expect(dialog.getByText("请填标题。")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("textbox", { name: "标题", exact: true }).fill("示例 · 新建的彩排");
  await dialog.getByRole("switch", { name: "这是一场彩排" }).click();
  await dialog.getByRole("button", { name: "新建场次" }).click();

  await expect(page).toHaveURL(/\/plan/);
  await expect(page.getByRole("heading", { name: "示例 · 新建的彩排" })).toBeVisible();
  await expect(page.getByText("彩排", { exact: true })).toBeVisible();
  await expect(page.getByRole("switch", { name: "未登录的观众也能领券、参加抽奖" })).toBeChecked();
});

test("a past show is copied with its plan and without its orders", async ({ page, baseURL }) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const past = await staff.createShow({ title: "示例 · 上一场", startInMs: -5 * HOUR });
  await staff.send(past, "bag.applySheet", {
    products: [
      {
        linkNo: 7,
        name: "示例 羊毛围巾",
        skus: [{ name: "驼色", liveFen: 13_900, floorFen: 12_000, sellable: 10, pool: 5 }],
      },
    ],
  });
  await staff.send(past, "coupon.plan", {
    carrier: "own",
    title: "示例 满 300 减 50",
    discount: { kind: "moneyOff", thresholdFen: 30_000, offFen: 5_000, productIds: null },
    total: 100,
    perPerson: 1,
  });
  await staff.send(past, "session.start", { reason: "示例" });
  await staff.send(past, "bag.explain", { productId: await productOf(past) });
  await staff.send(past, "session.end", {});

  await page.goto("/shows");
  // Other tests leave more shows than one page of the list holds.
  await page.getByRole("textbox", { name: "搜标题" }).fill("示例 · 上一场");
  await page.getByRole("button", { name: "示例 · 上一场 的更多操作" }).click();
  await page.getByRole("menuitem", { name: "照此新建一场" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("textbox", { name: "标题", exact: true })).toHaveValue("示例 · 上一场(复制)");
  await dialog.getByRole("button", { name: "新建场次" }).click();
  await expect(page).toHaveURL(/\/plan/);
  await expect(page.getByText("筹备中", { exact: true })).toBeVisible();
  await page.getByRole("tab", { name: /排品表/ }).click();
  await expect(page.getByRole("textbox", { name: "商品", exact: true })).toHaveValue("示例 羊毛围巾");
  await expect(page.getByRole("textbox", { name: "链接号", exact: true })).toHaveValue("7");
  await page.getByRole("tab", { name: /优惠券/ }).click();
  await expect(page.getByRole("cell", { name: "未推" })).toBeVisible();
  await page.goto("/shows");
  const row = page.getByRole("row", { name: /示例 · 上一场\(复制\)/ });
  await expect(row.getByRole("cell", { name: "–", exact: true })).toHaveCount(2);

  async function productOf(sessionId: string): Promise<string> {
    const answer = await page.request.get(`/api/v1/sessions/${sessionId}/view?audience=control`);
    const { slices } = await answer.json();
    return slices.products.rows[0][0];
  }
});
