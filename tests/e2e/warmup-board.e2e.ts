import { expect, type Page } from "@playwright/test";
import { promised } from "#tests/support/machine-pace.ts";
import { expectAccessible } from "./clean-page.ts";
import { test } from "./screen-page.ts";
import { viewersOf, type SignedUpViewer } from "./warmup-people.ts";

/** The team's side of the warm-up: what a viewer does stands on the board within a second, on the desk and on the host's machine. */

/** Accounts without a past within a minute: the tenth looks odd. */
const BROUGHT = 12;

const figure = (page: Page, name: string) =>
  page.getByRole("group", { name: "预热的数字" }).getByRole("region", { name });

async function isTooWide(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
}

/** The notice that says so, with its way back. */
const undo = (page: Page, said: string) =>
  page
    .getByRole("listitem")
    .or(page.getByRole("status"))
    .filter({ hasText: said })
    .getByRole("button", { name: "撤销" })
    .first();

/** Waits until `shown` holds, which looks once each time, and tells how long after the server's answer that was. */
async function seenAfter({ answeredAt }: SignedUpViewer, shown: () => Promise<void>): Promise<number> {
  await expect(shown).toPass({ intervals: [20] });
  return Date.now() - answeredAt;
}
const ONCE = { timeout: 1 };

test("a sign-up, and who brought whom, stand on the team's board within a second", async ({
  page,
  staff,
  baseURL,
  playwright,
}) => {
  const id = await staff.createShow({ title: "示例彩排 · 预热看板", rehearsal: true, startInMs: 26 * 3_600_000 });
  await staff.send(id, "session.setTargets", { paidFen: null, audience: null, orders: null, reservations: 5_000 });
  await staff.send(id, "source.planMany", { sources: [{ kind: "store", name: "南门店收银台", code: "nanmen" }] });
  await page.goto(`/shows/${id}/plan`);
  await page.getByRole("link", { name: "预热", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("预热 · 示例彩排 · 预热看板");
  await expect(page.getByText("还没有曲线")).toBeVisible();
  await expect(page.getByText("还没有人带来朋友")).toBeVisible();
  // Before the show nobody can have watched or bought, and the funnel says so.
  const funnel = page.getByRole("list", { name: "从打开到成交" });
  await expect(funnel.getByRole("listitem").filter({ hasText: "看播" })).toHaveText("看播–开播后才有");
  await expect(funnel.getByRole("listitem").filter({ hasText: "成交" })).toHaveText("成交–开播后才有");
  await expectAccessible(page);

  const viewers = viewersOf(playwright, baseURL ?? "", id);
  // The board is told at most once a second.
  const [soon, told] = [promised(1_000), promised(2_000)];
  const cloud = await viewers.signUp({ name: "示例云朵", source: "nanmen" });
  const first = await seenAfter(cloud, () =>
    expect(figure(page, "预约登记")).toContainText(/^预约登记.*1(?!\d)/, ONCE),
  );
  expect(first).toBeLessThan(soon.onThisMachine());
  const friend = await viewers.signUp({ name: "示例小林", by: cloud });
  const leaders = page.getByRole("list", { name: "邀请榜" });
  const counted = await seenAfter(friend, () => expect(leaders).toContainText("示**朵", ONCE));
  expect(counted).toBeLessThan(told.onThisMachine());
  await expect(figure(page, "有效邀请")).toContainText("邀请人 1");
  await expect(page.getByRole("table", { name: "来源" }).getByRole("row", { name: /南门店收银台/ })).toContainText("1");
  await expect(page.getByRole("table", { name: "来源" })).toContainText("朋友邀请");

  // 视频号预约 is typed with the time at which it was seen.
  await page.keyboard.press("n");
  await page.keyboard.type("三千");
  await expect(page.getByRole("alert").filter({ hasText: "写整数,例如 3,260" })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("3,260");
  await page.keyboard.press("Enter");
  const reserved = figure(page, "视频号预约");
  await expect(reserved).toContainText("3,260");
  await expect(reserved).toContainText("还差 1,740");
  await expect(reserved).toContainText(/手动 \d\d:\d\d .*记/);
  await expect(page.getByRole("figure", { name: /最近 48 小时/ })).toBeVisible();
  await page.getByRole("button", { name: "最近记的" }).click();
  const mistyped = page.getByRole("textbox", { name: /^改 .* 的数/ });
  await mistyped.fill("3620");
  await mistyped.press("Enter");
  await expect(reserved).toContainText("3,620");
  await undo(page, "已改为 3,620").click();
  await expect(reserved).toContainText("3,260");
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await isTooWide(page)).toBe(false);
});

test("what looks odd waits with its evidence, and is decided by a person, many at once", async ({
  page,
  staff,
  baseURL,
  playwright,
}) => {
  const id = await staff.createShow({ title: "示例 · 待判定" });
  const viewers = viewersOf(playwright, baseURL ?? "", id);
  const inviter = await viewers.signUp();
  for (let n = 0; n < BROUGHT; n += 1) await viewers.signUp({ by: inviter });
  await page.goto(`/shows/${id}/warmup#leaderboard`);
  const held = page.getByRole("region", { name: "待判定的邀请" });
  await expect(held.getByRole("listitem").filter({ hasText: "成批没有来历的号" }).first()).toBeVisible();
  await expect(held).toContainText("1 分钟内 10 人");
  const odd = await held.getByRole("checkbox", { name: /^选择/ }).count();
  const counting = BROUGHT - odd;
  expect(odd).toBeGreaterThanOrEqual(3);
  await expect(page.getByRole("tab", { name: /邀请榜/ })).toContainText(String(odd));
  await expectAccessible(page);

  // By keys: down to the first, tick it, and say why.
  await page.keyboard.press("j");
  await page.keyboard.press("Space");
  await expect(held).toContainText("已选 1 个");
  await held.getByRole("button", { name: "算数" }).click();
  const ask = page.getByRole("dialog", { name: "1 个邀请算数" });
  await ask.getByRole("textbox", { name: "说明" }).fill("问过本人,是同事聚餐");
  await expectAccessible(page);
  await ask.getByRole("button", { name: "算数" }).click();
  await expect(page.getByText("1 个已算数", { exact: true })).toBeVisible();
  // A notice goes after ten seconds, but not from under the pointer.
  await undo(page, "1 个已算数").hover();
  await expect(held).toContainText(`${odd - 1} 个`);
  const row = page.getByRole("table", { name: "邀请榜名次" }).getByRole("row", { name: /1 号/ });
  await expect(row.getByRole("cell").nth(2)).toHaveText(String(counting + 1));
  await undo(page, "1 个已算数").click();
  await expect(held).toContainText(`${odd} 个`);
  await expect(held.getByRole("checkbox", { name: /^选择/ })).toHaveCount(odd);

  await held.getByRole("checkbox", { name: "全选" }).click();
  await held.getByRole("button", { name: "不算" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "不算" }).click();
  await expect(held.getByText("没有待判定的邀请")).toBeVisible();
  await undo(page, `${odd} 个已判不算`).click();
  await expect(held).toContainText(`${odd} 个`);
  await expect(held.getByRole("checkbox", { name: /^选择/ })).toHaveCount(odd);
  // All that are held for one thing, without picking any.
  const scope = held.getByRole("combobox", { name: "判定哪些" });
  await scope.click();
  await page.getByRole("option", { name: `成批没有来历的号 · 全部 ${odd} 个` }).click();
  await held.getByRole("button", { name: "不算" }).click();
  await expectAccessible(page);
  await page
    .getByRole("dialog", { name: /成批没有来历的号/ })
    .getByRole("button", { name: "不算" })
    .click();
  await expect(held.getByText("没有待判定的邀请")).toBeVisible();
  // Its one way back stays below the list, also once what was said of it is gone.
  const latest = held.getByRole("region", { name: "最近的整批判定" });
  await expect(latest).toContainText(`${odd} 个不算`);
  await latest.getByRole("button", { name: "撤销" }).click();
  await expect(held).toContainText(`${odd} 个`);
  await expect(held.getByRole("checkbox", { name: /^选择/ })).toHaveCount(odd);
  await held.getByRole("checkbox", { name: /^选择/ }).first().click();
  await held.getByRole("button", { name: "算数" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "算数" }).click();
  await expect(row.getByRole("cell").nth(2)).toHaveText(String(counting + 1));

  // Who brought whom, and off the board with a reason; an appeal is kept, and the way back is there.
  await row.getByRole("button", { name: /1 号$/ }).click();
  const chain = page.getByRole("dialog", { name: "谁带来了谁" });
  await expect(chain).toContainText(`${BROUGHT} 人`);
  await expect(chain.getByText("待判定")).toHaveCount(odd - 1);
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await row.getByRole("button", { name: /更多操作/ }).click();
  await page.getByRole("menuitem", { name: "取消资格" }).click();
  const reason = page.getByRole("dialog", { name: /取消.*的资格/ });
  await reason.getByRole("button", { name: "取消资格" }).click();
  await expect(reason).toContainText("写清楚原因");
  await reason.getByRole("textbox").fill("同一台手机反复登记");
  await reason.getByRole("button", { name: "取消资格" }).click();
  const out = page.getByRole("region", { name: "已取消资格" });
  await expect(out).toContainText("同一台手机反复登记");
  await expect(page.getByText("按「有效邀请」还没有人上榜")).toBeVisible();
  await out.getByRole("button", { name: "记申诉" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("他说是门店的公用手机");
  await page.getByRole("dialog").getByRole("button", { name: "记申诉" }).click();
  await expect(out).toContainText("他说是门店的公用手机");
  await out.getByRole("button", { name: "恢复资格" }).click();
  await expect(row.getByRole("cell").nth(2)).toHaveText(String(counting + 1));
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await isTooWide(page)).toBe(false);
});

test("metric, freeze and publishing by one press each, with the way back; first contacts are ticked off by keys", async ({
  page,
  staff,
  baseURL,
  playwright,
}) => {
  const id = await staff.createShow({ title: "示例彩排 · 首联", rehearsal: true });
  const viewers = viewersOf(playwright, baseURL ?? "", id);
  const cloud = await viewers.signUp({ name: "示例云朵" });
  await viewers.signUp({ name: "示例小林", by: cloud });
  await page.goto(`/shows/${id}/warmup#leaderboard`);
  await page.getByRole("button", { name: "公开给观众" }).click();
  await expect(page.getByText("观众看得到", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "冻结" }).click();
  await expect(page.getByText(/已冻结 \d\d-\d\d/)).toBeVisible();
  await undo(page, "邀请榜已冻结").click();
  await expect(page.getByText(/已冻结 \d\d-\d\d/)).toBeHidden();
  await page.getByRole("button", { name: "朋友成交" }).click();
  await expect(page.getByRole("button", { name: "朋友成交" })).toHaveAttribute("aria-pressed", "true");
  await undo(page, "已改为按「朋友成交」排").click();
  await expect(page.getByRole("button", { name: "有效邀请" })).toHaveAttribute("aria-pressed", "true");

  await page.getByRole("tab", { name: /首联/ }).click();
  const waiting = page.getByRole("region", { name: "还没首联的人" }).getByRole("listitem");
  await expect(waiting).toHaveCount(2);
  await expect(waiting.first()).toContainText("示**朵");
  await expectAccessible(page);
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(waiting).toHaveCount(1);
  await expect(page.getByRole("tab", { name: /首联/ })).toContainText("1");
  await undo(page, "「示**朵」已首联").click();
  await expect(waiting).toHaveCount(2);
  await expect(page.getByRole("tab", { name: /首联/ })).toContainText("2");
});

test("the host's board tells an overtaking, with a line to say, and names nobody whole", async ({
  page,
  staff,
  host,
  baseURL,
  playwright,
}) => {
  const id = await staff.createShow({ title: "示例彩排 · 大屏榜", rehearsal: true });
  const { id: linkId, path } = await staff.screenLink(id);
  await staff.send(id, "screen.show", { linkId, board: "leaderboard" });
  await host.emulateMedia({ reducedMotion: "reduce" });
  await host.goto(path);
  await expect(host.getByText("还没有人上榜")).toBeVisible();
  await expectAccessible(host);

  const viewers = viewersOf(playwright, baseURL ?? "", id);
  const cloud = await viewers.signUp({ name: "示例云朵" });
  const calm = await viewers.signUp({ name: "示例安然" });
  await viewers.signUp({ name: "示例甲", by: cloud });
  const rows = host.getByTestId("leaders").getByRole("listitem");
  await expect(rows).toHaveCount(1);
  await viewers.signUp({ name: "示例乙", by: calm });
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText("还差 1");
  const told = promised(2_000);
  const last = await viewers.signUp({ name: "示例丙", by: calm });
  const overtaken = await seenAfter(last, () => expect(rows.first()).toContainText("示**然", ONCE));
  expect(overtaken).toBeLessThan(told.onThisMachine());
  await expect(rows.first()).toContainText("升 1 位");
  await expect(host.getByTestId("leader-line")).toContainText("示**然 刚刚超过 示**朵,升到第 1 名");
  await expect(host.locator("body")).not.toContainText("安然");
  const moving = await host.evaluate(() => document.getAnimations().length);
  expect(moving).toBe(0);
  await expectAccessible(host);

  await staff.send(id, "leaderboard.publish", {});
  await staff.send(id, "screen.show", { linkId, board: "host" });
  await expect(host.getByTestId("leaders-card")).toContainText("示**然");
  await page.goto(`/shows/${id}/warmup`);
  await expect(page.getByRole("list", { name: "邀请榜" })).toContainText("示**然");
});
