import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { promised } from "#tests/support/machine-pace.ts";
import { staffApi, type StaffApi } from "./staff-api.ts";

/** The viewer's page on a phone, against the production server: claim, enter, win, check, and what happens when the network goes. */

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

const PRIZES = [{ name: "示例 羊毛围巾", count: 1, valueFen: 13_900 }];
const COUPON = { carrier: "own" as const, title: "群友专享券", total: 5_000, rules: "示例券:每人限领一张。" };
const DISCOUNT = { kind: "moneyOff" as const, thresholdFen: 30_000, offFen: 5_000, productIds: null };

/** Somebody opens the page, reads, and enters within this, also on a busy machine; then the test waits for its end. */
const ENTRY_MS = 20_000;

let staff: StaffApi;
let errors: string[] = [];

test.beforeEach(async ({ page, playwright, baseURL }) => {
  // The staff's cookie stays out of the viewer's browser.
  const hand = await playwright.request.newContext({ baseURL: baseURL ?? "" });
  staff = await staffApi(hand, baseURL ?? "");
  errors = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(error.message));
});

async function seriousFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

const nav = (page: Page) => page.getByRole("navigation");
/** A horizontal scroll bar on a phone is a broken page. */
const isTooWide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);

async function pushedCoupon(sessionId: string, plan: Partial<typeof COUPON> = {}): Promise<string> {
  const { couponId = "" } = await staff.send(sessionId, "coupon.plan", { ...COUPON, ...plan, discount: DISCOUNT });
  await staff.send(sessionId, "coupon.push", { couponId });
  return couponId;
}

async function openDraw(sessionId: string, durationMs: number): Promise<string> {
  const plan = {
    carrier: "ownDraw" as const,
    title: "群内抽奖 · 围巾",
    rules: "示例:每人一次。",
    prizes: PRIZES,
    durationMs,
  };
  const { lotteryId = "" } = await staff.send(sessionId, "lottery.plan", plan);
  await staff.send(sessionId, "lottery.open", { lotteryId });
  return lotteryId;
}

