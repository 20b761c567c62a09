import { expect, test } from "@playwright/test";
import { csvOf, toldOrders, totalsOf } from "#tests/support/order-file.ts";
import { adminPassword } from "./credentials.ts";

const FROM = Date.UTC(2026, 10, 1, 12);
const told = toldOrders(600, { from: FROM, seed: 11 });

const yuan = (fen: number) => `¥${Math.floor(fen / 100).toLocaleString("en-US")}.${String(fen % 100).padStart(2, "0")}`;

test("an order export alone makes a past show with the file's own totals to the fen", async ({ page, baseURL }) => {
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(error.message));
  const headers = { origin: String(baseURL) };
  await page.request.post("/api/auth/sign-in/username", {
    headers,
    data: { username: "owner", password: adminPassword },
  });

  await page.goto("/shows");
  await page.getByRole("link", { name: "从文件建一场" }).click();
  const file = { name: "示例订单.csv", mimeType: "text/csv", buffer: Buffer.from(csvOf(told)) };
  await page.setInputFiles("input[type=file]", file);
  const totals = totalsOf(told);
  const sums = page.getByRole("table", { name: "合计" });
  await expect(sums.getByText(yuan(totals.paidFen))).toHaveCount(2);
  await expect(page.getByText("和文件分毫不差")).toBeVisible();
  await page.getByRole("textbox", { name: "标题" }).fill("示例补录场");
  await page.getByRole("button", { name: "建一场,导入 600 单" }).click();
  await expect(page.getByText("已导入 600 单")).toBeVisible();
  for (const fen of [totals.paidFen, totals.refundedFen]) await expect(sums.getByText(yuan(fen))).toHaveCount(2);

  await page.getByRole("link", { name: "再导入这一场的其他文件" }).click();
  await page.setInputFiles("input[type=file]", file);
  await expect(page.getByText("没变 600")).toBeVisible();
  await page.getByRole("button", { name: "导入 600 单" }).click();
  await expect(page.getByText("已导入 600 单")).toBeVisible();
  await expect(sums.getByText(yuan(totals.paidFen))).toHaveCount(2);

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "下载订单" }).click();
  expect((await download).suggestedFilename()).toBe("示例补录场-订单.csv");
  expect(errors).toEqual([]);
});

test("without network the page says so, keeps the file and the room, and sends it when the network is back", async ({
  page,
  context,
  baseURL,
}) => {
  const headers = { origin: String(baseURL) };
  await page.request.post("/api/auth/sign-in/username", {
    headers,
    data: { username: "owner", password: adminPassword },
  });
  await page.goto("/shows/import");
  await expect(page.getByText("把导出文件拖到这里")).toBeVisible();
  await context.setOffline(true);
  await expect(page.getByText("网络不通,恢复后自动重连。")).toBeVisible();
  const file = { name: "示例断网.csv", mimeType: "text/csv", buffer: Buffer.from(csvOf(told)) };
  await page.setInputFiles("input[type=file]", file);
  await expect(page.getByText("「示例断网.csv」没有传上去")).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText("网络不通,恢复后自动重连。")).toBeHidden();
  await expect(page.getByRole("table", { name: "合计" })).toBeVisible();

  // What was told of the new show stays through a second gap.
  await page.getByRole("textbox", { name: "标题" }).fill("示例 断网补录");
  await context.setOffline(true);
  await page.getByRole("button", { name: "建一场,导入 600 单" }).click();
  await expect(page.getByText(/连不上服务器/)).toBeVisible();
  await expect(page.getByRole("textbox", { name: "标题" })).toHaveValue("示例 断网补录");
  await context.setOffline(false);
  await expect(page.getByText("已导入 600 单")).toBeVisible();
});
