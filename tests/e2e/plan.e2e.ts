import { expect, type Page } from "@playwright/test";
import { workbook } from "#tests/support/workbook.ts";
import { expectAccessible, test } from "./clean-page.ts";
import { createColleague, openAs } from "./colleague.ts";
import { dragByKeys } from "./drag-by-keys.ts";
import { staffApi } from "./staff-api.ts";

const HEADER = ["链接号", "商品名称", "栏目七", "直播价", "底价", "可售"];
const sheetOf = (...rows: string[][]) => [HEADER, ...rows].map((row) => row.join("\t")).join("\n");

async function paste(page: Page, text: string) {
  await page.getByRole("button", { name: /粘贴排品表|再贴一次排品表/ }).click();
  const dialog = page.getByRole("dialog");
  const field = dialog.getByRole("textbox", { name: "粘贴到这里(Ctrl V)" });
  await field.click();
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.keyboard.press("Control+v");
  await expect(dialog.getByRole("heading", { name: "核对每一列" })).toBeVisible();
  return dialog;
}

const namesShown = (page: Page) =>
  page
    .getByRole("textbox", { name: "商品", exact: true })
    .evaluateAll((fields: HTMLInputElement[]) => fields.map(({ value }) => value));
const linksShown = (page: Page) =>
  page
    .getByRole("textbox", { name: "链接号", exact: true })
    .evaluateAll((fields: HTMLInputElement[]) => fields.map(({ value }) => value));

test("a team's own sheet: columns mapped once and remembered, errors by cell, differences at the second paste", async ({
  page,
  context,
  baseURL,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const staff = await staffApi(page.request, baseURL ?? "");
  const id = await staff.createShow({ title: "示例 · 贴表" });
  await page.goto(`/shows/${id}/plan#products`);

  const first = await paste(
    page,
    sheetOf(["1", "示例 背心", "拍一发一", "109", "90", "20"], ["2", "示例 围巾", "换购手套", "一百多", "120", "30"]),
  );
  const unknown = first.getByRole("combobox", { name: "「栏目七」这一列是什么" });
  await expect(unknown).toHaveText("不导入");
  await unknown.click();
  await page.getByRole("option", { name: "机制", exact: true }).click();
  await expectAccessible(page);
  await first.getByRole("button", { name: "预览改动" }).click();
  const wrong = first.getByRole("table", { name: "有错,不导入" }).getByRole("row", { name: /D3/ });
  await expect(wrong).toContainText("直播价");
  await expect(wrong).toContainText("一百多");
  await expect(wrong).toContainText("金额读不出来");
  await first.getByRole("button", { name: "导入 1 个商品" }).click();
  await expect(page.getByText("排品表已导入:新增 1,改动 0,移除 0", { exact: true })).toBeVisible();
  await expect.poll(() => namesShown(page)).toEqual(["示例 背心"]);

  const second = await paste(
    page,
    sheetOf(["1", "示例 背心", "拍一发二", "99", "90", "20"], ["2", "示例 围巾", "换购手套", "139", "120", "30"]),
  );
  await expect(second.getByRole("combobox", { name: "「栏目七」这一列是什么" })).toHaveText("机制");
  await second.getByRole("button", { name: "预览改动" }).click();
  const changed = second.getByRole("listitem").filter({ hasText: "示例 背心" });
  await expect(changed).toContainText("¥109");
  await expect(changed).toContainText("¥99");
  await expect(changed).toContainText("拍一发二");
  await second.getByRole("button", { name: "导入 2 个商品" }).click();
  await expect(page.getByText("排品表已导入:新增 1,改动 1,移除 0", { exact: true })).toBeVisible();

  const third = await paste(
    page,
    sheetOf(["1", "示例 背心", "拍一发二", "99", "90", "20"], ["2", "示例 围巾", "换购手套", "139", "120", "30"]),
  );
  await third.getByRole("button", { name: "预览改动" }).click();
  await expect(third.getByText("2 个商品没变")).toBeVisible();

  // Another show of the same room knows the column too.
  await page.goto(`/shows/${await staff.createShow({ title: "示例 · 贴表二" })}/plan#products`);
  const elsewhere = await paste(page, sheetOf(["1", "示例 帽子", "买二送一", "59", "50", "9"]));
  await expect(elsewhere.getByRole("combobox", { name: "「栏目七」这一列是什么" })).toHaveText("机制");
});

test("a workbook keeps long ids whole, and a cut one is told by its cell", async ({ page, baseURL }) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  await page.goto(`/shows/${await staff.createShow({ title: "示例 · 选文件" })}/plan#products`);
  await page.getByRole("button", { name: "粘贴排品表" }).click();
  const dialog = page.getByRole("dialog");
  const book = workbook({
    排品: [
      ["商品ID", "商品名称", "直播价", "可售"],
      [{ digits: "10000123456789" }, "示例 外套", { digits: "399" }, { digits: "20" }],
      [{ digits: "1.00001234567890E+19" }, "示例 毛衣", { digits: "299" }, { digits: "10" }],
    ],
  });
  await dialog.locator("input[type=file]").setInputFiles({
    name: "示例排品.xlsx",
    mimeType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    buffer: Buffer.from(book),
  });
  await dialog.getByRole("button", { name: "预览改动" }).click();
  await expect(dialog.getByRole("row", { name: /A3/ })).toContainText("编号被表格改坏了");
  await dialog.getByRole("button", { name: /^导入 \d 个商品$/ }).click();
  await page.getByRole("button", { name: "编辑 示例 外套" }).click();
  await expect(page.getByRole("textbox", { name: "平台商品编号" })).toHaveValue("10000123456789");
});

