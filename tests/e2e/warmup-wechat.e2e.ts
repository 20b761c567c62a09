import { expect, test, type APIRequestContext, type Browser, type Page } from "@playwright/test";
import { z } from "zod";
import { publishLanding } from "./published-landing.ts";
import { staffApi, type StaffApi } from "./staff-api.ts";

/** WeChat's sign-in on the warm-up's page, against the stand-in of WeChat: out by a tap, back signed up, and one person on two phones. */

const inWechat = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  locale: "zh-CN",
  userAgent:
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36 MicroMessenger/8.0.50",
} as const;
test.use(inWechat);

const App = z.object({ appId: z.string(), secret: z.string() });

let hand: APIRequestContext;
let staff: StaffApi;
let appId: string | null = null;

test.beforeEach(async ({ playwright, baseURL }) => {
  hand = await playwright.request.newContext({ baseURL: baseURL ?? "" });
  staff = await staffApi(hand, baseURL ?? "");
  const wechat = process.env["KAIBO_E2E_WECHAT_URL"] ?? "";
  const made = await hand.post(`${wechat}/emulator/apps`, { data: { kind: "official" } });
  const official = App.parse(await made.json());
  for (const [id, nickname] of [
    ["xiaoan", "示例阿安"],
    ["xiaobai", "示例阿白"],
  ] as const) {
    await hand.post(`${wechat}/emulator/users`, { data: { id, nickname } });
  }
  const kept = await hand.post("/api/v1/wechat/apps", {
    headers: { origin: baseURL ?? "" },
    data: { kind: "official", name: "示例服务号", ...official },
  });
  expect(kept.status(), await kept.text()).toBe(201);
  appId = (await kept.json()).id;
});

test.afterEach(async ({ baseURL }) => {
  // Other tests' viewers know of no WeChat.
  if (appId !== null) await hand.delete(`/api/v1/wechat/apps/${appId}`, { headers: { origin: baseURL ?? "" } });
});

async function phoneAt(browser: Browser, url: string): Promise<Page> {
  const page = await (await browser.newContext(inWechat)).newPage();
  await page.goto(url);
  return page;
}

async function signUpAs(page: Page, name: string): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name: "预约登记" }).click();
  await page.getByRole("button", { name: "同意,用微信登录并登记" }).click();
  await page.getByRole("link", { name }).click();
  await expect(page.getByText("登记成功")).toBeVisible();
  await expect(page.getByText(`当前身份:${name}`)).toBeVisible();
}

test("a tap leads to WeChat and back, signed up under the own name; on another phone it is the same person", async ({
  page,
  browser,
}) => {
  const id = await staff.createShow({ title: "示例 · 微信登录" });
  await publishLanding(staff, id);
  await page.goto(`/v/${id}`);
  await signUpAs(page, "示例阿安");
  await expect(page.getByText("第 1 位")).toBeVisible();
  // Nothing of the way is left in what would be forwarded.
  expect(new URL(page.url()).hash).toBe("#signup");
  await page.goto(`/v/${id}#poster`);
  await expect(page.getByRole("textbox", { name: "海报上的称呼" })).toHaveValue("示例阿安");
  const link = await page.getByText(/\/s\/[\w-]+-i\w+$/).innerText();

  const second = await phoneAt(browser, `/v/${id}`);
  await signUpAs(second, "示例阿安");
  await expect(second.getByText("第 1 位")).toBeVisible();

  const friend = await phoneAt(browser, link);
  await signUpAs(friend, "示例阿白");
  await page.goto(`/v/${id}#invite`);
  await expect(page.getByText("示**白")).toBeVisible();
  await second.context().close();
  await friend.context().close();
});

test("whoever is sent back without having agreed is told so and may sign up all the same", async ({ page }) => {
  const id = await staff.createShow({ title: "示例 · 未同意" });
  await publishLanding(staff, id);
  await page.goto(`/v/${id}#e=refused`);
  await expect(page.getByRole("main").getByRole("alert")).toContainText("你没有同意微信登录");
  expect(new URL(page.url()).hash).toBe("#signup");
  await page.getByRole("button", { name: "同意,不登录直接登记" }).click();
  await expect(page.getByText("登记成功")).toBeVisible();
  // The name may come later, for the poster: the sign-up stays the same one.
  await page.goto(`/v/${id}#poster`);
  await page.getByRole("button", { name: "用我的微信昵称和头像" }).click();
  await page.getByRole("link", { name: "示例阿白" }).click();
  await expect(page.getByRole("textbox", { name: "海报上的称呼" })).toHaveValue("示例阿白");
  await page.goto(`/v/${id}#signup`);
  await expect(page.getByText("第 1 位")).toBeVisible();
});

test("a completion that is not ours signs nobody in", async ({ page }) => {
  const id = await staff.createShow({ title: "示例 · 伪造" });
  await publishLanding(staff, id);
  await page.goto(`/v/${id}#c=forged.completion`);
  await expect(page.getByRole("main").getByRole("alert")).toContainText(/登录/);
  await expect(page.getByRole("button", { name: "同意,用微信登录并登记" })).toBeVisible();
});
