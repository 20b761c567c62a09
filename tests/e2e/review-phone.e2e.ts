import { expect, type CDPSession, type Page } from "@playwright/test";
import { apiToken } from "./credentials.ts";
import { expectAccessible, test } from "./clean-page.ts";
import { staffApi, type StaffApi } from "./staff-api.ts";

/** The review where many acts stand close together: sixty of them, on a desk by keys and on a phone by fingers. */

const ACTS = 60;
const MINUTE_MS = 60_000;
const EVERY_MS = 3 * MINUTE_MS;

async function program(page: Page, baseURL: string, path: string, data: object): Promise<void> {
  const answer = await page.request.post(`${baseURL}${path}`, {
    headers: { authorization: `Bearer ${apiToken}` },
    data,
  });
  expect(answer.ok(), await answer.text()).toBe(true);
}

/** Three hours with an act every three minutes, two of them a minute apart: coupons, draws, prices, explaining. */
async function busyShow(staff: StaffApi, page: Page, baseURL: string): Promise<string> {
  const startAt = Math.ceil(Date.now() / MINUTE_MS) * MINUTE_MS + 60 * MINUTE_MS;
  const id = await staff.createShow({
    title: "示例 · 六十个操作,名字也特别特别长的一场秋冬上新返场",
    startInMs: startAt - Date.now(),
    rehearsal: true,
  });
  await staff.send(id, "bag.applySheet", {
    products: Array.from({ length: 12 }, (_, index) => ({
      linkNo: index + 1,
      name: index === 0 ? "示例 名字特别特别长的羊绒混纺毛衣加绒加厚中长款女士外套秋冬新款" : `示例商品 ${index + 1}`,
      skus: [{ name: "默认", liveFen: 9_900, sellable: 500, pool: 500 }],
    })) as never,
  });
  const view = await (await page.request.get(`/api/v1/sessions/${id}/view?audience=control`)).json();
  const products: string[] = view.slices.products.rows.map(([productId]: [string]) => productId);
  const discount = { kind: "direct", offFen: 500, productIds: null } as never;
  const prizes = [{ name: "围巾", count: 1, valueFen: 9_900 }] as never;
  const clock = (to: number) => program(page, baseURL, `/api/v1/sessions/${id}/clock`, { to });
  const acts = Array.from({ length: ACTS / 4 }, (_, index) => index);
  const coupons: string[] = [];
  const lotteries: string[] = [];
  for (const index of acts) {
    const title = `满减 ${index + 1}`;
    coupons.push(
      (await staff.send(id, "coupon.plan", { carrier: "shop", title, discount, total: 100 }))["couponId"] ?? "",
    );
    const draw = { carrier: "platformBag", title: `福袋 ${index + 1}`, prizes, durationMs: MINUTE_MS } as never;
    lotteries.push((await staff.send(id, "lottery.plan", draw))["lotteryId"] ?? "");
  }
  await clock(startAt);
  await staff.send(id, "session.start", { reason: "示例" });
  for (const index of acts) {
    const at = startAt + (1 + index * 4) * EVERY_MS;
    const productId = products[index % products.length] ?? "";
    await clock(at);
    await staff.send(id, "coupon.push", { couponId: coupons[index] ?? "" });
    await clock(at + MINUTE_MS);
    await staff.send(id, "lottery.open", { lotteryId: lotteries[index] ?? "" });
    await clock(at + 2 * EVERY_MS);
    await staff.send(id, "bag.explain", { productId });
    await clock(at + 3 * EVERY_MS);
    await staff.send(id, "bag.release", { productId, units: 5 });
  }
  await clock(startAt + (ACTS + 2) * EVERY_MS);
  await staff.send(id, "session.end", { note: "示例" });
  return id;
}

const marks = (page: Page) => page.getByRole("toolbar", { name: "轴上的操作" }).getByRole("button");
const slider = (page: Page) => page.getByRole("slider", { name: "整场时间" });
const second = async (page: Page) => Number(await slider(page).getAttribute("aria-valuenow"));

/** No mark lies on another one, and all of them are within the axis. */
async function expectApart(page: Page): Promise<void> {
  await expect.poll(() => marks(page).count()).toBeGreaterThan(5);
  const boxes = await marks(page).evaluateAll((buttons) =>
    buttons.map((button) => {
      const { left, right, top, bottom } = button.getBoundingClientRect();
      return { left, right, top, bottom, name: button.textContent };
    }),
  );
  const { width } = page.viewportSize() ?? { width: 0 };
  const over = boxes.flatMap((one, index) =>
    boxes
      .slice(index + 1)
      .filter(
        (other) =>
          one.left < other.right - 0.5 &&
          other.left < one.right - 0.5 &&
          one.top < other.bottom - 0.5 &&
          other.top < one.bottom - 0.5,
      )
      .map((other) => `${one.name} | ${other.name}`),
  );
  expect(over).toEqual([]);
  for (const { left, right } of boxes) {
    expect(left).toBeGreaterThanOrEqual(0);
    expect(right).toBeLessThanOrEqual(width);
  }
}