test("dragging changes the order and never a link number; the keyboard can do it too", async ({ page, baseURL }) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const id = await staff.createShow({ title: "示例 · 拖动" });
  await staff.send(id, "bag.applySheet", {
    products: ["甲", "乙", "丙", "丁"].map((name, index) => ({
      linkNo: (index + 1) * 10,
      name: `示例 ${name}`,
      skus: [{ name: "默认", liveFen: 10_000, floorFen: 9_000, sellable: 5, pool: 0 }],
    })),
  });
  await page.goto(`/shows/${id}/plan#products`);
  await expect.poll(() => linksShown(page)).toEqual(["10", "20", "30", "40"]);
  const grip = (name: string) => page.getByRole("button", { name: `拖动排序:示例 ${name}` });
  const from = await grip("甲").boundingBox();
  const to = await grip("丙").boundingBox();
  if (!from || !to) throw new Error("the grips are not on the page");
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x + 8, from.y + 30, { steps: 4 });
  await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 8 });
  await page.mouse.up();
  await expect.poll(() => linksShown(page)).toEqual(["20", "30", "10", "40"]);

  await dragByKeys(page, grip("丁"), ["ArrowUp"]);
  await expect.poll(() => linksShown(page)).toEqual(["20", "30", "40", "10"]);

  await page.reload();
  await expect.poll(() => namesShown(page)).toEqual(["示例 乙", "示例 丙", "示例 丁", "示例 甲"]);
  await expect.poll(() => linksShown(page)).toEqual(["20", "30", "40", "10"]);
});

