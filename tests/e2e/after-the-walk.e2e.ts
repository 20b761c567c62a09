import { expect, type Page } from "@playwright/test";
import { z } from "zod";
import type { CommandInput } from "#domain/ops/index.ts";
import { fen } from "#domain/units.ts";
import { expectAccessible, test } from "./clean-page.ts";
import { staffApi } from "./staff-api.ts";

/** What a team does between shows and after a 福袋: lengths from a walk-through, the viewers' link, names of winners. */

const MINUTE = 60_000;
/** 50 s lie between the two acts, and what the second one took to be sent. */
const WALKED = /0:(49|5\d)/;
const sheet: CommandInput<"bag.applySheet">["products"] = [
  { linkNo: 1, name: "示例外套", skus: [{ name: "均码", liveFen: fen(9_900), sellable: 10 }] },
];

async function openControl(page: Page, id: string): Promise<void> {
  await page.goto(`/shows/${id}/control`);
  await expect(page.getByRole("button", { name: /命令/ })).toBeVisible();
}

test("a walk-through's true minutes become planned lengths, by a link from its wrap-up", async ({ page, baseURL }) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const show = async (title: string, rehearsal: boolean) => {
    // The next three plans of the room are offered: this one comes first, whatever other tests have planned.
    const id = await staff.createShow({ title, rehearsal, startInMs: -30 * MINUTE });
    const { productIds } = await staff.send(id, "bag.applySheet", { products: sheet });
    const [productId = ""] = z.array(z.string()).parse(productIds);
    const cues = [
      { kind: "explain" as const, title: "1 · 示例外套", productId, plannedMs: 5 * MINUTE },
      { kind: "talk" as const, title: "收尾", plannedMs: 2 * MINUTE },
      { kind: "talk" as const, title: "加场", plannedMs: MINUTE },
    ];
    await staff.send(id, "rundown.setCues", { cues });
    return id;
  };
  const plan = await show("示例 · 正式场", false);
  const walk = await show("示例 · 走流程", true);
  await staff.send(walk, "session.start", { ago: 60_000 });
  await staff.send(walk, "rundown.take", { ago: 60_000 });
  await staff.send(walk, "rundown.take", { ago: 10_000 });
  await staff.send(walk, "session.end", { ago: 0 });

  await openControl(page, walk);
  await page.getByRole("button", { name: /已下播/ }).click();
  await page.getByRole("link", { name: "用到「示例 · 正式场」" }).click();
  const dialog = page.getByRole("dialog", { name: "用实测时长" });
  await expect(dialog.getByRole("combobox")).toContainText("示例 · 走流程 · 彩排");
  const coat = dialog.getByRole("row", { name: /示例外套/ });
  await expect(coat).toContainText("5:00");
  await expect(coat).toContainText(WALKED);
  await expect(dialog.getByRole("row", { name: /加场/ }).getByRole("checkbox")).toHaveCount(0);
  await dialog.getByRole("row", { name: /收尾/ }).getByRole("checkbox").uncheck();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "改 1 个环节" }).click();
  await expect(page.getByText("已改 1 个环节的时长", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: new RegExp(`1 · 示例外套 .*${WALKED.source}$`) })).toBeVisible();
  await expect(page).toHaveURL(`/shows/${plan}/plan#rundown`);
});

test("the viewers' page opens from plan and control room, and its link can be copied", async ({
  page,
  context,
  baseURL,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const staff = await staffApi(page.request, baseURL ?? "");
  const id = await staff.createShow({ title: "示例 · 观众页入口" });
  await page.goto(`/shows/${id}/plan`);
  await page.getByRole("button", { name: "观众页" }).click();
  await page.getByRole("menuitem", { name: "复制观众页链接" }).click();
  await expect(page.getByText("观众页链接已复制", { exact: true })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${baseURL}/v/${id}`);

  await openControl(page, id);
  await page.getByRole("button", { name: "观众页" }).click();
  const opened = context.waitForEvent("page");
  await page.getByRole("menuitem", { name: "打开观众页" }).click();
  const viewer = await opened;
  await expect(viewer.getByText("示例 · 观众页入口").first()).toBeVisible();
  expect(new URL(viewer.url()).pathname).toBe(`/v/${id}`);
  await viewer.close();

  await page.keyboard.press("Control+k");
  await page.keyboard.type("观众页链接");
  await page.keyboard.press("Enter");
  await expect(page.getByText("观众页链接已复制", { exact: true })).toBeVisible();
});

test("winners of a 福袋 are pasted by nickname and stand there masked", async ({ page, baseURL }) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const id = await staff.createShow({ title: "示例 · 福袋名单", rehearsal: true });
  const prizes = [{ name: "示例围巾", count: 3, valueFen: fen(9_900) }];
  const bag = { carrier: "platformBag" as const, title: "示例福袋", prizes, durationMs: 10 * MINUTE };
  const { lotteryId = "" } = await staff.send(id, "lottery.plan", bag);
  await staff.send(id, "session.start", { ago: 0 });
  await staff.send(id, "lottery.open", { lotteryId, ago: 0 });

  await openControl(page, id);
  await page.getByRole("button", { name: "登记中奖" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox").fill("示例小明同学\n示例小红,示例小明同学\n");
  await expect(dialog.getByRole("list", { name: "名次与奖品" }).getByRole("listitem")).toHaveCount(2);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "登记 2 名" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("示**学")).toBeVisible();
  await expect(page.getByText("示**红")).toBeVisible();

  // The whole list again with one more: whoever stands there already is not another person.
  await page.getByRole("button", { name: "登记中奖" }).click();
  await dialog.getByRole("textbox").fill("示例小明同学\t示例小红\t示例 May");
  await dialog.getByRole("button", { name: "保存名单" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("示**y")).toBeVisible();
  await page.getByRole("button", { name: "登记中奖" }).click();
  await expect(dialog.getByRole("listitem")).toHaveCount(3);
  await dialog.getByRole("button", { name: "去掉 示**红" }).click();
  await dialog.getByRole("button", { name: "保存名单" }).click();
  await expect(page.getByText("示**红")).toBeHidden();
});
