import { expect, type Page } from "@playwright/test";
import { DEFAULT_LEAD_MS } from "#domain/push/shapes.ts";
import { dayOf } from "#domain/shanghai-day.ts";
import { expectAccessible, test } from "./clean-page.ts";
import { connectCorp, goesToday, type ConnectedCorp } from "./connected-corp.ts";
import { apiToken } from "./credentials.ts";
import { staffApi } from "./staff-api.ts";

/** The first reading of results comes 30 s after the hand-over, as WeCom wants to be asked, the next one a minute later; the test waits as a person would. */
const RESULTS_MS = 120_000;

/** Quota is counted by days of Shanghai: the time until a start whose pushes go out on the same day as what follows them by so much. */
function inOneDay(startInMs: number, aheadMs: number): number {
  const goesAt = Date.now() + startInMs - DEFAULT_LEAD_MS;
  return dayOf(goesAt) === dayOf(goesAt + 2 * aheadMs) ? startInMs : startInMs + 3 * aheadMs;
}

const rowOf = (page: Page, title: string) => page.locator("[data-push]").filter({ hasText: title });

test("without WeCom the page says so and leads to the connection; a push may be written all the same", async ({
  page,
  baseURL,
}) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const id = await staff.createShow({ title: "示例 · 没连企微" });
  await page.goto(`/shows/${id}/plan`);
  await page.getByRole("link", { name: "推送", exact: true }).click();
  await expect(page.getByText("这场还没有推送")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "去连接" }).click();
  await expect(page).toHaveURL(/\/wecom\/connection$/);
});

