import { expect, type Page } from "@playwright/test";
import { connectCorp } from "./connected-corp.ts";
import { expectAccessible, test } from "./clean-page.ts";
import { dragByKeys } from "./drag-by-keys.ts";
import { staffApi } from "./staff-api.ts";

/** The plan of a warm-up as its team makes it: where people come from, the page they open, the waves that call them, what inviting earns. */

const tab = (page: Page, name: string) => page.getByRole("tab", { name: new RegExp(`^${name}`) });

test("sources are laid out, each with its code, link and sheet; what they cost and aim at is typed where it stands", async ({
  page,
  baseURL,
}) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const id = await staff.createShow({ title: "示例 · 来源" });
  await page.goto(`/shows/${id}/warmup#sources`);
  await expect(page.getByText("还没有来源")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "铺开常用渠道" }).click();
  const matrix = page.getByRole("table", { name: "来源矩阵" });
  await expect(matrix.getByRole("rowgroup").getByText("门店", { exact: true }).first()).toBeVisible();

  await page.getByRole("button", { name: "新增来源" }).click();
  const form = page.getByRole("dialog");
  await form.getByRole("textbox", { name: "名称" }).fill("南门店收银台");
  await form.getByRole("textbox", { name: "编码" }).fill("nanmen1");
  await form.getByRole("button", { name: "保存" }).click();
  const row = matrix.getByRole("row", { name: /南门店收银台/ });
  await expect(row).toContainText("nanmen1");
  const cost = row.getByRole("textbox", { name: "成本 · 南门店收银台" });
  await cost.fill("300");
  await cost.press("Enter");
  const target = row.getByRole("textbox", { name: "目标登记 · 南门店收银台" });
  await target.fill("10,000,000");
  await target.press("Enter");
  await expect(target).toHaveValue("10,000,000");
  await row.getByRole("button", { name: "「南门店收银台」的二维码" }).click();
  await expect(page.getByRole("img", { name: "「南门店收银台」的二维码" })).toBeVisible();
  await expect(page.getByText(/nanmen1$/).last()).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");

  await row.getByRole("checkbox", { name: "选择 南门店收银台" }).click();
  await page.getByRole("link", { name: "打印 1 个二维码" }).click();
  await expect(page.getByRole("img", { name: "南门店收银台" })).toBeVisible();
  await expect(page.getByText("南门店收银台 · nanmen1")).toBeVisible();
  await expect(page.getByText("页面还没有发布,先发布再把海报贴出去。")).toBeVisible();
  await expectAccessible(page);
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("button", { name: "打印" })).toBeHidden();
});

test("a page that compliance blocks can't be published; mended it can, and viewers see it", async ({
  page,
  browser,
  baseURL,
}) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const id = await staff.createShow({ title: "示例 · 活动页" });
  await page.goto(`/shows/${id}/warmup#landing`);
  await page.getByRole("button", { name: "用标准三段式" }).click();
  const blocks = page.getByRole("navigation", { name: "版块" });
  const publish = page.getByRole("button", { name: "发布", exact: true });
  await expect(publish).toBeDisabled();
  await expect(page.getByText("没写视频号名称")).toBeVisible();

  await blocks.getByRole("button", { name: /页面设置/ }).click();
  const name = page.getByRole("textbox", { name: "视频号名称" });
  await name.fill("示例直播间");
  await name.press("Enter");
  await page.getByRole("button", { name: "填入范文" }).click();
  await expect(publish).toBeEnabled();

  // Somebody writes what WeChat bans a domain for.
  await blocks.getByRole("button", { name: /^好处/ }).click();
  await page.getByRole("textbox", { name: "第 1 条说明" }).fill("分享到群,邀请 3 位好友就送面膜");
  await expect(publish).toBeDisabled();
  const obstacles = page.getByRole("status").filter({ hasText: "还不能发布" });
  await expect(obstacles).toContainText("封域名");
  await expectAccessible(page);
  const guarded = await staff.send(id, "landing.publish", {}).catch(String);
  expect(guarded).toContain("compliance.blocked");

  await tab(page, "合规").click();
  await expect(page.getByText("1 条必须改")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "去改「来了能得到」" }).click();
  await page.getByRole("textbox", { name: "第 1 条说明" }).fill("只在直播间有的到手价");
  await expect(publish).toBeEnabled();

  const phone = page.frameLocator("iframe[title='手机预览']");
  await expect(phone.getByText("只在直播间有的到手价")).toBeVisible();
  await page.getByRole("button", { name: "已下播" }).click();
  await expect(phone.getByText("只在直播间有的到手价")).toBeHidden();
  await page.getByRole("button", { name: "开播前" }).first().click();

  await publish.click();
  await expect(page.getByText("已发布 第 1 版")).toBeVisible();
  const viewer = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
  await viewer.goto(`${baseURL}/v/${id}`);
  await expect(viewer.getByText("只在直播间有的到手价")).toBeVisible();
  await viewer.context().close();
});

