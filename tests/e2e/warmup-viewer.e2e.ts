import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Browser, type Locator, type Page } from "@playwright/test";
import { qrMatrix } from "#components/ui/qr-matrix.ts";
import { publishLanding } from "./published-landing.ts";
import { staffApi, type StaffApi } from "./staff-api.ts";

/** The warm-up on phones, against the production server: reserve, sign up, poster, a friend who comes by it, the board, and being forgotten. */

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;
test.use(phone);

let staff: StaffApi;
let errors: string[] = [];

test.beforeEach(async ({ page, playwright, baseURL }) => {
  const hand = await playwright.request.newContext({ baseURL: baseURL ?? "" });
  staff = await staffApi(hand, baseURL ?? "");
  errors = [];
  listen(page);
});

function listen(page: Page): void {
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(error.message));
}

async function seriousFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

const nav = (page: Page) => page.getByRole("navigation");
const isTooWide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);

/** Px between what stands on the page and the bar that lies over its end. */
async function gapAboveBar(page: Page, part: Locator): Promise<number> {
  const [bar, box] = [await nav(page).boundingBox(), await part.boundingBox()];
  return bar && box ? bar.y - box.y - box.height : Number.NEGATIVE_INFINITY;
}

async function friendsPhone(browser: Browser, url: string): Promise<Page> {
  const page = await (await browser.newContext({ ...phone, locale: "zh-CN" })).newPage();
  listen(page);
  await page.goto(url);
  return page;
}

/** The code's modules as they stand on the poster: the dark ones in its lower right, whose outermost are the code's corners. */
const codeOn = (poster: Locator, modules: number): Promise<number[][]> =>
  poster.evaluate((image, count) => {
    if (!(image instanceof HTMLImageElement)) throw new Error("no picture");
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
    const pen = canvas.getContext("2d");
    if (!pen) throw new Error("no canvas");
    pen.drawImage(image, 0, 0);
    const isDark = (x: number, y: number) => (pen.getImageData(x, y, 1, 1).data[0] ?? 255) < 100;
    const [left, top, right, bottom] = [400, 830, canvas.width - 60, canvas.height - 60];
    const dark: [number, number][] = [];
    for (let y = top; y < bottom; y += 1) for (let x = left; x < right; x += 1) if (isDark(x, y)) dark.push([x, y]);
    const [xs, ys] = [dark.map(([x]) => x), dark.map(([, y]) => y)];
    const [x0, y0] = [xs.reduce((a, b) => Math.min(a, b)), ys.reduce((a, b) => Math.min(a, b))];
    const cell = (xs.reduce((a, b) => Math.max(a, b)) + 1 - x0) / count;
    const at = (index: number) => Math.floor((index + 0.5) * cell);
    return Array.from({ length: count }, (_row, row) =>
      Array.from({ length: count }, (_column, column) => Number(isDark(x0 + at(column), y0 + at(row)))),
    );
  }, modules);

async function signUp(page: Page): Promise<void> {
  await nav(page).getByRole("link", { name: "预约登记" }).click();
  await nav(page).getByRole("button", { name: "同意并登记" }).click();
  await expect(page.getByText("登记成功")).toBeVisible();
}