test.describe("with a company connected", () => {
  let connected: ConnectedCorp | null = null;

  test.beforeEach(async ({ page, baseURL }) => {
    await staffApi(page.request, baseURL ?? "");
    connected = await connectCorp(page.request, baseURL ?? "", { staff: 3, groups: 9, customers: 40 });
  });
  test.afterEach(async () => {
    await connected?.disconnect();
  });

  test("planned, armed, stopped once, handed over, sent on the staff's phones, and told group by group", async ({
    page,
    baseURL,
    tolerate,
  }) => {
    const staff = await staffApi(page.request, baseURL ?? "");
    const id = await staff.createShow({ title: "示例 · 推送", startInMs: 40 * 60_000 });
    tolerate(/500 \(Internal Server Error\)/);
    await page.route("**/api/v1/wecom/internal-groups?*", (route) =>
      route.fulfill({ status: 500, json: { status: "error", code: "server.failed" } }),
    );
    await page.goto(`/shows/${id}/pushes`);
    // What can't be read is not called none.
    await expect(page.getByText(/^群机器人没有加载出来/)).toBeVisible();
    await page.unroute("**/api/v1/wecom/internal-groups?*");
    await page.getByRole("button", { name: "重试" }).click();
    await expect(page.getByRole("switch", { name: "每半小时自动发" })).toBeVisible();
    await page.getByRole("button", { name: "排一条推送" }).click();
    const form = page.getByRole("dialog");
    await form.getByRole("textbox", { name: "名称" }).fill("开播提醒");
    await form.getByRole("button", { name: "指定群" }).click();
    const picker = page.getByRole("dialog", { name: "指定群" });
    const boxes = picker.getByRole("checkbox");
    await expect(boxes).toHaveCount(9);
    await picker.getByRole("button", { name: "全选符合的 9 个" }).click();
    await expect(picker.getByText("已选 9 / 500")).toBeVisible();
    await boxes.first().click();
    await expect(picker.getByText("已选 8 / 500")).toBeVisible();
    await boxes.first().click();
    await picker.getByRole("button", { name: "完成" }).click();
    await expect(form.getByText(/3 人发 · 9 个群/)).toBeVisible();
    await form.getByRole("textbox", { name: "文案" }).fill("今晚全网最低,");
    await form.getByRole("button", { name: /开播时间/ }).click();
    await expect(form.getByText(/「.*最低」/)).toBeVisible();
    await expect(form.getByRole("figure", { name: "手机预览" })).toContainText(
      // With its day, when it begins after midnight.
      /今晚全网最低,(\d+月\d+日 )?\d\d:\d\d/,
    );
    await expect(form.getByText(/还能写 [\d,]+ 字节/).first()).toBeVisible();
    await expectAccessible(page);
    await form.getByRole("button", { name: "保存" }).click();

    const row = rowOf(page, "开播提醒");
    await expect(row).toContainText("3 人发 · 9 个群");
    await expect(row.getByText(/没读过用量|群发次数够/)).toBeVisible();
    await expectAccessible(page);
    await row.getByRole("button", { name: "停住" }).click();
    await expect(row).toContainText("手动停住");
    await row.getByRole("button", { name: "恢复" }).click();
    await expect(row).toContainText("已排");

    await goesToday(staff, page.request, { sessionId: id, title: "开播提醒" });
    await row.getByRole("button", { name: "现在下发" }).click();
    const armed = page.getByRole("alert").filter({ hasText: "下发 · 开播提醒" });
    await armed.getByRole("button", { name: "拦下" }).click();
    await expect(row).toContainText("倒计时被拦下");
    await row.getByRole("button", { name: "现在下发" }).click();
    await expect(armed).toBeVisible();
    await expect(row).toContainText("待员工发送");

    await row.getByRole("button", { name: "开播提醒", exact: true }).click();
    await expect(page.getByRole("button", { name: "没发的 3", exact: true })).toBeVisible();
    await expect(page.getByRole("button", { name: /^提醒 余 3$/ })).toHaveCount(3);
    await expectAccessible(page);
    await connected?.everybodySends();
    await expect(page.getByRole("heading", { name: "开播提醒" }).locator("..")).toContainText("已发送", {
      timeout: RESULTS_MS,
    });
    await expect(page.getByText("已到 9 / 9 个群").first()).toBeVisible();
    await page
      .getByRole("button", { name: /的发送对象$/ })
      .first()
      .click();
    await expect(page.getByRole("dialog").getByText("已送达").first()).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press("Escape");

    await page.getByRole("tab", { name: "效果" }).click();
    const line = page.getByRole("row", { name: /开播提醒/ });
    await expect(line.getByRole("cell")).toHaveText([/开播提醒/, "9", "3 / 3", "9", "0", "0", "0", "0", "¥0", "9"]);
    await expect(page.getByText("归不到推送的")).toBeVisible();
    await expectAccessible(page);
  });

  test("two pushes on one group's last send: the quota names whom the later one will not reach", async ({
    page,
    baseURL,
  }) => {
    const staff = await staffApi(page.request, baseURL ?? "");
    const headers = { origin: baseURL ?? "" };
    const corp = `/api/v1/wecom/corps/${connected?.id}`;
    expect((await page.request.patch(corp, { headers, data: { quotaRule: "oneADay" } })).ok()).toBe(true);
    const { groups } = await (await page.request.get("/api/v1/wecom/groups?limit=9")).json();
    const named: { id: string; name: string }[] = groups;
    const id = await staff.createShow({ title: "示例 · 次数", startInMs: inOneDay(40 * 60_000, 60_000) });
    const plan = (title: string, count: number) =>
      staff.send(id, "push.plan", {
        kind: "groups",
        title,
        copy: { text: "【示例】今晚见" },
        audience: { groupIds: named.slice(0, count).map((group) => group.id) },
        when: { by: "start", offsetMs: title === "开播提醒" ? 0 : 60_000 },
      });
    await plan("开播提醒", 3);
    await page.goto(`/shows/${id}/pushes`);
    await expect(rowOf(page, "开播提醒")).toContainText("3 个群");
    await plan("返场提醒", 9);
    await expect(rowOf(page, "返场提醒")).toContainText("3 个群次数已用完,收不到");
    await page.goto("/wecom/quota");
    const line = page.getByRole("listitem").filter({ hasText: "返场提醒" });
    // The page asks again by itself: a push of this second has its name a moment later.
    await expect(line).toContainText("3 个发不到");
    await line.getByText("发不到谁(3)").click();
    for (const { name } of named.slice(0, 3)) await expect(line).toContainText(name);
    await expect(line).not.toContainText(named[5]?.name ?? "");
    await expectAccessible(page);
  });

  test("who a customer is may be said by an order of theirs; it shows who said it, and who took it back", async ({
    page,
    baseURL,
    tolerate,
  }) => {
    // The order that nobody placed.
    tolerate(/404/);
    const staff = await staffApi(page.request, baseURL ?? "");
    const id = await staff.createShow({ title: "示例 · 谁是谁", startInMs: -60_000 });
    await staff.send(id, "session.start", { reason: "示例" });
    const orderId = `say-${Date.now()}`;
    const order = { orderId, sourceUpdatedAt: Date.now(), status: "paid", placedAt: Date.now(), paidAt: Date.now() };
    const item = { ...order, personKey: `buyer-${orderId}`, personName: "示例买家", traffic: "private", lines: [] };
    const told = await page.request.post(`/api/v1/ingest/sessions/${id}/orders`, {
      headers: { authorization: `Bearer ${apiToken}` },
      data: { items: [item] },
    });
    expect(await told.json()).toEqual({ items: [{ status: "ok" }] });

    await page.goto("/wecom/people");
    const customers = page.getByRole("table", { name: "未识别" }).getByRole("button");
    await customers.first().click();
    const drawer = page.getByRole("dialog", { name: "客户身份" });
    const form = drawer.getByRole("form", { name: "人工确认" });
    await form.getByRole("textbox", { name: "订单号" }).fill("没有的订单");
    await form.getByRole("button", { name: "是同一个人" }).click();
    await expect(form.getByText("订单号里没有汉字")).toBeVisible();
    await form.getByRole("textbox", { name: "订单号" }).fill(" nobody 1 ");
    await form.getByRole("button", { name: "是同一个人" }).click();
    await expect(form.getByText("没有这个订单,或订单没有带买家")).toBeVisible();
    await expectAccessible(page);
    await form.getByRole("textbox", { name: "订单号" }).fill(orderId);
    await expect(async () => {
      await form.getByRole("button", { name: "是同一个人" }).click();
      await expect(drawer.getByText(/已识别为观众/)).toBeVisible({ timeout: 5_000 });
    }).toPass();
    const said = drawer.getByRole("list", { name: "证据" }).getByRole("listitem").filter({ hasText: "人工确认" });
    await expect(said).toContainText(/人工确认 · .* · \S+ 确认/);
    await expectAccessible(page);
    await said.getByRole("button", { name: "撤销" }).click();
    await expect(drawer.getByText("还不知道是哪位观众或买家")).toBeVisible();
    await form.getByRole("textbox", { name: "订单号" }).fill(orderId);
    await form.getByRole("button", { name: "是同一个人" }).click();
    await expect(page.getByText("这条撤销过,在「已撤销」里恢复").first()).toBeVisible();
    await drawer.getByRole("button", { name: "关闭" }).click();
    await page.getByRole("button", { name: "已撤销", exact: true }).click();
    await expect(page.getByRole("list", { name: "已撤销" })).toContainText(/人工确认[^]*\S+ 于 .* 撤销/);
    await expectAccessible(page);
  });

  test("a change under a colleague's is shown field by field, and overwrites nothing unseen", async ({
    page,
    baseURL,
  }) => {
    const staff = await staffApi(page.request, baseURL ?? "");
    const id = await staff.createShow({ title: "示例 · 两人同改", startInMs: 40 * 60_000 });
    const { pushId = "" } = await staff.send(id, "push.plan", {
      kind: "robot",
      title: "上链接提醒",
      copy: { text: "上链接了" },
      audience: { robotIds: ["robot"] },
    });
    await page.goto(`/shows/${id}/pushes`);
    await rowOf(page, "上链接提醒").getByRole("button", { name: "上链接提醒", exact: true }).click();
    const form = page.getByRole("dialog");
    await form.getByRole("textbox", { name: "名称" }).fill("我的名字");
    await staff.send(id, "push.edit", { pushId, to: { title: "同事的名字" } });
    await expect(form.getByText(/把「名称」改成「同事的名字」/)).toBeVisible();
    await expect(form.getByRole("button", { name: "保存" })).toBeDisabled();
    await form.getByRole("button", { name: /用我的/ }).click();
    await form.getByRole("button", { name: "保存" }).click();
    await expect(rowOf(page, "我的名字")).toBeVisible();
    await page.getByRole("button", { name: "撤销" }).first().click();
    await expect(rowOf(page, "同事的名字")).toBeVisible();
  });

  for (const [width, height] of [
    [1440, 900],
    [1920, 1080],
    [390, 844],
  ] as const) {
    test(`fits ${width}x${height}, also with long names`, async ({ page, baseURL }) => {
      const staff = await staffApi(page.request, baseURL ?? "");
      const id = await staff.createShow({ title: "示例 · 很长很长的场次名称用来看它怎么收尾", startInMs: 40 * 60_000 });
      const audience = { robotIds: ["robot"] };
      for (const [at, title] of ["开播提醒", "很长很长的推送名称".repeat(6).slice(0, 60), "返场"].entries()) {
        const when = { by: "start" as const, offsetMs: at * 600_000 };
        await staff.send(id, "push.plan", { kind: "robot", title, copy: { text: "示例" }, audience, when });
      }
      await page.setViewportSize({ width, height });
      await page.goto(`/shows/${id}/pushes`);
      await expect(rowOf(page, "返场")).toBeVisible();
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      await expectAccessible(page);
      await page.getByRole("button", { name: "排一条推送" }).click();
      const form = page.getByRole("dialog");
      await expect(form.getByRole("figure", { name: "手机预览" })).toBeAttached();
      expect(await form.evaluate((box) => box.scrollWidth - box.clientWidth)).toBeLessThanOrEqual(0);
    });
  }
});
