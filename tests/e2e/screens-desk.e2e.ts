import { expect } from "@playwright/test";
import { io, type Socket } from "socket.io-client";
import type { CommandInput } from "#domain/ops/index.ts";
import type { Frame, Snapshot } from "#domain/wire.ts";
import { promised } from "#tests/support/machine-pace.ts";
import { expectAccessible, test } from "./clean-page.ts";
import { createColleague, openAs } from "./colleague.ts";
import { apiToken } from "./credentials.ts";
import { keys, openControl } from "./desk-page.ts";
import { staffApi, type StaffApi } from "./staff-api.ts";

/** The desk's side of host screens: links, boards, lines to the host, what was said. The screen itself is played by its socket alone. */

type Sheet = CommandInput<"bag.applySheet">["products"];
const sheet: Sheet = [
  {
    linkNo: 1,
    platformId: "SD-P1",
    name: "示例 羽绒服",
    sellingPoints: ["90 绒填充", "可机洗不跑绒", "送运费险"],
    skus: [{ platformId: "SD-S1", name: "均码", liveFen: 39_900, floorFen: 20_000, sellable: 100, pool: 50 }],
  },
] as unknown as Sheet;

async function liveShow(staff: StaffApi): Promise<string> {
  const id = await staff.createShow({ title: "示例 · 屏幕测试", rehearsal: true });
  await staff.send(id, "bag.applySheet", { products: sheet });
  await staff.send(id, "session.start", {});
  return id;
}

/** A host's screen, as far as the server knows it. */
type FakeScreen = {
  readonly socket: Socket;
  /** The slice as it was sent last; keyed ones as changed rows. */
  readonly seen: (slice: string) => string;
  readonly names: () => string;
  readonly gone: Promise<unknown>;
};

async function openScreen(baseURL: string, sessionId: string, token: string): Promise<FakeScreen> {
  const socket = io(baseURL, { transports: ["websocket"], auth: { token }, reconnection: false });
  const slices = new Map<string, string>();
  let names = "";
  const take = (message: Pick<Snapshot | Frame, "slices">) => {
    for (const [name, slice] of Object.entries(message.slices)) slices.set(name, JSON.stringify(slice));
  };
  socket.on("snapshot", take);
  socket.on("frame", take);
  socket.on("names", (said: unknown) => void (names += JSON.stringify(said)));
  const gone = new Promise((resolve) => void socket.on("disconnect", resolve));
  await new Promise((resolve, reject) => {
    socket.on("connect", () => resolve(undefined));
    socket.on("connect_error", reject);
  });
  const joined: unknown = await socket.emitWithAck("join", { sessionId, audience: "host", page: "screen" });
  expect(joined).toMatchObject({ status: "ok" });
  return { socket, seen: (slice) => slices.get(slice) ?? "", names: () => names, gone };
}

test("a screen's link is made, found, turned by keys, hidden from money, renamed and revoked", async ({
  page,
  baseURL,
}) => {
  const home = baseURL ?? "";
  const staff = await staffApi(page.request, home);
  const id = await liveShow(staff);
  await openControl(page, id, "示例 羽绒服");
  await keys(page, "v");
  const drawer = page.getByRole("dialog", { name: "屏幕" });
  await expect(drawer.getByText("还没有屏幕")).toBeVisible();
  await drawer.getByLabel("新屏幕的名称").fill("主播身后大屏");
  await drawer.getByRole("button", { name: "建链接" }).click();
  await expect(drawer.getByRole("img", { name: "屏幕链接的二维码" })).toBeVisible();
  await expectAccessible(page);
  const address = await drawer.getByText(/\/screen\/ks_/).innerText();
  const token = address.slice(address.lastIndexOf("/") + 1);
  const row = drawer.getByRole("listitem");
  await expect(row.getByText("还没打开过")).toBeVisible();

  const screen = await openScreen(home, id, token);
  await expect(row.getByText("在线", { exact: true })).toBeVisible();
  await row.getByRole("button", { name: "认屏" }).click();
  await expect.poll(() => screen.seen("screens")).toMatch(/"identifyAt":\d{13}/);
  await row.getByRole("button", { name: "数据" }).click();
  await expect.poll(() => screen.seen("screens")).toContain('"board":"figures"');
  await row.getByLabel("屏幕名称").fill("右侧大屏");
  await row.getByLabel("屏幕名称").press("Enter");
  await expect(page.getByRole("listitem", { name: "1 右侧大屏" })).toBeVisible();
  await keys(page, "Escape");
  await expect(drawer).toBeHidden();

  await keys(page, "1", "v");
  await expect(page.getByRole("group", { name: "1 号屏 右侧大屏" })).toBeVisible();
  const shown = promised(500);
  const pressedAt = performance.now();
  await keys(page, "3");
  await expect.poll(() => screen.seen("screens"), { intervals: [10] }).toContain('"board":"prompt"');
  expect(performance.now() - pressedAt).toBeLessThan(shown.onThisMachine());
  await keys(page, "1", "v", "0");
  await expect.poll(() => screen.seen("screens")).toContain('"moneyHidden":true');
  await expect(page.getByText(/ 隐藏金额$/)).toBeVisible();
  await keys(page, "Control+z");
  await expect.poll(() => screen.seen("screens")).toContain('"moneyHidden":false');

  await keys(page, "v");
  await row.getByRole("button", { name: "撤销链接" }).click();
  const dark = promised(2_500);
  const revokedAt = performance.now();
  await page
    .getByRole("dialog", { name: /撤销 1 号屏/ })
    .getByRole("button", { name: "撤销链接" })
    .click();
  await screen.gone;
  expect(performance.now() - revokedAt).toBeLessThan(dark.onThisMachine());
  await expect(drawer.getByText("还没有屏幕")).toBeVisible();
});