test("sign up, get a poster, a friend comes by it and is counted, and the rank and the board follow", async ({
  page,
  browser,
}) => {
  const id = await staff.createShow({ title: "示例 · 预热" });
  await publishLanding(staff, id);
  await staff.send(id, "leaderboard.publish", {});
  await page.goto(`/v/${id}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("秋冬上新 前三件直降 300");
  await expect(page.getByRole("timer")).toContainText("距开播");
  await expect(page.getByText("老客怎么说")).toBeVisible();
  expect(await seriousFindings(page)).toEqual([]);

  // The platform's own reservation is the first act, and says how where no link does it.
  await nav(page).getByRole("link", { name: "视频号预约" }).click();
  await expect(page.getByText("点群里的直播预告卡片,再点「预约」。")).toBeVisible();
  await expect(page.getByText("示例女装旗舰")).toBeVisible();
  await nav(page).getByRole("link", { name: "回到首页" }).click();

  // Consent stands before the act, and no reminder is promised that nobody set up.
  await nav(page).getByRole("link", { name: "预约登记" }).click();
  await expect(page.getByText(/登记即同意主办方记录/)).toBeVisible();
  await expect(page.getByText("提醒我")).toBeHidden();
  expect(await seriousFindings(page)).toEqual([]);
  await nav(page).getByRole("button", { name: "同意并登记" }).click();
  await expect(page.getByText("登记成功")).toBeVisible();

  await nav(page).getByRole("link", { name: "查看我的海报" }).click();
  const poster = page.getByRole("img", { name: /邀请海报/ });
  await expect(poster).toBeVisible();
  expect(await poster.getAttribute("src")).toMatch(/^data:image\/jpeg;base64,/);
  expect(await poster.evaluate((image) => (image instanceof HTMLImageElement ? image.naturalWidth : 0))).toBe(750);
  const link = await page.getByText(/\/s\/[\w-]+-i\w+$/).innerText();

  const code = qrMatrix(link)?.map((row) => row.map(Number));
  expect(await codeOn(poster, code?.length ?? 0)).toEqual(code);

  // Opening it is the first touch; the sign-up that counts comes later, from the page's own address.
  const friend = await friendsPhone(browser, link);
  await expect(friend.getByRole("heading", { level: 1 })).toBeVisible();
  await signUp(friend);
  await nav(page).getByRole("link", { name: "回到首页" }).click();
  await expect(page.getByText("第 1 名")).toBeVisible();
  await expect(page.getByText("你在榜首")).toBeVisible();
  await expect(page.getByText("2 人", { exact: true }).first()).toBeVisible();

  // The address that is forwarded by WeChat's own menu carries the own code.
  expect(new URL(page.url()).search).toMatch(/^\?i=\w+$/);
  await page.getByRole("link", { name: "查看邀请榜" }).click();
  await expect(page.getByText("共 1 人上榜")).toBeVisible();
  expect(await seriousFindings(page)).toEqual([]);
  await friend.context().close();
  expect(errors).toEqual([]);
});

test("whoever takes the sign-up back takes the invite back; whoever has their data deleted is nobody", async ({
  page,
  browser,
}) => {
  const id = await staff.createShow({ title: "示例 · 取消" });
  await publishLanding(staff, id);
  await page.goto(`/v/${id}`);
  await signUp(page);
  await page.goto(`/v/${id}#invite`);
  const link = await page.getByText(/\/s\/[\w-]+-i\w+$/).innerText();
  const friend = await friendsPhone(browser, link);
  await signUp(friend);
  await page.goto(`/v/${id}#me`);
  await expect(page.getByText("有效")).toBeVisible();

  await friend.getByRole("button", { name: "取消登记" }).click();
  await friend.getByRole("button", { name: "确认取消登记" }).click();
  await expect(nav(friend).getByRole("button", { name: "同意并登记" })).toBeVisible();
  await expect(page.getByText("已取消")).toBeVisible();

  await page.getByRole("button", { name: "删除我的数据" }).click();
  await expect(page.getByText(/不能恢复/)).toBeVisible();
  // What is asked stands clear of the bar.
  await expect.poll(() => gapAboveBar(page, page.getByRole("button", { name: "确认删除" }))).toBeGreaterThan(0);
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByRole("button", { name: "确认删除" }).click();
  await expect(page.getByText(/已删除/)).toBeVisible();
  await page.reload();
  await nav(page).getByRole("link", { name: "回到首页" }).click();
  await expect(nav(page).getByRole("link", { name: "预约登记" })).toBeVisible();
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain("kv.");
  await friend.context().close();
});

test("a rehearsal takes anybody by any name; the name stands on the poster's page and is masked for others", async ({
  page,
  browser,
}) => {
  const id = await staff.createShow({ title: "示例彩排 · 预热", rehearsal: true });
  await publishLanding(staff, id);
  await staff.send(id, "leaderboard.publish", {});
  const signInAs = async (who: Page, name: string) => {
    await nav(who).getByRole("link", { name: "预约登记" }).click();
    await who.getByRole("textbox", { name: "称呼" }).fill(name);
    await who.getByRole("button", { name: "以此身份登录" }).click();
    await expect(who.getByText(`当前身份:${name}`)).toBeVisible();
    await nav(who).getByRole("button", { name: "同意并登记" }).click();
    await expect(who.getByText("登记成功")).toBeVisible();
  };
  await page.goto(`/v/${id}`);
  await signInAs(page, "示例云朵");
  await page.goto(`/v/${id}#poster`);
  await expect(page.getByRole("textbox", { name: "海报上的称呼" })).toHaveValue("示例云朵");
  const link = await page.getByText(/\/s\/[\w-]+-i\w+$/).innerText();
  const friend = await friendsPhone(browser, link);
  await signInAs(friend, "示例小林");
  await page.goto(`/v/${id}#invite`);
  await expect(page.getByText("示**林")).toBeVisible();
  await nav(friend).getByRole("link", { name: "回到首页" }).click();
  await expect(friend.getByText("示**朵")).toBeVisible();
  await expect(friend.getByText("示例云朵")).toBeHidden();
  await friend.context().close();
  // One phone is many people's here, and nothing of the one before is left to the next.
  await page.getByRole("textbox", { name: "称呼", exact: true }).fill("示例换人");
  await page.getByRole("button", { name: "以此身份登录" }).click();
  await page.getByRole("link", { name: "去登记" }).click();
  await expect(page.getByText("当前身份:示例换人")).toBeVisible();
  await expect(nav(page).getByRole("button", { name: "同意并登记" })).toBeVisible();
});

test("a page asks for its show while its scripts are on their way, and asks once", async ({ page }) => {
  const id = await staff.createShow({ title: "示例 · 慢网" });
  await publishLanding(staff, id);
  let arrive = () => undefined as void;
  const scripts = new Promise<void>((resolve) => (arrive = resolve));
  await page.route("**/_next/static/**/*.js", async (route) => {
    await scripts;
    await route.continue();
  });
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith(`/viewer/sessions/${id}`)) asked.push(request.url());
  });
  await page.goto(`/v/${id}`, { waitUntil: "commit" });
  await expect.poll(() => asked.length).toBe(1);
  arrive();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("秋冬上新 前三件直降 300");
  expect(asked).toHaveLength(1);
  expect(errors).toEqual([]);
});

