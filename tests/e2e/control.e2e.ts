import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Locator, type Page } from "@playwright/test";
import type { CommandInput } from "#domain/ops/index.ts";
import { promised } from "#tests/support/machine-pace.ts";
import { keys, openControl } from "./desk-page.ts";
import { staffApi, type StaffApi } from "./staff-api.ts";

/** The control room in a real browser: what a hand presses, what stands on the screen, and how soon. */

const MINUTE = 60_000;
type Sheet = CommandInput<"bag.applySheet">["products"];

const sheet: Sheet = Array.from({ length: 40 }, (_, index) => ({
  linkNo: index + 1,
  platformId: `E2E-P${index + 1}`,
  name: `示例 ${index === 11 ? "名字特别长的一款羊绒混纺毛衣用来看看会不会盖住旁边的价格和库存" : `商品 ${index + 1}`}`,
  role: "主推款",
  skus: ["S", "M"].map((name) => ({
    platformId: `E2E-S${index + 1}-${name}`,
    name,
    liveFen: 10_000 + index * 100,
    floorFen: 5_000,
    sellable: 50,
    pool: 100,
  })),
})) as Sheet;

async function liveShow(staff: StaffApi): Promise<string> {
  const id = await staff.createShow({ title: "示例 · 中控测试", rehearsal: true });
  await staff.send(id, "bag.applySheet", { products: sheet });
  await staff.send(id, "rundown.setCues", {
    cues: [
      {
        kind: "talk",
        title: "开场",
        plannedMs: 2 * MINUTE,
        acts: [{ type: "message", to: "host", text: "先报三件直降" }],
      },
      { kind: "talk", title: "收尾", plannedMs: 2 * MINUTE },
    ],
  });
  await staff.send(id, "lottery.plan", {
    carrier: "ownDraw",
    title: "示例抽奖",
    prizes: [{ name: "示例奖品", count: 1, valueFen: 1_000 }],
    durationMs: 10_000,
    rules: "示例规则",
  });
  await staff.send(id, "session.start", {});
  return id;
}

function listen(page: Page): string[] {
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(error.message));
  return errors;
}

/** From the press until the screen says so: recorded by the server, then shown. */
async function within(ms: number, press: () => Promise<void>, shown: Locator): Promise<void> {
  const limit = promised(ms);
  const startedAt = performance.now();
  await press();
  await expect.poll(() => shown.isVisible(), { intervals: [20] }).toBe(true);
  const took = Math.round(performance.now() - startedAt);
  test.info().annotations.push({ type: "took", description: `${took} of ${ms} ms` });
  expect(took).toBeLessThan(limit.onThisMachine());
}

/** Somebody takes part, as viewers do. */
async function enterAsVisitor(page: Page, id: string): Promise<void> {
  const viewer = `/api/v1/viewer/sessions/${id}`;
  const { token } = (await (await page.request.post(`${viewer}/visitor`, { data: {} })).json()) as { token: string };
  const { slices } = (await (await page.request.get(viewer)).json()) as { slices: { lotteries: [string, unknown][] } };
  const entered = await page.request.post(`${viewer}/lotteries/${slices.lotteries[0]?.[0]}/enter`, {
    data: {},
    headers: { authorization: `Bearer ${token}` },
  });
  expect(entered.status()).toBe(200);
}

const tape = (page: Page) => page.getByRole("region", { name: "操作记录" }).last();

test("number first: explain, release, planned price, message and hold in time, each shown with its evidence", async ({
  page,
  baseURL,
}) => {
  const errors = listen(page);
  const staff = await staffApi(page.request, baseURL ?? "");
  const id = await liveShow(staff);
  await openControl(page, id, "示例 商品 3");

  await within(1_500, () => keys(page, "3", "p"), page.getByText("3 号链接 · 主推款"));
  await expect(page.getByText(/^手动 \d\d:\d\d:\d\d$/).first()).toBeVisible();
  await within(2_000, () => keys(page, "3", "s", "2", "0", "Enter"), tape(page).getByText("3 号 放单 +20"));
  await within(2_000, () => keys(page, "3", "o"), tape(page).getByText("3 号 上链接 ¥102"));
  await within(1_000, () => keys(page, "5", "m"), page.getByText("「准备过款」"));
  await within(1_000, () => keys(page, "F8"), page.getByText("已拦下全部"));
  await page.getByRole("button", { name: "解除" }).click();
  await expect(page.getByText("已拦下全部")).toBeHidden();

  // A finger that bounces acts once: the second P would end what the first began.
  await keys(page, "4");
  await page.evaluate(() => {
    for (let press = 0; press < 2; press++)
      window.dispatchEvent(new KeyboardEvent("keydown", { code: "KeyP", key: "p" }));
  });
  await expect(page.getByText("4 号链接 · 主推款")).toBeVisible();
  await page.waitForTimeout(600);
  await expect(page.getByText("4 号链接 · 主推款")).toBeVisible();
  await keys(page, "3", "p");
  await expect(page.getByText("3 号链接 · 主推款")).toBeVisible();

  // Ten seconds ago, without a slower press.
  await keys(page, "-", "5", "p");
  await expect(tape(page).getByText("讲解 5 号 (−0:10)")).toBeVisible();
  await keys(page, "Control+z");
  await expect(page.getByText("3 号链接 · 主推款")).toBeVisible();
  expect(errors).toEqual([]);
});