test("blocks are put in order by keys, and belong to the part that they are moved into", async ({ page, baseURL }) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const id = await staff.createShow({ title: "示例 · 版块顺序" });
  await page.goto(`/shows/${id}/warmup#landing`);
  await page.getByRole("button", { name: "用标准三段式" }).click();
  const blocks = page.getByRole("navigation", { name: "版块" });
  const order = () =>
    blocks.locator("[aria-roledescription=sortable]").evaluateAll((grips) => grips.map((grip) => grip.ariaLabel));
  const grip = blocks.getByRole("button", { name: /^拖动排序:常见问题/ });
  const before = await order();
  await dragByKeys(page, grip, ["ArrowUp", "ArrowUp"]);
  await expect.poll(order).not.toEqual(before);
  await blocks.getByRole("button", { name: /^常见问题/ }).click();
  await expect(page.getByRole("button", { name: "证明", pressed: true })).toBeVisible();
});

test("a reward for inviting on an H5 page is refused, and the form that is allowed is planned in its place", async ({
  page,
  baseURL,
}) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const id = await staff.createShow({ title: "示例 · 任务宝" });
  await page.goto(`/shows/${id}/warmup#rewards`);
  await page.getByRole("button", { name: "加一档" }).click();
  const form = page.getByRole("dialog");
  await form.getByRole("textbox", { name: "奖励" }).fill("示例面膜 1 盒");
  await form.getByRole("textbox", { name: "领取说明" }).fill("开播当天加企微领取,每人一份,送完为止。");
  await form.getByRole("combobox", { name: "发放形式" }).click();
  await page.getByRole("option", { name: "H5 页面" }).click();
  await form.getByRole("button", { name: "保存" }).click();
  const refused = form.getByRole("alert").filter({ hasText: "H5 页面不能用奖励换邀请" });
  await expect(refused.getByRole("button")).toHaveText([
    "用小程序发兑换码",
    "加企微好友,员工送礼",
    "只给名次和荣誉,不给奖品",
  ]);
  await expectAccessible(page);
  await refused.getByRole("button", { name: "加企微好友,员工送礼" }).click();
  const row = page.getByRole("table", { name: "奖励档位" }).getByRole("row", { name: /示例面膜 1 盒/ });
  await expect(row).toContainText("3 人");
  await expect(row).toContainText("企微好友发礼");
  await expect(page.getByText("没有等着发放的奖励")).toBeVisible();
  await expectAccessible(page);
});

