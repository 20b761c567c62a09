import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import { freePort } from "#tests/support/ports.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { tempDir } from "#tests/support/temp-dir.ts";
import { expectAccessible, test } from "./clean-page.ts";

/**
 * Somebody who knows the README only, on a first start of their own: the printed password, the samples, a sheet, a rehearsal before
 * the simulated audience, the end, and back to a second of it.
 */

let place: ReturnType<typeof tempDir>;
let server: TestServer;
let port: number;

const start = () => startServer({ port, dataDir: place.dir, env: { KAIBO_SAMPLES: "on" } });

test.describe.configure({ mode: "serial" });
test.use({
  viewport: { width: 1440, height: 900 },
  permissions: ["clipboard-read", "clipboard-write"],
});
// The first test waits for two whole minutes of a show that has just begun.
test.setTimeout(240_000);

test.beforeAll(async () => {
  place = tempDir("newcomer");
  port = await freePort();
  server = await start();
});
test.afterEach(() => {
  if (test.info().status !== test.info().expectedStatus) console.log(server.output().slice(-4_000));
});
test.afterAll(async () => {
  await server.stop();
  place.remove();
});

const printedPassword = () => /[a-z0-9]{4}(?:-[a-z0-9]{4}){3}/.exec(server.output())?.[0] ?? "";

async function signIn(page: Page) {
  await page.goto(`${server.url}/`);
  await page.getByRole("textbox", { name: "用户名" }).fill("owner");
  await page.getByLabel("密码").fill(printedPassword());
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "场次", exact: true })).toBeVisible();
}

async function press(page: Page, ...keys: string[]) {
  for (const key of keys) await page.keyboard.press(key);
}

const tape = (page: Page) => page.getByRole("region", { name: "操作记录" }).last();
/** Keys go to the room, not to a field that has just been left. */
const leaveField = (page: Page) => page.keyboard.press("Escape");

async function makeRehearsal(page: Page) {
  await page.getByRole("button", { name: "新建场次" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "标题", exact: true }).fill("示例 · 我的第一场");
  await dialog.getByRole("switch", { name: "这是一场彩排" }).click();
  await dialog.getByRole("button", { name: "新建场次" }).click();
  await expect(page).toHaveURL(/\/plan/);
}

async function pasteSample(page: Page) {
  const sheet = await readFile(new URL("../../docs/sample-sheet.tsv", import.meta.url), "utf8");
  await page.getByRole("tab", { name: /排品表/ }).click();
  await page.getByRole("button", { name: "粘贴排品表" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox").click();
  await page.evaluate((text) => navigator.clipboard.writeText(text), sheet);
  await press(page, "Control+v");
  await expect(dialog.getByText("16 列认出 16 列")).toBeVisible();
  // Our own sample needs no second look.
  await expect(dialog.getByText("看一眼")).toHaveCount(0);
  await dialog.getByRole("button", { name: "预览改动" }).click();
  await dialog.getByRole("button", { name: "导入 12 个商品" }).click();
  await expect(page.getByText("排品表已导入:新增 12,改动 0,移除 0", { exact: true })).toBeVisible();
}

async function planTheRest(page: Page) {
  const dialog = page.getByRole("dialog");
  await page.getByRole("tab", { name: /直播流程表/ }).click();
  await page.getByRole("button", { name: "按排品表生成(12 个)" }).click();
  await expect(page.getByText(/^12 个环节/)).toBeVisible();
  await page.getByRole("tab", { name: /优惠券/ }).click();
  await page.getByRole("button", { name: "加优惠券" }).first().click();
  await dialog.getByRole("button", { name: "自有券" }).click();
  await dialog.getByRole("textbox", { name: "名称", exact: true }).fill("示例满减券");
  await dialog.getByRole("button", { name: "保存" }).click();
  await page.getByRole("tab", { name: /福袋与抽奖/ }).click();
  await page.getByRole("button", { name: "加抽奖" }).first().click();
  await dialog.getByRole("button", { name: "群内抽奖" }).click();
  await dialog.getByRole("textbox", { name: "名称", exact: true }).fill("示例抽围巾");
  const minutes = dialog.getByRole("textbox", { name: "时长(分钟)" });
  await minutes.fill("1");
  await dialog.getByRole("textbox", { name: "奖品名称" }).fill("示例 围巾");
  await dialog.getByRole("textbox", { name: "规则" }).fill("示例:谁都能参加,一分钟后开奖,客服联系中奖人。");
  await dialog.getByRole("button", { name: "保存" }).click();
  await expect(page.getByRole("cell", { name: "示例抽围巾", exact: true })).toBeVisible();
}

async function goLive(page: Page) {
  await page.getByRole("link", { name: "进中控" }).click();
  await page.getByRole("button", { name: "开始彩排" }).click();
  await page.getByRole("combobox", { name: "速度" }).click();
  await page.getByRole("option", { name: "10×" }).click();
  await page.getByRole("button", { name: "开始", exact: true }).last().click();
  await expect(page.getByText(/^模拟观众 \d/).first()).toBeVisible();
  await page.getByRole("button", { name: /^筹备中/ }).click();
  await page.getByRole("button", { name: "开播", exact: true }).click();
  await expect(page.getByRole("button", { name: /^直播中/ })).toBeVisible();
  await leaveField(page);
}

async function runTheShow(page: Page) {
  await press(page, "3", "p");
  await expect(tape(page).getByText("讲解 3 号", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: /^上链接/ })).toBeVisible();
  await press(page, "3", "o");
  await expect(tape(page).getByText("3 号 上链接 ¥399")).toBeVisible();
  await press(page, "3", "s", "5", "0", "Enter");
  await expect(tape(page).getByText("3 号 放单 +50")).toBeVisible();

  await press(page, "c", "1");
  await expect(tape(page).getByText("推券 示例满减券")).toBeVisible();
  await press(page, "l", "1");
  await expect(tape(page).getByText("开 示例抽围巾")).toBeVisible();
  // The simulated audience claims and enters, as nobody of the team can.
  await expect(page.getByText(/已领 [1-9][\d,]* \/ 1,000/)).toBeVisible();

  await press(page, "3", "e");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "新直播价(元)" }).fill("39");
  await press(page, "Enter");
  await expect(dialog.getByText("和计划价差了十倍", { exact: false })).toBeVisible();
  await dialog.getByRole("textbox", { name: "新直播价(元)" }).fill("389");
  await press(page, "Enter");
  await dialog.getByRole("textbox", { name: /再输一遍/ }).fill("389");
  await press(page, "Enter");
  await expect(tape(page).getByText("3 号 改价 ¥389")).toBeVisible();

  await page.getByPlaceholder("写一句,Enter 发给主播").fill("示例:报一次尺码");
  await press(page, "Enter");
  await expect(page.getByText("「示例:报一次尺码」")).toBeVisible();
  await leaveField(page);

  await page.getByRole("button", { name: /^开奖/ }).click();
  await expect(page.getByText("秒后", { exact: false }).first()).toBeVisible();
  await expect(tape(page).getByText(/示例抽围巾 开奖/)).toBeVisible();
}

