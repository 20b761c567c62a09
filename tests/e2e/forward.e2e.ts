import { expect, type APIRequestContext } from "@playwright/test";
import { expectAccessible, test } from "./clean-page.ts";
import { forwardingCompany, handOverForward, removeCompanies, rowsOf } from "./forwarding.ts";
import { staffApi, type StaffApi } from "./staff-api.ts";

/** 员工转发 on a phone: words, ticks, a network that goes, and what the desk sees of it. */

test.use({
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  permissions: ["clipboard-read", "clipboard-write"],
});

const TEXT = "今晚八点开播 🎉👨‍👩‍👧\n前三件直降 300,点卡片进来";
const GROUPS = [
  "示例 · 羽绒服老客一群",
  "示例 · 很长的群名字要能换行显示完整而不挤掉按钮的测试群",
  "示例 · 新客群",
  "示例 · 乙的群",
];

let desk: APIRequestContext;
let staff: StaffApi;

test.beforeEach(async ({ playwright, baseURL }) => {
  desk = await playwright.request.newContext({ baseURL: baseURL ?? "" });
  staff = await staffApi(desk, baseURL ?? "");
});
test.afterEach(() => desk.dispose());
test.afterAll(removeCompanies);

async function forwarded(title: string) {
  const { groupIds } = await forwardingCompany(GROUPS);
  const sessionId = await staff.createShow({ title });
  return { sessionId, ...(await handOverForward(staff, desk, { sessionId, groupIds, text: TEXT })) };
}

async function ticksOf(sessionId: string): Promise<number> {
  const rows = await rowsOf(desk, sessionId, "pushTasks");
  return rows.reduce((sum, [, row]) => sum + Number(row["ticks"]), 0);
}

test("a member chooses their name, copies the words as they are, ticks their groups; the desk sees it, a reload keeps it, and a tick is taken back", async ({
  page,
}) => {
  const { path, sessionId } = await forwarded("示例 · 转发");
  await page.goto(path);
  await expect(page.getByRole("heading", { name: "你是谁?" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: /示例员工甲/ }).click();
  await expect(page.getByText("0/3 个群已转发")).toBeVisible();
  await expect(page.getByText("示例 · 乙的群")).toHaveCount(0);
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)).toBe(false);

  await page.getByRole("button", { name: "复制文案" }).click();
  await expect(page.getByText("✓ 已复制", { exact: false })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.startsWith(`${TEXT}\n`)).toBe(true);
  expect(copied).toMatch(new RegExp(`/v/${sessionId}\\?p=[A-Za-z0-9]{6,20}$`));

  expect(await ticksOf(sessionId)).toBe(0);
  await page.getByRole("button", { name: "「示例 · 新客群」转好了" }).dblclick();
  await expect(page.getByText("1/3 个群已转发")).toBeVisible();
  await expect.poll(() => ticksOf(sessionId)).toBe(1);
  await page.reload();
  await expect(page.getByText("1/3 个群已转发")).toBeVisible();
  await page.getByRole("button", { name: "撤销「示例 · 新客群」" }).click();
  await expect(page.getByText("0/3 个群已转发")).toBeVisible();
  await expect.poll(() => ticksOf(sessionId)).toBe(0);
  await page.getByRole("button", { name: "不是我" }).click();
  await page.getByRole("button", { name: /示例员工乙/ }).click();
  await expect(page.getByText("0/1 个群已转发")).toBeVisible();
});

test("without a network ticks stay on the phone and are told once when it is back", async ({
  page,
  context,
  tolerate,
}) => {
  tolerate(/ERR_INTERNET_DISCONNECTED/);
  const { path, sessionId } = await forwarded("示例 · 断网");
  await page.goto(path);
  await page.getByRole("button", { name: /示例员工甲/ }).click();
  await expect(page.getByText("0/3 个群已转发")).toBeVisible();
  await context.setOffline(true);
  await page.getByRole("button", { name: "「示例 · 新客群」转好了" }).click();
  await expect(page.getByText("已记下,联网后补报")).toBeVisible();
  await expect(page.getByText("1 个勾记在手机里", { exact: false })).toBeVisible();
  await expectAccessible(page);
  expect(await ticksOf(sessionId)).toBe(0);
  await context.setOffline(false);
  await expect(page.getByText(/✓ 已转 \d\d:\d\d/)).toBeVisible();
  await expect.poll(() => ticksOf(sessionId)).toBe(1);
  await expect(page.getByText("个勾记在手机里", { exact: false })).toHaveCount(0);
});

test("says so when it was called off, and when the link is none; in English too", async ({ page, tolerate }) => {
  tolerate(/404 \(Not Found\)/);
  const { path, sessionId, pushId } = await forwarded("示例 · 叫停");
  await staff.send(sessionId, "push.cancel", { pushId });
  await page.goto(path);
  await expect(page.getByText("已被叫停", { exact: false })).toBeVisible();
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.getByText("It was called off", { exact: false })).toBeVisible();
  await expectAccessible(page);
  await page.goto(`${path}x`);
  await expect(page.getByRole("heading", { name: "Can't be opened" })).toBeVisible();
});

test("who comes by a member's link counts once as opened, and what they claim for the push", async ({ page }) => {
  const { sessionId, pushId, path } = await forwarded("示例 · 归因");
  const discount = { kind: "moneyOff" as const, thresholdFen: 30_000, offFen: 5_000, productIds: null };
  const { couponId = "" } = await staff.send(sessionId, "coupon.plan", {
    carrier: "own",
    title: "群友券",
    total: 10,
    discount,
  });
  await staff.send(sessionId, "coupon.push", { couponId });
  await page.goto(path);
  await page.getByRole("button", { name: /示例员工甲/ }).click();
  const link = /https?:\S+\?p=\S+/.exec(await page.getByText("前三件直降", { exact: false }).innerText())?.[0] ?? "";
  const { pathname, search } = new URL(link);
  await page.goto(pathname + search);
  await page.reload();
  await page.getByRole("navigation").getByRole("button", { name: /领取/ }).click();
  await expect(page.getByText("✓ 已领取")).toBeVisible();
  const effect = async () => (await rowsOf(desk, sessionId, "pushEffect")).find(([id]) => id === pushId)?.[1];
  await expect.poll(effect).toMatchObject({ opens: 1, claims: 1, orders: 0, signups: 0 });
});