test("keys are dead in text fields; Enter takes a cue only from the rundown", async ({ page, baseURL }) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const id = await liveShow(staff);
  await openControl(page, id, "示例 商品 3");
  await keys(page, "/");
  await page.keyboard.type("3p");
  await expect(page.getByRole("textbox", { name: "搜商品" })).toHaveValue("3p");
  await expect(page.getByText("现在没有商品在讲解")).toBeVisible();
  await keys(page, "Escape", "Enter");
  await expect(tape(page).getByText("进入 开场")).toBeHidden();
  await keys(page, "r", "Enter");
  await expect(tape(page).getByText("进入 开场")).toBeVisible();
  await expect(page.getByText("✓ 给主播:先报三件直降")).toBeVisible();
});

test("after M every key writes: digits send no preset, and all presets stand in sight", async ({ page, baseURL }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const staff = await staffApi(page.request, baseURL ?? "");
  const id = await liveShow(staff);
  await openControl(page, id, "示例 商品 3");
  await keys(page, "m");
  await expect(page.getByRole("button", { name: /^1 M/ })).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole("button", { name: /^12 M/ })).toBeInViewport({ ratio: 1 });
  await page.keyboard.type("还有 50 件");
  await keys(page, "Enter");
  await expect(page.getByText("「还有 50 件」")).toBeVisible();
  await expect(page.getByText("「准备过款」")).toHaveCount(0);
  await expect(page.getByRole("button", { name: /^1 M/ })).toHaveCount(0);
});

test("a price other than planned is typed again, a slip of ten times is refused in words", async ({
  page,
  baseURL,
}) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const id = await liveShow(staff);
  await openControl(page, id, "示例 商品 3");
  await keys(page, "3", "e");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("新直播价(元)").fill("9.9");
  await keys(page, "Enter");
  await expect(dialog.getByText(/差了十倍/)).toBeVisible();
  await dialog.getByLabel("新直播价(元)").fill("99");
  await keys(page, "Enter");
  await dialog.getByLabel("再输一遍确认:99").fill("98");
  await keys(page, "Enter");
  await expect(dialog.getByText("两次输入不一样,请再输一遍。")).toBeVisible();
  await dialog.getByLabel("再输一遍确认:99").fill("99");
  await keys(page, "Enter");
  await expect(dialog).toBeHidden();
  // Its sale was not open yet: the price is the one that it opened with.
  await expect(tape(page).getByText("3 号 上链接 ¥99")).toBeVisible();
  await keys(page, "3", "e");
  await dialog.getByLabel("新直播价(元)").fill("102");
  await expect(dialog.getByRole("button", { name: /上链接/ })).toHaveCount(0);
  await keys(page, "Enter");
  await expect(dialog).toBeHidden();
  await expect(tape(page).getByText("3 号 改价 ¥102")).toBeVisible();
});

test("a double click on the end of the show ends nothing", async ({ page, baseURL }) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const id = await liveShow(staff);
  await openControl(page, id, "示例 商品 3");
  await page.getByRole("button", { name: /^直播中/ }).click();
  await page.getByRole("button", { name: "下播", exact: true }).dblclick();
  const sure = page.getByRole("button", { name: "确认下播" });
  await expect(sure).toBeVisible();
  await expect(page.getByRole("button", { name: "断流" })).toBeVisible();
  await expect(sure).toBeHidden();
});

test("an own draw is armed in sight, Esc stops it even from a text field", async ({ page, baseURL }) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const id = await liveShow(staff);
  await openControl(page, id, "示例 商品 3");
  await keys(page, "1", "l");
  await expect(tape(page).getByText("开 示例抽奖")).toBeVisible();
  await enterAsVisitor(page, id);
  await expect(page.getByText("待开奖")).toBeVisible();
  await keys(page, "l", "1");
  await expect(page.getByRole("alert").getByText(/秒后/)).toBeVisible();
  await keys(page, "/", "Escape");
  await expect(tape(page).getByText("拦下", { exact: true })).toBeVisible();
  // The first Escape was for the draw; the next one leaves the field.
  await keys(page, "Escape", "1", "l");
  await expect(tape(page).getByText("示例抽奖 开奖")).toBeVisible();
});

test("any second: the figures and panels as they were, stepped from act to act", async ({ page, baseURL }) => {
  const errors = listen(page);
  const staff = await staffApi(page.request, baseURL ?? "");
  const id = await liveShow(staff);
  await openControl(page, id, "示例 商品 3");
  await keys(page, "3", "p");
  await expect(page.getByText("3 号链接 · 主推款")).toBeVisible();
  await page.waitForTimeout(2_100);
  await keys(page, "5", "p");
  await expect(page.getByText("5 号链接 · 主推款")).toBeVisible();
  await page.goto(`/shows/${id}/replay`);
  // Links of old lead to the review.
  await page.waitForURL(/\/review/);
  // It opens where there is something to see first.
  await expect(page.getByText("3 号链接 · 主推款")).toBeVisible();
  await expect(page.getByText(/按 (?:N|\d+ P|P)/)).toHaveCount(0);
  await keys(page, "k");
  await expect(page.getByText("5 号链接 · 主推款")).toBeVisible();
  await keys(page, "j");
  await expect(page.getByText("3 号链接 · 主推款")).toBeVisible();
  await expect(page.getByRole("button", { name: /放单/ })).toHaveCount(0);
  expect(errors).toEqual([]);
});

for (const [width, height] of [
  [1440, 900],
  [420, 900],
] as const) {
  test(`no serious findings at ${width} px`, async ({ page, baseURL }) => {
    await page.setViewportSize({ width, height });
    const staff = await staffApi(page.request, baseURL ?? "");
    const id = await liveShow(staff);
    await staff.send(id, "message.send", { to: "host", text: "示例消息", blink: true });
    await openControl(page, id, "示例 商品 3");
    const { violations } = await new AxeBuilder({ page }).analyze();
    const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    expect(serious.map(({ id: rule, nodes }) => `${rule}: ${nodes[0]?.html}`)).toEqual([]);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
  });
}