test("README → start → sheet → rehearsal → explain, release, coupon, draw, message → end → back to a second", async ({
  page,
}) => {
  await signIn(page);
  await expect(page.getByRole("link", { name: "示例彩排 · 秋冬上新" })).toBeVisible();
  await expect(page.getByRole("row", { name: /示例 · 秋冬上新/ })).toContainText("筹备中");
  await makeRehearsal(page);
  await pasteSample(page);
  await planTheRest(page);
  await goLive(page);
  await runTheShow(page);

  const chart = page.getByRole("figure", { name: "每分钟成交金额" });
  // The chart stands once two minutes by the clock are over, and asks which they are every 15 s.
  await expect(chart.locator("svg").getByText("讲解 3 号")).toBeVisible({ timeout: 145_000 });
  await expect(chart.locator("path.recharts-area-curve").first()).toHaveAttribute("d", /^M[\d.]+,[\d.]+L/);
  await page.getByRole("button", { name: /^直播中/ }).click();
  await page.getByRole("button", { name: "下播", exact: true }).click();
  await page.getByRole("button", { name: "确认下播" }).click();
  await page.getByRole("link", { name: "去复盘" }).click();
  await expect(page.getByRole("heading", { name: /^复盘 · / })).toBeVisible();
  await page.getByRole("button", { name: /下一步/ }).click();
  await expect(page.getByText("3 号链接 · 主推款")).toBeVisible();
  await page.getByRole("slider").press("End");
  await expect(tape(page).getByText("下播", { exact: true })).toBeVisible();
});

test("the sample rehearsal can be looked back at, and its figures are there", async ({ page }) => {
  await signIn(page);
  const row = page.getByRole("row", { name: /示例彩排 · 秋冬上新/ });
  await expect(row).toContainText("已下播");
  await expect(row).toContainText(/¥\d/);
  await row.getByRole("link", { name: "复盘" }).click();
  await page.getByRole("slider").press("End");
  await expect(tape(page).getByText("下播 · 示例彩排结束")).toBeVisible();
  await expectAccessible(page);
});

test("a lost connection is said within seconds and gone when the server is back; nobody signs in again", async ({
  page,
  tolerate,
}) => {
  tolerate(
    /ERR_CONNECTION_REFUSED|WebSocket connection|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|ERR_INCOMPLETE|50[23]|Failed to fetch/,
  );
  await signIn(page);
  await page
    .getByRole("row", { name: /示例 · 秋冬上新/ })
    .getByRole("link", { name: "计划" })
    .click();
  await expect(page.getByRole("textbox", { name: "标题", exact: true })).toBeVisible();
  await server.kill();
  const banner = page.getByText(/连接已断开 \d+ 秒/);
  await expect(banner).toBeVisible({ timeout: 10_000 });
  server = await start();
  await expect(banner).toHaveCount(0);
  await page.getByRole("textbox", { name: "标题", exact: true }).fill("示例 · 断开之后");
  await press(page, "Enter");
  await expect(page.getByRole("heading", { name: "示例 · 断开之后" })).toBeVisible();
});