test("waves: four beats from the template, a task ticked with its proof, a copy changed, a push planned and followed", async ({
  page,
  baseURL,
}) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const connected = await connectCorp(page.request, baseURL ?? "", { staff: 3, groups: 6, customers: 20 });
  try {
    const id = await staff.createShow({ title: "示例 · 浪潮", startInMs: 4 * 86_400_000 });
    await page.goto(`/shows/${id}/warmup#waves`);
    await page.getByRole("button", { name: /^四波/ }).click();
    const grid = page.getByRole("table", { name: "浪潮排期" });
    await expect(grid.getByRole("columnheader")).toHaveText([/渠道/, /预告/, /内容与利益点/, /最后提醒/, /开播/]);
    await expectAccessible(page);

    await grid.getByRole("button", { name: "「公众号预告推文」打勾" }).click();
    const tick = page.getByRole("dialog");
    await tick.getByRole("textbox", { name: "链接" }).fill("https://mp.weixin.qq.com/s/example");
    await tick.getByRole("button", { name: "记为已做" }).click();
    await expect(grid.getByRole("article").filter({ hasText: "公众号预告推文" })).toContainText("已做");
    await expect(grid.getByRole("columnheader", { name: /预告/ }).first()).toContainText("1 / 4 已发出");

    await grid.getByRole("button", { name: "打开「群预告」" }).click();
    const cell = page.getByRole("dialog");
    await cell.getByRole("textbox", { name: "文案" }).fill("{{startsAt}} 开播,点下面预约。");
    await expect(cell.getByRole("figure", { name: "手机预览" })).toContainText(/月\d+日 \d\d:\d\d 开播/);
    await expectAccessible(page);
    await cell.getByRole("button", { name: "保存" }).click();

    const card = grid.getByRole("article").filter({ hasText: "群预告" }).first();
    await card.getByRole("button", { name: "排成推送" }).click();
    const planning = page.getByRole("dialog");
    await planning.getByRole("button", { name: "指定群" }).click();
    const picker = page.getByRole("dialog", { name: "指定群" });
    const boxes = picker.getByRole("checkbox");
    await expect(boxes).toHaveCount(6);
    for (const box of await boxes.all()) await box.click();
    await picker.getByRole("button", { name: "完成" }).click();
    await planning.getByRole("button", { name: "排成推送" }).click();
    await expect(card).toContainText("已排推送");
    await card.getByRole("link", { name: "打开推送" }).click();
    await expect(page).toHaveURL(/\/pushes#board=/);
    await expect(page.getByText("群预告").first()).toBeVisible();
  } finally {
    await connected.disconnect();
  }
});

test("what a template counts back too far is spread over the time left, or left out, in one press that goes back", async ({
  page,
  baseURL,
}) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const id = await staff.createShow({ title: "示例 · 临时开播", startInMs: 26 * 3_600_000 });
  await staff.send(id, "wave.useTemplate", { template: "four" });
  await page.goto(`/shows/${id}/warmup#waves`);
  const late = page.getByRole("status").filter({ hasText: "5 格的时间已经过了" });
  const cell = page.getByRole("article").filter({ hasText: "公众号预告推文" });
  await expect(cell).toContainText("晚了");
  await late.getByRole("button", { name: "排进剩下的时间" }).click();
  const asked = page.getByRole("dialog", { name: "把过点的排进剩下的时间" });
  await expect(asked.getByRole("row")).toHaveCount(6);
  await expectAccessible(page);
  const at = await asked
    .getByRole("row", { name: /公众号预告推文/ })
    .getByRole("cell")
    .last()
    .innerText();
  await asked.getByRole("button", { name: "就这样排" }).dblclick();
  await expect(cell).toContainText(at);
  await expect(cell).toContainText("待做");
  await expect(late).toBeHidden();
  const undo = (said: string) =>
    page.getByRole("listitem").filter({ hasText: said }).getByRole("button", { name: "撤销" });
  await undo("已把 5 格排进剩下的时间").click();
  await expect(cell).toContainText("晚了");
  await late.getByRole("button", { name: "去掉这 5 格" }).click();
  await expect(cell).toBeHidden();
  await undo("已去掉 5 格").click();
  await expect(cell).toContainText("晚了");
  // Nobody is chosen, and nobody can be while there is no company: it says which.
  await page
    .getByRole("article")
    .filter({ hasText: "群预告" })
    .first()
    .getByRole("button", { name: "排成推送" })
    .click();
  await page.getByRole("dialog").getByRole("button", { name: "排成推送" }).click();
  await expect(page.getByRole("dialog").getByText("先连上企业微信,再选发给谁")).toBeVisible();
});