test("sixty acts: none lies on another, each is reached by keys and by pointer", async ({ page, baseURL }) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const id = await busyShow(staff, page, baseURL ?? "");
  for (const size of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(size);
    await page.goto(`/shows/${id}/review`);
    await expect(marks(page).first()).toBeVisible();
    await expectApart(page);
    await expectAccessible(page);
  }
  // A badge lists what stands there; what is chosen is gone to.
  const badge = page.locator("[data-rove][aria-haspopup=dialog]").nth(3);
  await badge.click();
  const list = page.getByRole("dialog").getByRole("button");
  await expect(list.nth(1)).toBeVisible();
  const before = await second(page);
  await list.last().click();
  await expect(list).toHaveCount(0);
  await expect.poll(() => second(page)).not.toBe(before);
  // The same by keys: one stop of the Tab key, the arrows go along, Escape leads back.
  await page.setViewportSize({ width: 1440, height: 900 });
  // The marks are laid anew for the width a moment later, and a mark that is laid anew has lost its focus.
  await expect(async () => {
    await marks(page).first().focus();
    for (let step = 0; step < 4; step += 1) await page.keyboard.press("ArrowRight");
    await expect(marks(page).nth(4)).toBeFocused({ timeout: 2_000 });
  }).toPass();
  await page.keyboard.press("End");
  await page.keyboard.press("Home");
  await expect(marks(page).first()).toBeFocused();
  await badge.focus();
  await page.keyboard.press("Enter");
  await expect(list.first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(badge).toBeFocused();
  // Elsewhere the keys are the page's.
  await slider(page).focus();
  const stood = await second(page);
  await page.keyboard.press("k");
  await expect.poll(() => second(page)).not.toBe(stood);
});

/** Fingers as the browser itself would tell of them. */
const touch = (cdp: CDPSession, type: "touchStart" | "touchMove" | "touchEnd", xs: readonly number[], y: number) =>
  cdp.send("Input.dispatchTouchEvent", { type, touchPoints: xs.map((x, id) => ({ x, y, id })) });

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("all of it is one page; a finger drags to a second, two fingers come nearer", async ({ page, baseURL }) => {
    const staff = await staffApi(page.request, baseURL ?? "");
    const id = await busyShow(staff, page, baseURL ?? "");
    await page.goto(`/shows/${id}/review`);
    await expect(marks(page).first()).toBeVisible();
    // Nothing is cut at the right edge.
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    for (const name of ["播放 / 暂停", "上一步", "下一步", "选区起", "选区止", "放大", "缩小"]) {
      await expect(page.getByRole("button", { name, exact: true })).toBeInViewport({ ratio: 1 });
    }
    await page.getByRole("button", { name: "下一步", exact: true }).tap();
    await expect(page.getByRole("tab", { name: "货架" })).toBeVisible();

    const box = await slider(page).boundingBox();
    if (!box) throw new Error("no axis");
    const y = box.y + box.height - 60;
    const cdp = await page.context().newCDPSession(page);
    const before = await second(page);
    await touch(cdp, "touchStart", [120], y);
    for (let x = 130; x <= 260; x += 10) await touch(cdp, "touchMove", [x], y);
    await touch(cdp, "touchEnd", [], y);
    await expect.poll(() => second(page)).toBeGreaterThan(before + 20 * 60);

    // Three hours stand on the axis; apart by two fingers, far less does, and the page stays as large as it was.
    const dragged = await second(page);
    const several = await marks(page).count();
    await touch(cdp, "touchStart", [180, 210], y);
    for (let step = 1; step <= 12; step += 1) await touch(cdp, "touchMove", [180 - step * 10, 210 + step * 10], y);
    await touch(cdp, "touchEnd", [], y);
    await expect.poll(() => marks(page).count()).toBeLessThan(several);
    expect(await page.evaluate(() => window.visualViewport?.scale)).toBe(1);
    expect(await second(page)).toBe(dragged);
    await page.getByRole("button", { name: "全场", exact: true }).first().tap();
    await expect.poll(() => marks(page).count()).toBe(several);

    await page.getByRole("button", { name: "选区起", exact: true }).tap();
    await expect(page.getByRole("region", { name: "选区数据" })).toBeVisible();
    for (const tab of ["全场", "效果", "改进", "那一刻"]) {
      await page.getByRole("tab", { name: tab, exact: true }).tap();
      await page.waitForTimeout(800);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), tab).toBe(390);
      if (tab !== "效果") continue;
      // What an act did stands below its name: nobody has to move the table sideways for it.
      const box = await page.getByRole("table", { name: "每个操作的效果" }).boundingBox();
      expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(390);
    }
    await expectAccessible(page);
  });
});