test("presets, free text and a viewer's question reach the host; the floor stamps them as seen", async ({
  page,
  browser,
  watch,
  baseURL,
}) => {
  const home = baseURL ?? "";
  const staff = await staffApi(page.request, home);
  const id = await liveShow(staff);
  const screen = await openScreen(home, id, (await staff.screenLink(id)).token);
  await openControl(page, id, "示例 羽绒服");
  await keys(page, "5", "m");
  await expect.poll(() => screen.seen("hostMessage")).toContain("准备过款");
  await keys(page, "m");
  await page.getByLabel("消息", { exact: true }).fill("再报一遍尺码");
  await keys(page, "Enter");
  await expect.poll(() => screen.seen("hostMessage")).toContain("再报一遍尺码");
  await keys(page, "m");
  const field = page.getByLabel("消息", { exact: true });
  await field.fill("成交 {金额} 了");
  await expect(page.getByText("没有叫 {金额} 的占位,会照原样显示")).toBeVisible();
  await keys(page, "Enter");
  // For a moment it is also told to those who listen.
  await expect(page.getByText("没有发:没有叫 {金额} 的占位。").first()).toBeVisible();
  await page
    .getByRole("group", { name: "可用的占位" })
    .getByRole("button", { name: /成交金额/ })
    .click();
  await expect(field).toHaveValue("成交 {成交金额} 了");
  await expect(page.getByText("现在没有「成交金额」可填")).toBeVisible();
  await keys(page, "Escape");
  expect(screen.seen("hostMessage")).toContain("再报一遍尺码");

  const noted = await page.request.post(`/api/v1/ingest/sessions/${id}/comments`, {
    headers: { authorization: `Bearer ${apiToken}` },
    data: { items: [{ commentId: "q1", at: Date.now(), text: "身高 160 穿什么码?" }] },
  });
  expect(noted.status()).toBe(200);
  const comment = page.getByRole("list", { name: "评论" }).getByRole("listitem").filter({ hasText: "身高 160" });
  await comment.hover();
  await comment.getByRole("button", { name: "转给主播" }).click();
  await expect.poll(() => screen.seen("hostMessage")).toMatch(/"text":"","commentId":"c_/);
  await expect.poll(screen.names).toContain("身高 160 穿什么码?");
  expect(await page.request.get(`/api/v1/sessions/${id}/events`).then((log) => log.text())).not.toContain("身高");
  const messages = page.getByRole("region", { name: "给主播 / 助播" });
  await expect(messages.getByText("「身高 160 穿什么码?」")).toBeVisible();

  const floor = await createColleague(page.request, home, {
    name: "示例场控",
    username: "sd-floor",
    roles: ["floor"],
  });
  const beside = await openAs(browser, floor, home);
  watch(beside.context());
  await openControl(beside, id, "示例 羽绒服");
  await keys(beside, "y");
  const stamped = messages.getByText(/^已看 \d\d:\d\d:\d\d · 示例场控$/);
  await expect(stamped).toHaveCount(1);
  await beside.getByRole("button", { name: /^已看/ }).first().click();
  await expect.poll(() => screen.seen("hostMessage")).toContain("准备过款");
  await beside.context().close();
  screen.socket.disconnect();
});

test("said points are ticked by key and click, and a line worth saying goes to the host by one key", async ({
  page,
  baseURL,
}) => {
  const home = baseURL ?? "";
  const staff = await staffApi(page.request, home);
  const id = await liveShow(staff);
  await openControl(page, id, "示例 羽绒服");
  await keys(page, "1", "o");
  await expect(page.getByText("1 号 上链接 ¥399")).toBeVisible();
  await keys(page, "1", "p");
  await expect(page.getByRole("button", { name: "已说 0/3" })).toBeVisible();
  await keys(page, "2", "t");
  await expect(page.getByRole("button", { name: "可机洗不跑绒" })).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("button", { name: "90 绒填充" }).click();
  await expect(page.getByRole("button", { name: "已说 2/3" })).toBeVisible();
  // Later than a finger bounces.
  await page.waitForTimeout(400);
  await keys(page, "t", "3");
  await expect(page.getByRole("group", { name: "口播要点" }).getByRole("button", { pressed: true })).toHaveCount(3);
  await keys(page, "Escape");
  await expect(page.getByRole("group", { name: "口播要点" })).toBeHidden();

  const at = Date.now();
  const orders = await page.request.post(`/api/v1/ingest/sessions/${id}/orders`, {
    headers: { authorization: `Bearer ${apiToken}` },
    data: {
      items: [
        {
          orderId: "sd-1",
          sourceUpdatedAt: at,
          status: "paid",
          placedAt: at,
          paidAt: at,
          lines: [{ lineId: "1", productId: "SD-P1", skuId: "SD-S1", units: 92, paidFen: 92 * 39_900 }],
        },
      ],
    },
  });
  expect(orders.status()).toBe(200);
  await expect(page.getByRole("region", { name: "值得说" }).getByText("可售 8 / 100")).toBeVisible();
  await keys(page, "f");
  await expect(page.getByText("「1 号只剩 8 件」")).toBeVisible();
  await expect(page.getByRole("region", { name: "值得说" }).getByText(/^已发 /)).toBeVisible();
  await expectAccessible(page);
});