test("on a phone each page of the plan stays within it, and the open tab is in sight", async ({ page, baseURL }) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const id = await staff.createShow({
    title: "示例 · 一个名字特别特别长的秋冬羊绒与羽绒新品上新专场直播第一百二十八场",
  });
  await staff.send(id, "source.planMany", { sources: [{ kind: "store", name: "华东区文三路旗舰店收银台立牌二号位" }] });
  await staff.send(id, "reward.plan", { threshold: 3, title: "示例 种草达人", carrier: "honour" });
  await staff.send(id, "method.add", { kind: "poster" });
  await page.setViewportSize({ width: 390, height: 844 });
  const shown = {
    sources: "华东区文三路旗舰店收银台立牌二号位",
    rewards: "示例 种草达人",
    methods: "专属海报邀请榜",
    compliance: "没有发现问题",
  };
  for (const [name, text] of Object.entries(shown)) {
    await page.goto(`/shows/${id}/warmup#${name}`);
    await expect(page.locator("main").getByText(text).and(page.locator("button, p")).first()).toBeInViewport();
    await expect(page.getByRole("tab", { selected: true })).toBeInViewport();
    await expect(page.getByRole("table")).toHaveCount(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    // The list of findings is the same at any width.
    if (name !== "compliance") await expectAccessible(page);
  }
});

test("methods are taken from the catalogue, scored, ranked and chosen", async ({ page, baseURL }) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const id = await staff.createShow({ title: "示例 · 玩法" });
  await page.goto(`/shows/${id}/warmup#methods`);
  await page.getByRole("button", { name: "加入「专属海报邀请榜」" }).click();
  await page.getByRole("button", { name: "加入「员工转发」" }).click();
  const list = page.getByRole("table", { name: "玩法清单" });
  await expect(list.getByRole("row")).toHaveCount(3);
  const score = async (title: string, scores: Readonly<Record<string, number>>) => {
    for (const [what, value] of Object.entries(scores)) {
      await list.getByRole("button", { name: `「${title}」的${what}:${value} 分` }).click();
    }
  };
  await score("专属海报邀请榜", { 可执行度: 4, 影响力: 4, 难易: 4, 成本: 2 });
  await score("员工转发", { 可执行度: 5, 影响力: 5, 难易: 5, 成本: 1 });
  await expect(list.getByRole("row").nth(1)).toContainText("员工转发");
  await expect(list.getByRole("row").nth(1)).toContainText("100");
  await list.getByRole("checkbox", { name: "选用「员工转发」" }).click();
  await expect(page.getByText("已选 1 个")).toBeVisible();
  await expectAccessible(page);
});

test("the review has the days before the show beside its axis, with beats to step to", async ({ page, baseURL }) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const id = await staff.createShow({ title: "示例 · 预热复盘", startInMs: 60_000 });
  await staff.send(id, "wave.useTemplate", { template: "four" });
  await staff.send(id, "session.warmUp", {});
  await page.goto(`/shows/${id}/review`);
  const days = page.getByRole("group", { name: "开播前几天" });
  await expect(days.getByRole("button", { name: /^预告,/ })).toBeVisible();
  await expectAccessible(page);
  await days.getByRole("button", { name: /^内容与利益点,/ }).click();
  // 11-20, say, and no second of today.
  const shownAt = () => Number(new URL(page.url()).searchParams.get("at"));
  await expect.poll(shownAt).toBeLessThan(Date.now() - 86_400_000);
  await expect.poll(shownAt).toBeGreaterThan(Date.now() - 4 * 86_400_000);
});