test("live it says how to get in, afterwards where the replay is; a phone of 360 by 640 and English are not too wide", async ({
  page,
}) => {
  const id = await staff.createShow({ title: "示例 · 开播" });
  await publishLanding(staff, id, { liveLink: "weixin://dl/business/?t=example", replayLink: "https://example.com/r" });
  await page.setViewportSize({ width: 360, height: 640 });
  await page.goto(`/v/${id}`);
  await expect(nav(page).getByRole("link", { name: "视频号预约" })).toBeVisible();
  expect(await isTooWide(page)).toBe(false);
  await page.getByRole("button", { name: "English" }).click();
  await expect(nav(page).getByRole("link", { name: "Reserve" })).toBeVisible();
  expect(await isTooWide(page)).toBe(false);
  await page.getByRole("button", { name: "中文" }).click();
  await staff.send(id, "session.start", { reason: "测试" });
  await expect(page.getByText("在微信里搜索视频号「示例女装旗舰」,或点开群里的直播卡片。")).toBeVisible();
  await expect(nav(page).getByRole("link", { name: "进入直播间" })).toHaveAttribute("href", /^weixin:/);
  expect(await seriousFindings(page)).toEqual([]);
  await staff.send(id, "session.end", {});
  await expect(nav(page).getByRole("link", { name: "看回放" })).toBeVisible();
  await page.goto(`/v/${id}#signup`);
  await expect(page.getByText("直播已结束,登记已截止。")).toBeVisible();
  // A page that WeChat kept open for days offers nothing that is over.
  await page.goto(`/v/${id}#reserve`);
  await expect(nav(page).getByRole("link", { name: "看回放" })).toBeVisible();
  await expect(page.getByText("如何预约")).toBeHidden();
});

test("a draw for who signed up leads there while the show is on, and says why not where it is seen", async ({
  page,
}) => {
  const id = await staff.createShow({ title: "示例 · 登记抽奖" });
  await publishLanding(staff, id);
  const { lotteryId = "" } = await staff.send(id, "lottery.plan", {
    carrier: "ownDraw",
    title: "群内抽奖",
    rules: "示例:每人一次。",
    prizes: [{ name: "示例 羊毛围巾", count: 1, valueFen: 13_900 }],
    durationMs: 600_000,
    conditions: [{ kind: "signedUp" }],
  });
  await staff.send(id, "session.start", { reason: "测试" });
  await staff.send(id, "lottery.open", { lotteryId });
  await page.goto(`/v/${id}#draw/${lotteryId}`);
  await expect(page.getByText("公平证明")).toBeVisible();
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await nav(page).getByRole("button", { name: "参加抽奖" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "还没有满足参加条件" })).toBeInViewport();
  await page.getByRole("link", { name: "登记", exact: true }).click();
  await nav(page).getByRole("button", { name: "同意并登记" }).click();
  await expect(page.getByText("登记成功")).toBeVisible();
  // Nothing is left to be reserved or reminded of.
  await expect(page.getByRole("link", { name: "去视频号预约" })).toBeHidden();
  await page.goBack();
  await nav(page).getByRole("button", { name: "参加抽奖" }).click();
  await expect(page.getByText(/已参加 · 第 1 号/)).toBeVisible();
});