test("two people at one field: who comes second sees the first one's words and decides", async ({
  page,
  browser,
  baseURL,
  watch,
}) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const id = await staff.createShow({ title: "示例 · 两个人" });
  const colleague = await createColleague(page.request, baseURL ?? "", {
    name: "示例乙",
    username: "plan-second",
    roles: ["operator"],
  });
  const other = await openAs(browser, colleague, baseURL ?? "");
  watch(other.context());
  await page.goto(`/shows/${id}/plan`);
  await other.goto(`/shows/${id}/plan`);
  const title = (who: Page) => who.getByRole("textbox", { name: "标题", exact: true });
  await expect(title(other)).toHaveValue("示例 · 两个人");
  await expect(page.getByTitle("示例乙").or(page.getByLabel("示例乙")).first()).toBeVisible();

  await title(page).click();
  await title(page).fill("示例 · 甲的标题");
  await title(other).fill("示例 · 乙的标题");
  await other.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "示例 · 乙的标题" })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByText("示例乙 刚把这里改成「示例 · 乙的标题」。")).toBeVisible();
  await expect(title(other)).toHaveValue("示例 · 乙的标题");
  await page.getByRole("button", { name: "用我的「示例 · 甲的标题」" }).click();
  await expect(other.getByRole("heading", { name: "示例 · 甲的标题" })).toBeVisible();
  await expect(title(other)).toHaveValue("示例 · 甲的标题");

  // A field nobody else touches is simply saved.
  await other.getByRole("textbox", { name: "成交金额" }).fill("12.5万");
  await other.keyboard.press("Tab");
  await expect(page.getByRole("textbox", { name: "成交金额" })).toHaveValue("125,000");
  await other.reload();
  await expect(other.getByRole("textbox", { name: "成交金额" })).toHaveValue("125,000");
  await other.context().close();
});

test("two people at one coupon, one draw and one price: nothing unseen is overwritten, and neither side is lost", async ({
  page,
  browser,
  baseURL,
  watch,
}) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const id = await staff.createShow({ title: "示例 · 两个人写一张券" });
  const discount = { kind: "moneyOff" as const, thresholdFen: 30_000, offFen: 5_000, productIds: null };
  await staff.send(id, "coupon.plan", { carrier: "shop", title: "示例 满减", discount, total: 1_000 });
  const prizes = [{ name: "示例 围巾", count: 1, valueFen: 26_900 }];
  await staff.send(id, "lottery.plan", { carrier: "platformBag", title: "示例 福袋", prizes, durationMs: 300_000 });
  await staff.send(id, "bag.createProduct", {
    name: "示例 背心",
    skus: [{ name: "默认", plannedFen: 10_900, plannedSellable: 20 }],
  });
  const colleague = await createColleague(page.request, baseURL ?? "", {
    name: "示例丙",
    username: "plan-third",
    roles: ["operator"],
  });
  const other = await openAs(browser, colleague, baseURL ?? "");
  watch(other.context());
  const both = [page, other] as const;
  const dialog = (who: Page) => who.getByRole("dialog");
  const openAt = async (part: string, button: string) => {
    for (const who of both) {
      await who.goto(`/shows/${id}/plan#${part}`);
      await who.getByRole("button", { name: button }).click();
      await expect(dialog(who)).toBeVisible();
    }
  };
  const save = async (who: Page) => {
    await dialog(who).getByRole("button", { name: "保存" }).click();
    await expect(dialog(who)).toBeHidden();
  };

  await openAt("coupons", "编辑 示例 满减");
  const name = (who: Page) => dialog(who).getByRole("textbox", { name: "名称", exact: true });
  await name(page).fill("示例 甲的券");
  await name(other).fill("示例 丙的券");
  await dialog(other).getByRole("textbox", { name: "使用说明" }).fill("示例 限一次");
  await save(other);
  await expect(dialog(page).getByText("示例丙 刚把「名称」改成「示例 丙的券」。")).toBeVisible();
  await expect(name(page)).toHaveValue("示例 甲的券");
  await expect(dialog(page).getByRole("textbox", { name: "使用说明" })).toHaveValue("示例 限一次");
  await expect(dialog(page).getByRole("button", { name: "保存" })).toBeDisabled();
  await expectAccessible(page);
  await dialog(page).getByRole("button", { name: "用我的「示例 甲的券」" }).click();
  await save(page);
  for (const who of both) await expect(who.getByRole("cell", { name: "示例 甲的券", exact: true })).toBeVisible();

  await openAt("lotteries", "编辑 示例 福袋");
  await name(page).fill("示例 甲的福袋");
  await name(other).fill("示例 丙的福袋");
  await save(other);
  await dialog(page).getByRole("button", { name: "用新的" }).click();
  await expect(name(page)).toHaveValue("示例 丙的福袋");
  await save(page);
  await expect(page.getByRole("cell", { name: "示例 丙的福袋", exact: true })).toBeVisible();

  for (const who of both) await who.goto(`/shows/${id}/plan#products`);
  const price = (who: Page) => who.getByRole("textbox", { name: "直播价", exact: true });
  await expect(price(page)).toHaveValue("109");
  await price(page).click();
  await price(page).fill("99");
  await price(other).fill("89");
  await other.keyboard.press("Enter");
  await expect(price(other)).toHaveValue("89");
  await page.waitForTimeout(300);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "这里刚被改成「¥89」。" }).click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "用我的「¥99」" }).click();
  await expect(price(other)).toHaveValue("99");
  await other.context().close();
});

