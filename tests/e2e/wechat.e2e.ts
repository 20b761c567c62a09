import { expect, type APIRequestContext, type Browser, type Page } from "@playwright/test";
import { z } from "zod";
import { expectAccessible, test } from "./clean-page.ts";
import { publishLanding } from "./published-landing.ts";
import { staffApi } from "./staff-api.ts";

/** 微信登录 from the settings to the phone: a 公众号 is connected, a short link opened inside WeChat, and two phones are one person. */

const App = z.object({ appId: z.string(), secret: z.string() });
const WECHAT =
  "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130 Mobile Safari/537.36 MicroMessenger/8.0.56";

function standIn(path: string): string {
  const url = process.env["KAIBO_E2E_WECHAT_URL"];
  if (url === undefined) throw new Error("global-setup.ts starts the stand-in");
  return url + path;
}

async function seed(request: APIRequestContext): Promise<z.infer<typeof App>> {
  await request.post(standIn("/emulator/users"), { data: { id: "ann", nickname: "示例小安" } });
  const made = await request.post(standIn("/emulator/apps"), { data: { kind: "official" } });
  return App.parse(await made.json());
}

async function phone(browser: Browser, baseURL: string): Promise<Page> {
  const looks = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, userAgent: WECHAT } as const;
  return (await browser.newContext({ ...looks, baseURL, locale: "zh-CN" })).newPage();
}

/** As somebody does it who came by a link, and is chosen at the stand-in. */
async function signUpByWechat(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await expect(page).toHaveURL(/\/v\/s_/);
  const bar = page.getByRole("navigation");
  await bar.getByRole("link", { name: "预约登记" }).click();
  await bar.getByRole("button", { name: "同意,用微信登录并登记" }).click();
  await page.getByRole("link", { name: "示例小安" }).click();
  await expect(page.getByText("登记成功")).toBeVisible();
  expect(page.url()).not.toMatch(/#c=|code=/);
}

test("a 公众号 is connected, and one person on two phones signs up once", async ({ page, browser, baseURL, watch }) => {
  const base = baseURL ?? "";
  const staff = await staffApi(page.request, base);
  const { appId, secret } = await seed(page.request);
  const sessionId = await staff.createShow({ title: "示例 · 微信登录" });
  await publishLanding(staff, sessionId);

  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto("/settings?tab=wechat");
  await expect(page.getByText("还没有公众号或小程序")).toBeVisible();
  await page.getByRole("button", { name: "添加公众号" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "名称" }).fill("示例服务号");
  await dialog.getByRole("textbox", { name: "AppID" }).fill(appId);
  await dialog.getByLabel("AppSecret").fill(secret);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "保存" }).click();
  await expect(page.getByRole("row", { name: /示例服务号/ })).toContainText(appId);
  await page.getByRole("button", { name: "检查连接" }).click();
  await expect(page.getByRole("region", { name: "检查 示例服务号" })).toContainText("通过");
  await expect(page.getByText("现在的地址只有本机能打开", { exact: false })).toBeVisible();
  const main = page.getByRole("row", { name: new RegExp(base) });
  await main.getByRole("button", { name: `现在检查 ${base}` }).click();
  await expect(main).toContainText("可用");
  await expect(main).toContainText("新链接用它");
  await expectAccessible(page);
  await page.screenshot({ path: "test-results/wechat-settings.png", fullPage: true });
  expect(await page.content()).not.toContain(secret);

  const { short } = await (await page.request.get(`/api/v1/viewer/sessions/${sessionId}/links`)).json();
  const first = await phone(browser, base);
  watch(first.context());
  await signUpByWechat(first, short);
  const second = await phone(browser, base);
  watch(second.context());
  await signUpByWechat(second, short);
  const view = await (await page.request.get(`/api/v1/sessions/${sessionId}/view?audience=control`)).json();
  expect(view.slices.signups.value).toMatchObject({ total: 1 });

  // A domain that WeChat stops is told wherever somebody works.
  await page.goto("/settings?tab=wechat");
  await main.getByRole("button", { name: `标为被微信拦截 ${base}` }).click();
  await expect(main).toContainText("被微信拦截");
  await page.goto(`/shows/${sessionId}/control`);
  await expect(page.getByText(`链接域名 ${base} 被微信拦截,没有可用的备用域名`)).toBeVisible();
  await page.getByRole("link", { name: "去处理" }).click();
  await main.getByRole("button", { name: `标为已恢复 ${base}` }).click();
  await expect(main).toContainText("可用");
  await page.getByRole("button", { name: "移除 示例服务号" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "移除" }).click();
  await expect(page.getByText("还没有公众号或小程序")).toBeVisible();
});