test("before the show it counts down, then turns live by itself, in both languages and on the smallest phone", async ({
  page,
}) => {
  const id = await staff.createShow({ title: "示例 · 秋冬上新", startInMs: 3_600_000 });
  await page.goto(`/v/${id}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("示例 · 秋冬上新");
  await expect(page.getByRole("timer")).toContainText("距开播");
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.getByRole("timer")).toContainText("Starts in");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await isTooWide(page)).toBe(false);
  await page.reload();
  await expect(page.getByRole("button", { name: "中文" })).toBeVisible();
  await staff.send(id, "session.start", { reason: "测试" });
  await expect(page.getByText("Live now in the WeChat Channels room")).toBeVisible();
  expect(await seriousFindings(page)).toEqual([]);
  expect(errors).toEqual([]);
});

test("an own coupon is claimed once, its code stays after a reload and can be copied; the last one taken says so to others", async ({
  page,
  browser,
}) => {
  const id = await staff.createShow({ title: "示例 · 领券" });
  await pushedCoupon(id, { total: 1 });
  await page.goto(`/v/${id}`);
  const other = await (await browser.newContext()).newPage();
  await other.goto(page.url());
  await expect(other.getByRole("button", { name: "领取 群友专享券" })).toBeVisible();
  await nav(page).getByRole("button", { name: "领取 ¥50" }).click();
  await expect(page.getByText("✓ 已领取")).toBeVisible();
  const code = await page.locator(".font-mono").first().innerText();
  await page.reload();
  await expect(page.getByText(code)).toBeVisible();
  await nav(page).getByRole("link", { name: "我的券和奖品 (1)" }).click();
  await page.getByRole("button", { name: "复制" }).click();
  await expect(page.getByText(/已复制|长按券码复制/)).toBeVisible();
  expect(await seriousFindings(page)).toEqual([]);
  // Its page may not know yet: then the server says it.
  const claim = other.getByRole("button", { name: "领取 群友专享券" });
  if (await claim.isVisible()) await claim.click({ timeout: 2_000 }).catch(() => undefined);
  await expect(other.getByText("已领完", { exact: true })).toBeVisible();
  await other.context().close();
  expect(errors.filter((text) => !text.includes("409"))).toEqual([]);
});

test("a draw shows prizes, odds and rules before entry; the winner learns it, and the proof holds in the page", async ({
  page,
}) => {
  const id = await staff.createShow({ title: "示例 · 抽奖" });
  await staff.send(id, "session.start", { reason: "测试" });
  const lotteryId = await openDraw(id, ENTRY_MS);
  await page.goto(`/v/${id}`);
  await nav(page).getByRole("link", { name: "参加抽奖" }).click();
  await expect(page.getByText("示例:每人一次。")).toBeVisible();
  await expect(page.getByText(/概率 = 份数/)).toBeVisible();
  expect(await seriousFindings(page)).toEqual([]);
  await nav(page).getByRole("button", { name: "参加抽奖" }).click();
  await expect(page.getByText("✓ 已参加 · 第 1 号")).toBeVisible();
  await expect(page.getByText("待开奖")).toBeVisible();
  await staff.send(id, "lottery.draw", { lotteryId });
  await expect(page.getByText("恭喜,你中奖了!")).toBeVisible();
  await page.getByRole("button", { name: "在本页核对" }).click();
  await expect(page.getByText(/核对通过:1 个报名.*你的报名凭据也在名单里.*最早记下的承诺一致/)).toBeVisible();
  expect(await seriousFindings(page)).toEqual([]);
  await page.goBack();
  await expect(page.getByRole("link", { name: /恭喜,你中奖了/ })).toBeVisible();
  expect(errors).toEqual([]);
});

/** When the countdown showed what, by this machine's clock. */
async function turnsOf(page: Page): Promise<Map<string, number>> {
  const turns = await page.evaluate(
    () =>
      new Promise<[string, number][]>((resolve) => {
        const timer = document.querySelector("[role=timer]");
        if (!timer) throw new Error("no countdown");
        const seen: [string, number][] = [];
        new MutationObserver(() => {
          seen.push([timer.textContent, performance.timeOrigin + performance.now()]);
        }).observe(timer, { characterData: true, childList: true, subtree: true });
        setTimeout(() => resolve(seen), 6_500);
      }),
  );
  return new Map(turns);
}

test("countdowns turn together on all phones, also on one whose clock is wrong", async ({ page, browser }) => {
  const id = await staff.createShow({ title: "示例 · 同步" });
  await staff.send(id, "session.start", { reason: "测试" });
  await openDraw(id, 600_000);
  const other = await (await browser.newContext({ locale: "zh-CN" })).newPage();
  await other.addInitScript(() => {
    const real = Date.now;
    Date.now = () => real() + 83_471;
  });
  await Promise.all([page, other].map((one) => one.goto(`/v/${id}`)));
  await Promise.all([page, other].map((one) => expect(one.getByRole("timer")).toContainText("距截止")));
  // The first answer is the slowest; some more make the clocks true.
  await page.waitForTimeout(5_000);
  const limit = promised(50);
  const [here, there] = await Promise.all([turnsOf(page), turnsOf(other)]);
  const apart = [...here]
    .flatMap(([text, at]) => (there.has(text) ? [Math.abs(at - (there.get(text) ?? 0))] : []))
    .toSorted((a, b) => a - b);
  expect(apart.length).toBeGreaterThanOrEqual(4);
  // The middle one: a busy machine may draw a single turn late.
  expect(apart[Math.floor(apart.length / 2)]).toBeLessThan(limit.onThisMachine());
  await other.context().close();
});

test("a rehearsal's countdown goes by its own clock, at its pace, and stands while it is paused", async ({ page }) => {
  const id = await staff.createShow({ title: "示例彩排 · 时钟", rehearsal: true });
  await staff.send(id, "session.start", { reason: "测试" });
  await openDraw(id, 600_000);
  await page.goto(`/v/${id}`);
  const left = async () => {
    const [, minutes = "", seconds = ""] = /00:(\d\d):(\d\d)/.exec(await page.getByRole("timer").innerText()) ?? [];
    return Number(minutes) * 60 + Number(seconds);
  };
  await expect(page.getByRole("timer")).toContainText("彩排时钟");
  await staff.rehearse(id, "post", { speed: 10, minutes: 60, audience: false });
  await expect.poll(left).toBeLessThan(560);
  const before = await left();
  await page.waitForTimeout(2_000);
  expect(before - (await left())).toBeGreaterThan(12);
  await staff.rehearse(id, "patch", { paused: true });
  await expect(async () => {
    const stood = await left();
    await page.waitForTimeout(2_500);
    expect(await left()).toBe(stood);
  }).toPass();
});

test("a redraw and a cancellation are told in fixed words, never with the staff's reason", async ({ page }) => {
  const id = await staff.createShow({ title: "示例 · 递补" });
  await staff.send(id, "session.start", { reason: "测试" });
  const [first, cancelled] = [await openDraw(id, ENTRY_MS), await openDraw(id, 600_000)];
  await page.goto(`/v/${id}#draw/${first}`);
  await nav(page).getByRole("button", { name: "参加抽奖" }).click();
  await expect(page.getByText("待开奖")).toBeVisible();
  await staff.send(id, "lottery.draw", { lotteryId: first });
  await expect(page.getByText("恭喜,你中奖了!")).toBeVisible();
  await staff.send(id, "lottery.redraw", { lotteryId: first, place: 1, instead: 1, reason: "示例:电话打不通" });
  await staff.send(id, "lottery.cancel", { lotteryId: cancelled, reason: "示例:有人投诉" });
  await expect(page.getByText("第 1 名已重新抽取")).toBeVisible();
  await page.goto(`/v/${id}#draw/${cancelled}`);
  await expect(page.getByText("本次抽奖已取消")).toBeVisible();
  const told = await page.request.get(`/api/v1/viewer/sessions/${id}`);
  const proof = await page.request.get(`/api/v1/viewer/sessions/${id}/lotteries/${first}/proof`);
  for (const answer of [told, proof]) expect(await answer.text()).not.toMatch(/电话|投诉/);
});

test("a proof that was tampered with on the way fails in the page", async ({ page }) => {
  const id = await staff.createShow({ title: "示例 · 核对" });
  const lotteryId = await openDraw(id, ENTRY_MS);
  await page.goto(`/v/${id}#draw/${lotteryId}`);
  await nav(page).getByRole("button", { name: "参加抽奖" }).click();
  await expect(page.getByText("✓ 已参加 · 第 1 号")).toBeVisible();
  await expect(page.getByText("待开奖")).toBeVisible();
  await staff.send(id, "lottery.draw", { lotteryId });
  await expect(page.getByText("恭喜,你中奖了!")).toBeVisible();
  await page.route("**/proof", async (route) => {
    const proof = await (await route.fetch()).json();
    await route.fulfill({ json: { ...proof, entries: ["0".repeat(20)] } });
  });
  await page.getByRole("button", { name: "在本页核对" }).click();
  await expect(page.getByText("核对没有通过:")).toBeVisible();
  await expect(page.getByText("与你手中的报名凭据不符")).toBeVisible();
});

test("a claim whose answer got lost is claimed once: the next press is the same one", async ({ page }) => {
  const id = await staff.createShow({ title: "示例 · 断网" });
  const couponId = await pushedCoupon(id);
  await page.goto(`/v/${id}`);
  const claimUrl = `**/coupons/${couponId}/claim`;
  const keys: (string | undefined)[] = [];
  await page.route(claimUrl, async (route) => {
    keys.push(route.request().headers()["idempotency-key"]);
    // It is done on the server, but the phone never hears of it; nor of what it holds.
    if (keys.length === 1) await route.fetch();
    await (keys.length === 1 ? route.abort("connectionreset") : route.continue());
  });
  await page.route("**/me", (route) => (keys.length === 1 ? route.abort() : route.continue()));
  await page.getByRole("button", { name: "领取 群友专享券" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "不会重复领取" })).toBeVisible();
  await page.getByRole("button", { name: "领取 群友专享券" }).click();
  await expect(page.getByText("✓ 已领取")).toBeVisible();
  expect(keys).toHaveLength(2);
  expect(keys[0]).toBe(keys[1]);
  await expect(page.getByText("剩 4,999 / 5,000")).toBeVisible();
});

