import { expect, type Page } from "@playwright/test";
import { expectAccessible, test } from "./clean-page.ts";
import { createColleague, openAs } from "./colleague.ts";
import { staffApi } from "./staff-api.ts";
import { saveCallback, seedCorp, standInUrl, type StandInCorp } from "./stand-in-corp.ts";

const GROUPS = 260;

async function connect(page: Page, corp: StandInCorp): Promise<void> {
  const dialog = page.getByRole("dialog");
  const [app] = corp.apps;
  await page.getByRole("button", { name: "添加企业" }).first().click();
  await dialog.getByRole("textbox", { name: "企业名称" }).fill("示例企业");
  await dialog.getByRole("textbox", { name: "企业 ID" }).fill(corp.corpId);
  await dialog.getByRole("button", { name: "保存" }).click();
  const section = page.getByRole("region", { name: "示例企业", exact: true });
  await section.getByRole("button", { name: "添加应用" }).click();
  await dialog.getByRole("textbox", { name: "AgentId" }).fill(String(app?.agentId));
  await dialog.getByLabel("Secret").fill(app?.secret ?? "");
  await dialog.getByRole("textbox", { name: "Token" }).fill(app?.callbackToken ?? "");
  await dialog.getByRole("textbox", { name: "EncodingAESKey" }).fill(app?.aesKey ?? "");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "保存" }).click();
  await section.getByRole("button", { name: "添加机器人" }).click();
  await dialog.getByRole("textbox", { name: "所在内部群" }).fill("示例内部群");
  await dialog.getByLabel("Webhook 地址").fill(`${standInUrl()}/cgi-bin/webhook/send?key=${corp.robots[0]?.key}`);
  await dialog.getByRole("button", { name: "保存" }).click();
  await section.getByRole("button", { name: "发测试 直播播报" }).click();
  await expect(page.getByText("已发到「示例内部群」").first()).toBeVisible();
}

