import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "@playwright/test";
import postgres from "postgres";
import { createBoundVault } from "#server/lib/vault.ts";
import { expectAccessible, test } from "./clean-page.ts";
import { forwardingCompany, removeCompanies } from "./forwarding.ts";
import { staffApi } from "./staff-api.ts";

/** A company whose app may sign people in, and one of its members at the door. The way out and back itself is held against the stand-in, over HTTP. */
async function companyWithDoor(): Promise<void> {
  const { corpId } = await forwardingCompany(["示例 · 登录群"]);
  const dataDir = process.env["KAIBO_E2E_DATA_DIR"] ?? "";
  const secret = (await readFile(path.join(dataDir, "secret"), "utf8")).trim();
  const sealed = createBoundVault(secret, "wecom").seal("s".repeat(43), "wecom_apps/a_door/secret");
  const sql = postgres((await readFile(path.join(dataDir, "postgres.url"), "utf8")).trim(), { max: 1 });
  const app = {
    id: "a_door",
    corp_row: corpId,
    name: "开播",
    purpose: "sign_in",
    agent_id: 1_000_002,
    app_key: "door",
  };
  await sql`insert into wecom_apps ${sql({ ...app, secret_sealed: sealed, secret_at: 1, created_at: 1 })}`;
  await sql`insert into wecom_member_people (member_id, asked_at)
    select id, ${Date.now()} from wecom_members where corp_id = ${corpId} and name = '示例员工甲'`;
  await sql.end();
}

test.afterAll(removeCompanies);

test("WeCom stands beside the password; who is turned away reads why, and a manager says who they are", async ({
  page,
  baseURL,
}) => {
  await companyWithDoor();
  await page.goto("/sign-in?wecom=unmapped&next=%2Fsettings");
  await expect(page.getByText("还没有绑定到 Kaibo 的人员", { exact: false })).toBeVisible();
  const door = page.getByRole("link", { name: "用企业微信登录" });
  // Which companies have a door is read again after some seconds.
  await expect(async () => {
    await page.reload();
    await expect(door).toBeVisible({ timeout: 5_000 });
  }).toPass();
  await expectAccessible(page);
  const out = await page.request.get((await door.getAttribute("href")) ?? "", { maxRedirects: 0 });
  expect(out.status()).toBe(302);
  expect(out.headers()["location"]).toMatch(/\/wwlogin\/sso\/login\?login_type=CorpApp&appid=ww/);
  await expect(page.getByRole("button", { name: "登录" })).toBeVisible();

  await staffApi(page.request, baseURL ?? "");
  await page.goto("/settings?tab=people");
  await expect(page.getByText("想用企业微信登录", { exact: false })).toBeVisible();
  await page.getByRole("button", { name: "编辑 负责人" }).click();
  const drawer = page.getByRole("dialog");
  await drawer.getByLabel(/企业微信成员/).click();
  await page.getByRole("option", { name: /示例员工甲/ }).click();
  await expect(drawer.getByRole("button", { name: "解绑 示例员工甲" })).toBeVisible();
  await expectAccessible(page);
  await drawer.getByRole("button", { name: "取消" }).click();
  await expect(page.getByRole("row", { name: /负责人/ })).toContainText("示例员工甲");
  await expect(page.getByText("想用企业微信登录", { exact: false })).toHaveCount(0);
  await page.getByRole("button", { name: "编辑 负责人" }).click();
  await drawer.getByRole("button", { name: "解绑 示例员工甲" }).click();
  await expect(drawer.getByRole("button", { name: "解绑 示例员工甲" })).toHaveCount(0);
});