test("every part of a plan is filled by hand, saved as one goes, and can be used without eyes or mouse", async ({
  page,
  baseURL,
}) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  // As in a LAN without https, where browsers have none.
  await page.addInitScript(() => Reflect.deleteProperty(Crypto.prototype, "randomUUID"));
  const id = await staff.createShow({ title: "示例 · 一步步" });
  await page.goto(`/shows/${id}/plan`);
  const tab = (name: RegExp) => page.getByRole("tab", { name }).click();
  const dialog = page.getByRole("dialog");
  await expectAccessible(page);

  await tab(/直播流程表/);
  await page.getByRole("button", { name: "用常用模板" }).click();
  await page.getByRole("button", { name: "加环节" }).click();
  await expect(page.getByRole("textbox", { name: "环节", exact: true })).toBeFocused();
  await page.keyboard.type("示例 插播");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: /口播 示例 插播/ })).toBeVisible();
  await expectAccessible(page);

  await tab(/优惠券/);
  await page.getByRole("button", { name: "加优惠券" }).first().click();
  await dialog.getByRole("button", { name: "保存" }).click();
  await expect(dialog.getByText("请填名称。")).toBeVisible();
  await dialog.getByRole("textbox", { name: "名称", exact: true }).fill("示例 满 300 减 50");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "保存" }).click();
  await expect(page.getByRole("cell", { name: "示例 满 300 减 50", exact: true })).toBeVisible();

  await tab(/福袋与抽奖/);
  await page.getByRole("button", { name: "加抽奖" }).first().click();
  await dialog.getByRole("button", { name: "群内抽奖" }).click();
  await dialog.getByRole("button", { name: "保存" }).click();
  await expect(dialog.getByText("请填每份奖品的名称。")).toBeVisible();
  await dialog.getByRole("textbox", { name: "名称", exact: true }).fill("示例 抽围巾");
  await dialog.getByRole("textbox", { name: "奖品名称" }).fill("示例 围巾");
  await dialog.getByRole("textbox", { name: "规则" }).fill("示例规则");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "保存" }).click();
  await expect(page.getByRole("cell", { name: "示例 抽围巾", exact: true })).toBeVisible();

  await tab(/快捷消息/);
  await expectAccessible(page);
  await tab(/开播检查/);
  const line = page.getByRole("textbox", { name: "新的检查项" });
  await line.fill("示例 检查");
  await page.keyboard.press("Enter");
  await page.getByRole("checkbox", { name: "完成:示例 检查" }).click();
  await expectAccessible(page);

  await page.reload();
  await expect(page.getByRole("checkbox", { name: "完成:示例 检查" })).toBeChecked();
  await tab(/直播流程表/);
  await expect(page.getByRole("button", { name: /口播 示例 插播/ })).toBeVisible();
});