test("without a network it says so, keeps what it shows, and comes back by itself", async ({ page, context }) => {
  const id = await staff.createShow({ title: "示例 · 离线" });
  await staff.send(id, "session.start", { reason: "测试" });
  await page.goto(`/v/${id}`);
  await expect(page.getByText("正在视频号直播间直播")).toBeVisible();
  await context.setOffline(true);
  await expect(page.getByText(/网络不太好/)).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await staff.send(id, "session.end", {});
  await context.setOffline(false);
  await expect(page.getByText(/谢谢观看/)).toBeVisible();
  await expect(page.getByText(/网络不太好/)).toBeHidden();
});

test("where only links of one's own may claim, others are told so, and nothing is pressed in vain", async ({
  page,
}) => {
  const id = await staff.createShow({ title: "示例 · 专属", anonymousClaims: false });
  await pushedCoupon(id);
  await page.goto(`/v/${id}`);
  await expect(page.getByText(/请从群里的专属链接打开/)).toBeVisible();
  await expect(page.getByRole("button", { name: "领取 群友专享券" })).toBeDisabled();
});

test("a link's token is taken out of the address, and a wrong one is nobody", async ({ page }) => {
  const id = await staff.createShow({ title: "示例 · 链接" });
  await pushedCoupon(id);
  await page.goto(`/v/${id}#t=kv.1.forged.forged.forged.k.forged`);
  await nav(page).getByRole("button", { name: "领取 ¥50" }).click();
  await expect(page.getByText("✓ 已领取")).toBeVisible();
  expect(new URL(page.url()).hash).toBe("");
});

test("a rehearsal says so, and a link to nothing is told in words", async ({ page }) => {
  const id = await staff.createShow({ title: "示例彩排", rehearsal: true });
  await page.goto(`/v/${id}`);
  await expect(page.getByText("券、抽奖和价格都是演练")).toBeVisible();
  await page.goto("/v/s_nope");
  await expect(page.getByRole("heading", { name: "没有找到这场直播" })).toBeVisible();
});