test("a sign-up whose answer got lost is done once; offline, its page says so and can be tried again", async ({
  page,
  context,
}) => {
  const id = await staff.createShow({ title: "示例 · 断网登记" });
  await publishLanding(staff, id);
  await page.goto(`/v/${id}`);
  await expect(nav(page).getByRole("link", { name: "预约登记" })).toBeVisible();
  await context.setOffline(true);
  await nav(page).getByRole("link", { name: "预约登记" }).click();
  await expect(page.getByText("这一页没有打开,网络可能不太好。")).toBeVisible();
  await context.setOffline(false);
  await page.getByRole("main").getByRole("button", { name: "立即重试" }).click();
  const keys: (string | undefined)[] = [];
  await page.route("**/signup", async (route) => {
    keys.push(route.request().headers()["idempotency-key"]);
    if (keys.length === 1) await route.fetch();
    await (keys.length === 1 ? route.abort("connectionreset") : route.continue());
  });
  await page.route("**/me", (route) => (keys.length === 1 ? route.abort() : route.continue()));
  await nav(page).getByRole("button", { name: "同意并登记" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "没有收到结果" })).toBeVisible();
  await nav(page).getByRole("button", { name: "同意并登记" }).click();
  await expect(page.getByText("第 1 位")).toBeVisible();
  expect(keys).toHaveLength(2);
  expect(keys[0]).toBe(keys[1]);
});

test("where a mini program reserves, one tap leads there; channels that work may be chosen, now and later", async ({
  page,
}) => {
  const id = await staff.createShow({ title: "示例 · 小程序预约" });
  const urlLink = "https://example.com/reserve";
  await publishLanding(staff, id, {
    reserve: { by: "miniProgram", appId: "wx00000000000000b1", path: "pages/reserve/index", urlLink },
    remind: ["subscription", "group"],
    joinCodeId: "q_example",
  });
  await page.goto(`/v/${id}`);
  await expect(nav(page).getByRole("link", { name: "视频号预约" })).toHaveAttribute("href", urlLink);
  await nav(page).getByRole("link", { name: "预约登记" }).click();
  // To a subscription message people agree inside the mini program, not here.
  await expect(page.getByRole("checkbox", { name: /订阅消息/ })).toBeHidden();
  await page.getByRole("checkbox", { name: "进群,群里提醒" }).check();
  await nav(page).getByRole("button", { name: "同意并登记" }).click();
  await expect(page.getByText("登记成功")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("checkbox", { name: "进群,群里提醒" })).toBeChecked();
  await page.getByRole("checkbox", { name: "进群,群里提醒" }).click();
  await expect(page.getByRole("checkbox", { name: "进群,群里提醒" })).not.toBeChecked();
  // The code that the page names is no longer there; the page leaves it out.
  errors = errors.filter((text) => !text.includes("404"));
});

test("a page forwarded from the poster begins at home for a friend who was never here, and carries the code", async ({
  page,
  browser,
}) => {
  const id = await staff.createShow({ title: "示例 · 转发" });
  await publishLanding(staff, id);
  await page.goto(`/v/${id}`);
  await signUp(page);
  await nav(page).getByRole("link", { name: "查看我的海报" }).click();
  await expect(page.getByRole("img", { name: /邀请海报/ })).toBeVisible();
  await expect.poll(() => page.url()).toMatch(/\?i=\w+#poster$/);
  const friend = await friendsPhone(browser, page.url());
  await expect(friend.getByRole("heading", { level: 1 })).toHaveText("秋冬上新 前三件直降 300");
  await friend.context().close();
});

test("a poster is drawn with the show's picture, and whole without one that can't be had", async ({ page }) => {
  const id = await staff.createShow({ title: "示例 · 海报" });
  await publishLanding(staff, id, {}, "https://pictures.example.com/show.png");
  const dot = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  );
  let isThere = false;
  await page.route("https://pictures.example.com/**", (route) =>
    isThere
      ? route.fulfill({ body: dot, contentType: "image/png", headers: { "access-control-allow-origin": "*" } })
      : route.abort(),
  );
  await page.goto(`/v/${id}`);
  await signUp(page);
  const drawnPoster = async () => {
    await page.goto(`/v/${id}#poster`);
    await page.reload();
    const poster = page.getByRole("img", { name: /邀请海报/ });
    await expect(poster).toBeVisible();
    return poster.getAttribute("src");
  };
  const without = await drawnPoster();
  isThere = true;
  expect((await drawnPoster()) === without).toBe(false);
  expect(errors.filter((text) => !text.includes("ERR_FAILED"))).toEqual([]);
});
