import { expect, type Page } from "@playwright/test";
import { z } from "zod";
import { expectAccessible, test } from "./clean-page.ts";
import { connectCorp, goesToday, type ConnectedCorp } from "./connected-corp.ts";
import { staffApi, type StaffApi } from "./staff-api.ts";

/** What a push may be, from its form to what WeCom got: a picture, customers one by one, and 战报 by robot. */

let staff: StaffApi;
let connected: ConnectedCorp;

test.beforeEach(async ({ page, baseURL }) => {
  staff = await staffApi(page.request, baseURL ?? "");
  connected = await connectCorp(page.request, baseURL ?? "", { staff: 3, groups: 6, customers: 40 });
});
test.afterEach(() => connected.disconnect());

const RESULTS_MS = 120_000;
const rowOf = (page: Page, title: string) => page.locator("[data-push]").filter({ hasText: title });
const Handed = z.object({
  chat_type: z.string(),
  external_userid: z.array(z.string()).optional(),
  attachments: z
    .array(z.object({ msgtype: z.string(), image: z.object({ media_id: z.string() }).optional() }))
    .optional(),
});

/** One pixel, red. */
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==",
  "base64",
);

async function planWith(page: Page, title: string, kind: string): Promise<void> {
  await page.getByRole("button", { name: "排一条推送" }).click();
  const form = page.getByRole("dialog");
  await form.getByRole("button", { name: kind, exact: true }).click();
  await form.getByRole("textbox", { name: "名称" }).fill(title);
}

test("a picture is kept, shown as on the phone, and handed to WeCom before the message", async ({ page }) => {
  const id = await staff.createShow({ title: "示例 · 图片群发", startInMs: 40 * 60_000 });
  await page.goto(`/shows/${id}/pushes`);
  await planWith(page, "海报", "群发到客户群");
  const form = page.getByRole("dialog");
  await form.getByRole("button", { name: "指定群" }).click();
  const picker = page.getByRole("dialog", { name: "指定群" });
  await picker.getByRole("checkbox").first().click();
  await picker.getByRole("button", { name: "完成" }).click();
  await form.getByRole("textbox", { name: "文案" }).fill("【示例】今晚见");
  await form.getByRole("button", { name: "图片", exact: true }).click();
  await form.locator("input[type=file]").setInputFiles({ name: "海报.png", mimeType: "image/png", buffer: PNG });
  await expect(form.getByRole("button", { name: "换一张" })).toBeVisible();
  await expect(form.getByRole("figure", { name: "手机预览" }).getByRole("img").first()).toBeVisible();
  await expectAccessible(page);
  await form.getByRole("button", { name: "保存" }).click();
  await expect(rowOf(page, "海报")).toContainText("1 个群");
  await goesToday(staff, page.request, { sessionId: id, title: "海报" });
  await rowOf(page, "海报").getByRole("button", { name: "现在下发" }).click();
  await expect(rowOf(page, "海报")).toContainText("待员工发送");
  const [handed] = await connected.handedOver();
  expect(Handed.parse(handed).attachments).toMatchObject([{ msgtype: "image" }]);
});

test("customers are sent to one by one: who has them presses, and each result is told", async ({ page }) => {
  const id = await staff.createShow({ title: "示例 · 群发客户", startInMs: 40 * 60_000 });
  await page.goto(`/shows/${id}/pushes`);
  await planWith(page, "老客提醒", "群发给客户");
  const form = page.getByRole("dialog");
  await form.getByRole("button", { name: "谁的客户" }).click();
  const boxes = page.getByRole("dialog").last().getByRole("checkbox");
  await expect(boxes).toHaveCount(3);
  for (const box of await boxes.all()) await box.click();
  await page.keyboard.press("Escape");
  await expect(form.getByText(/3 人发 · [\d,]+ 个客户/)).toBeVisible();
  await form.getByRole("textbox", { name: "文案" }).fill("【示例】今晚见");
  await form.getByRole("button", { name: "保存" }).click();
  await expect(rowOf(page, "老客提醒")).toContainText(/3 人发 · [\d,]+ 个客户/);
  await goesToday(staff, page.request, { sessionId: id, title: "老客提醒" });
  await rowOf(page, "老客提醒").getByRole("button", { name: "现在下发" }).click();
  await expect(rowOf(page, "老客提醒")).toContainText("待员工发送");
  const handed = (await connected.handedOver()).map((one) => Handed.parse(one));
  expect(handed.map(({ chat_type }) => chat_type)).toEqual(["single", "single", "single"]);
  const customers = handed.flatMap(({ external_userid = [] }) => external_userid);
  expect(new Set(customers).size).toBe(customers.length);
  await connected.everybodySends();
  await rowOf(page, "老客提醒").getByRole("button", { name: "老客提醒", exact: true }).click();
  await expect(page.getByText(new RegExp(`已到 ${customers.length} / ${customers.length} 个客户`)).first()).toBeVisible(
    {
      timeout: RESULTS_MS,
    },
  );
  await page
    .getByRole("button", { name: /的发送对象$/ })
    .first()
    .click();
  await expect(page.getByRole("dialog").getByText("已送达").first()).toBeVisible();
  await expectAccessible(page);
});

test("战报 goes into the internal group by itself when the show has ended, and once more by hand with its picture", async ({
  page,
}) => {
  const id = await staff.createShow({ title: "示例 · 战报", startInMs: 60_000 });
  await page.goto(`/shows/${id}/pushes`);
  const reports = page.getByRole("region", { name: "战报发到内部群" });
  await reports.getByRole("switch", { name: "下播后自动发全场战报" }).click();
  await expect(rowOf(page, "全场战报")).toBeVisible();
  await reports.getByRole("switch", { name: "每半小时自动发" }).click();
  await expect(rowOf(page, "半小时战报")).toContainText("开播后每满半小时");
  await reports.getByRole("switch", { name: "每半小时自动发" }).click();
  await expect(rowOf(page, "半小时战报")).toHaveCount(0);
  await expectAccessible(page);
  await expect(rowOf(page, "全场战报")).toContainText("1 个内部群");
  await staff.send(id, "session.start", { reason: "示例" });
  await staff.send(id, "session.end", {});
  await expect
    .poll(async () => (await connected.robotSaid()).join("\n"))
    .toMatch(new RegExp(`【示例 · 战报】\\d\\d:\\d\\d 下播战报[^]*\\nhttps?://\\S+/shows/${id}/report$`));

  await page.goto(`/shows/${id}/report`);
  await page.getByRole("button", { name: "发到员工群" }).click();
  const dialog = page.getByRole("dialog", { name: "战报发到员工群" });
  await expect(dialog.getByRole("checkbox", { name: "长图" })).toBeChecked();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "发送", exact: true }).click();
  await expect.poll(async () => (await connected.robotSaid()).length).toBe(3);
  const [, ...more] = await connected.robotSaid();
  expect(more.filter((said) => said === "image")).toHaveLength(1);
});
