import { randomUUID } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import { expectAccessible, test } from "./clean-page.ts";
import { createColleague, openAs } from "./colleague.ts";
import { connectCorp, laterToday, type ConnectedCorp } from "./connected-corp.ts";
import { rowsOf } from "./forwarding.ts";
import { staffApi, type StaffApi } from "./staff-api.ts";

/** Pushes from the desk: keys, who has not sent, everything held, and what nobody can tell. */

test.use({ viewport: { width: 1440, height: 900 } });

let staff: StaffApi;
let connected: ConnectedCorp;

test.beforeEach(async ({ page, baseURL }) => {
  staff = await staffApi(page.request, baseURL ?? "");
  connected = await connectCorp(page.request, baseURL ?? "", { staff: 3, groups: 9, customers: 40 });
});
test.afterEach(() => connected.disconnect());

const panel = (page: Page) => page.locator("#pushes");
const card = (page: Page, title: string) => panel(page).getByRole("group", { name: title, exact: true });
const armed = (page: Page) => page.getByRole("alert").filter({ hasText: "下发" });

async function robotPush(id: string, title: string, more: object = {}): Promise<string> {
  const { pushId = "" } = await staff.send(id, "push.plan", {
    kind: "robot",
    title,
    copy: { text: `【示例】${title}`, link: "none" },
    audience: { robotIds: [connected.robotId] },
    ...more,
  });
  return pushId;
}

async function isResolved(page: Page, id: string, pushId: string): Promise<void> {
  const push = async () => (await rowsOf(page.request, id, "pushes")).find(([rowId]) => rowId === pushId)?.[1];
  await expect.poll(async () => (await push())?.["resolved"] ?? null).not.toBeNull();
  await expect
    .poll(async () => {
      const row = await push();
      return row?.["kind"] === "groups" ? row["quota"] !== null : true;
    })
    .toBe(true);
}

/** A 群发 to all groups of the company that is with its three members, and nobody has pressed. */
async function withThreeMembers(page: Page, id: string): Promise<string> {
  const groups = await page.request.get(`/api/v1/wecom/groups?corp=${connected.id}&limit=50`);
  const found: unknown = (await groups.json()).groups;
  const groupIds = (Array.isArray(found) ? found : []).map((group: { id: string }) => group.id);
  const { pushId = "" } = await staff.send(id, "push.plan", {
    kind: "groups",
    title: "开播提醒",
    ...(await laterToday()),
    copy: { text: "【示例】今晚开播" },
    audience: { groupIds },
  });
  await isResolved(page, id, pushId);
  await staff.send(id, "push.handOver", { pushId });
  await expect.poll(async () => (await rowsOf(page.request, id, "pushes"))[0]?.[1]["status"]).toBe("waiting");
  return pushId;
}

test("digits hand over what is prepared, Esc stops it, and the robot says it once", async ({ page }) => {
  const id = await staff.createShow({ title: "示例 · 推送上键" });
  await isResolved(page, id, await robotPush(id, "加购提醒"));
  await isResolved(page, id, await robotPush(id, "库存提醒"));
  await page.goto(`/shows/${id}/control`);
  await expect(card(page, "加购提醒")).toBeVisible();
  await page.keyboard.press("2");
  await page.keyboard.press("j");
  await expect(armed(page)).toContainText("库存提醒");
  await page.keyboard.press("Escape");
  await expect(armed(page)).toHaveCount(0);
  await page.keyboard.press("j");
  await page.keyboard.press("1");
  await expect(armed(page)).toContainText("加购提醒");
  await expect(card(page, "加购提醒")).toContainText("已发送");
  expect(await connected.robotSaid()).toEqual(["【示例】加购提醒"]);
  await expectAccessible(page);

  await page.keyboard.press("Shift+J");
  await page.getByRole("textbox", { name: "内容" }).fill("3 号加了 200 件");
  await page.keyboard.press("Enter");
  await expect(armed(page)).toContainText("3 号加了 200 件");
  await expect.poll(async () => await connected.robotSaid()).toContain("3 号加了 200 件");
});