test("a company is connected, its groups are read and sorted, and a code of theirs shows its picture", async ({
  page,
  browser,
  baseURL,
  watch,
}) => {
  await staffApi(page.request, baseURL ?? "");
  const corp = await seedCorp(page.request, { name: "示例企业", staff: 6, groups: GROUPS, customers: 300 });
  await page.goto("/shows");
  await page.getByRole("link", { name: "企微", exact: true }).click();
  await expect(page.getByText("还没有连接企业微信")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "去连接企业微信" }).click();
  await connect(page, corp);

  const doctor = page.getByRole("region", { name: "示例企业 连接检查" });
  await doctor.getByRole("button", { name: "开始检查" }).click();
  const lineOf = (check: string) => doctor.getByRole("listitem").filter({ hasText: check });
  await expect(lineOf("可见范围与客户联系权限")).toContainText("通过");
  await expect(lineOf("回调地址")).toContainText("还没收到过企业微信的回调");
  const callbackUrl = await lineOf("回调地址").getByRole("code").textContent();
  await saveCallback(page.request, corp, callbackUrl ?? "");
  await lineOf("回调地址").getByRole("button", { name: "重查" }).click();
  await expect(lineOf("回调地址")).toContainText("正常");
  // This test's server has no public name, and the check says so: all else is green.
  await expect(doctor).toContainText("1 项未通过");
  await expect(lineOf("登录与网页授权域名")).toContainText("PUBLIC_URL");
  await expectAccessible(page);
  for (const secret of [corp.apps[0]?.secret, corp.apps[0]?.aesKey, corp.robots[0]?.key]) {
    expect(await page.content()).not.toContain(secret);
  }
  await page
    .getByRole("combobox", { name: /的企业$/ })
    .first()
    .click();
  await page.getByRole("option", { name: "示例企业" }).click();
  await expect(page.getByText("内置模拟企微").first()).toBeVisible();

  await page.getByRole("link", { name: "群", exact: true }).click();
  await page.getByRole("button", { name: "同步群和客户" }).click();
  await expect(page.getByText(`${GROUPS} 个群 · `)).toBeVisible();
  await expect(page.getByText(/^上次同步/)).toBeVisible();
  const list = page.getByRole("region", { name: "客户群" });
  // Only rows in view exist, and the next ones come while one scrolls.
  expect(await list.getByRole("checkbox").count()).toBeLessThan(60);
  await list.evaluate((box) => box.scrollTo(0, box.scrollHeight));
  await expect.poll(() => list.evaluate((box) => box.scrollHeight)).toBeGreaterThan(GROUPS * 36);

  await page.getByRole("textbox", { name: "搜索群名" }).fill("秒杀");
  await expect(page.getByText(`${GROUPS} 个群 · `)).toHaveCount(0);
  await page.getByRole("button", { name: /^全选符合的 \d+ 个$/ }).click();
  await page.getByRole("button", { name: "设用途" }).click();
  await page.getByRole("menuitem", { name: "秒杀" }).click();
  await expect(page.getByText(/个群已设置/).first()).toBeVisible();
  await page.getByRole("textbox", { name: "搜索群名" }).fill("");
  await page.getByRole("combobox", { name: "用途" }).click();
  await page.getByRole("option", { name: /^秒杀/ }).click();
  await expect(list.getByRole("button", { name: /秒杀群/ }).first()).toBeVisible();
  await expect(list.getByRole("button", { name: /内容群/ })).toHaveCount(0);
  await expectAccessible(page);
  await list
    .getByRole("button", { name: /秒杀群/ })
    .first()
    .click();
  await expect(page.getByRole("dialog").getByRole("table", { name: "成员" })).toContainText("**");
  await expectAccessible(page);
  await page.keyboard.press("Escape");

  await page.getByRole("link", { name: "活码" }).click();
  await page.getByRole("button", { name: "新建群活码" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "名称" }).fill("示例包裹卡");
  await dialog.getByRole("textbox", { name: "进哪些群" }).fill("秒杀");
  await dialog.getByRole("list", { name: "可选" }).getByRole("button", { name: /秒杀/ }).first().click();
  await dialog.getByRole("button", { name: "生成活码" }).click();
  const picture = dialog.getByRole("img", { name: "示例包裹卡 的二维码" });
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100);
  await expectAccessible(page);
  for (const ending of ["PNG", "SVG"]) {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      dialog.getByRole("link", { name: ending }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(`示例包裹卡.${ending.toLowerCase()}`);
  }
  await dialog.getByRole("link", { name: "打印活码" }).click();
  await expect(page.getByText("微信扫一扫,进群")).toBeVisible();

  const person = await createColleague(page.request, baseURL ?? "", {
    name: "示例中控",
    username: "wecom-desk",
    roles: ["operator"],
  });
  const other = await openAs(browser, person, baseURL ?? "");
  watch(other.context());
  await other.goto("/wecom/groups");
  await expect(other.getByText(`${GROUPS} 个群 · `)).toBeVisible();
  await expect(other.getByRole("checkbox", { name: /^选择/ })).toHaveCount(0);
  await expect(other.getByRole("navigation", { name: "企业微信" }).getByRole("link")).toHaveText([
    "群",
    "活码",
    "推送日历",
    "剩余次数",
  ]);
  await other.goto("/wecom/codes");
  await expect(other.getByRole("button", { name: "示例包裹卡" })).toBeVisible();
  await expect(other.getByRole("button", { name: "新建群活码" })).toHaveCount(0);
  await other.context().close();
});

test("a welcome is written with its bytes counted and read on the phone beside it", async ({ page, baseURL }) => {
  await staffApi(page.request, baseURL ?? "");
  await page.goto("/wecom/codes");
  await page.getByRole("button", { name: "新建员工活码" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "名称" }).fill("示例台卡");
  await dialog.getByRole("list", { name: "可选" }).getByRole("button").first().click();
  const text = dialog.getByRole("textbox", { name: "欢迎语" });
  await text.fill("欢".repeat(1_334));
  await expect(dialog.getByText("剩 -2 字节")).toBeVisible();
  await expect(dialog.getByRole("button", { name: "生成活码" })).toBeDisabled();
  await text.fill("欢迎来到示例直播间");
  await expect(dialog.getByRole("figure", { name: "手机预览" })).toContainText("欢迎来到示例直播间");
  await dialog.getByRole("button", { name: /^加附件/ }).click();
  await page.getByRole("menuitem", { name: "链接" }).click();
  await expect(dialog.getByRole("button", { name: "生成活码" })).toBeDisabled();
  await dialog.getByRole("textbox", { name: "标题" }).fill("示例预约");
  await dialog.getByRole("textbox", { name: "链接地址" }).fill("https://example.com/live");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "生成活码" }).click();
  await expect(dialog.getByRole("figure", { name: "手机预览" })).toContainText("示例预约");
});