test("who has not sent is in sight below the fold too, named by robot, and led to the board", async ({ page }) => {
  const id = await staff.createShow({ title: "示例 · 还没发" });
  const discount = { kind: "moneyOff", thresholdFen: 10_000, offFen: 1_000, productIds: null } as const;
  for (let n = 1; n <= 8; n += 1) {
    const coupon = { carrier: "shop" as const, title: `示例券 ${n}`, discount, total: 100, rules: "示例" };
    await staff.send(id, "coupon.plan", coupon);
  }
  const pushId = await withThreeMembers(page, id);
  await page.goto(`/shows/${id}/control`);
  const edge = page.getByRole("button", { name: "群发:3 人还没发" });
  await expect(edge).toBeInViewport();
  await expectAccessible(page);
  await edge.click();
  await expect(edge).toHaveCount(0);
  await expect(card(page, "开播提醒")).toContainText("0 / 3 人已发");
  await card(page, "开播提醒")
    .getByRole("button", { name: /提醒发送/ })
    .click();
  await expect.poll(async () => (await connected.robotSaid()).join("\n")).toContain("群发「开播提醒」还没有发送");
  await card(page, "开播提醒").getByRole("link", { name: "开播提醒" }).click();
  await expect(page).toHaveURL(`/shows/${id}/pushes#board=${pushId}`);
  await expect(page.getByRole("button", { name: "没发的 3", exact: true })).toBeVisible();
  await expect(page.getByText(/在内部群点名 3 人/)).toBeVisible();
});

test("F8 holds all, offers what is out for cancelling, and says so until it is let go", async ({ page }) => {
  const id = await staff.createShow({ title: "示例 · 拦下全部" });
  await withThreeMembers(page, id);
  await isResolved(page, id, await robotPush(id, "加购提醒"));
  await page.goto(`/shows/${id}/control`);
  await expect(card(page, "加购提醒")).toBeVisible();
  await page.keyboard.press("F8");
  const list = page.getByRole("dialog", { name: "拦下全部:推送清单" });
  await expect(list.getByText("已停住 · 拦下全部")).toBeVisible();
  await expectAccessible(page);
  await list
    .getByRole("button", { name: /^取消 .* 的发送$/ })
    .first()
    .click();
  await list.getByRole("button", { name: "全部取消(2)" }).click();
  await expect(list.getByText("没有。员工手上没有等着发送的推送。")).toBeVisible();
  await list.getByRole("button", { name: "关闭" }).last().click();
  await expect(card(page, "加购提醒").getByRole("button", { name: /下发/ })).toBeDisabled();
  await expect(page.getByText("拦下全部(推送 1 · 倒计时 0)")).toBeVisible();
  await page.getByRole("button", { name: "解除" }).click();
  await card(page, "加购提醒").getByRole("button", { name: /下发/ }).click();
  await expect(armed(page)).toContainText("加购提醒");
});

test("a robot whose answer is lost is decided by a person, and goes once more only when it did not go", async ({
  page,
}) => {
  const id = await staff.createShow({ title: "示例 · 待核实" });
  const pushId = await robotPush(id, "加购提醒");
  await isResolved(page, id, pushId);
  await connected.fails({ path: "webhook/send", kind: "cutAfter", times: 1 });
  await page.goto(`/shows/${id}/control`);
  await card(page, "加购提醒").getByRole("button", { name: /下发/ }).click();
  const settle = card(page, "加购提醒").getByRole("link", { name: "1 个待核实" });
  await expect(settle).toBeVisible();
  await settle.click();
  await expect(page).toHaveURL(`/shows/${id}/pushes#board=${pushId}`);
  await expect(page.getByText("机器人发出后没等到回执", { exact: false })).toBeVisible();
  expect(await connected.robotSaid()).toHaveLength(1);
  await page.getByRole("button", { name: "没有", exact: true }).click();
  await page.getByRole("button", { name: /重新下发/ }).click();
  await expect.poll(async () => (await connected.robotSaid()).length).toBe(2);
});

test("社群 sees the desk, hands over and stops; what is not theirs is not offered", async ({
  page,
  browser,
  baseURL,
}) => {
  const id = await staff.createShow({ title: "示例 · 社群" });
  await isResolved(page, id, await robotPush(id, "加购提醒"));
  const who = { name: "示例社群", username: `shequn${randomUUID().slice(0, 8)}`, roles: ["community"] as const };
  const theirs = await openAs(browser, await createColleague(page.request, baseURL ?? "", who), baseURL ?? "");
  await theirs.setViewportSize({ width: 1440, height: 900 });
  await theirs.goto(`/shows/${id}/control`);
  await card(theirs, "加购提醒").getByRole("button", { name: /下发/ }).click();
  await expect(armed(theirs).getByRole("button", { name: "拦下" })).toBeVisible();
  await theirs.keyboard.press("F8");
  await expect(theirs.getByRole("dialog", { name: "拦下全部:推送清单" })).toBeVisible();
  await theirs.keyboard.press("Escape");
  await expect(theirs.getByText("已拦下全部")).toBeVisible();
  await expect(theirs.getByRole("button", { name: "解除" })).toHaveCount(0);
  expect(await connected.robotSaid()).toEqual([]);
  await theirs.context().close();
});
