import { expect } from "@playwright/test";
import { expectAccessible, test } from "./clean-page.ts";
import { adminPassword } from "./credentials.ts";

test("a wrong password is told in words, the right one leads where one wanted to go", async ({ page, tolerate }) => {
  tolerate(/401 \(Unauthorized\)/);
  await page.goto("/settings?tab=account");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await expect(page).toHaveTitle("登录 · 开播");
  await expectAccessible(page);
  await page.getByRole("button", { name: "登录" }).click();
  await expect(page.getByText("请填用户名和密码。")).toBeVisible();

  await page.getByRole("textbox", { name: "用户名" }).fill("owner");
  await page.getByLabel("密码").fill("not the password");
  await page.keyboard.press("Enter");
  await expect(page.getByText("用户名或密码不对", { exact: false })).toBeVisible();
  await expectAccessible(page);

  await page.getByLabel("密码").fill(adminPassword);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/settings/);
  await expect(page.getByRole("heading", { name: "设置" })).toBeVisible();
});

test("a way that leads out of the site is not followed after the sign-in", async ({ page }) => {
  await page.goto("/sign-in?next=//example.org/shows");
  await page.getByRole("textbox", { name: "用户名" }).fill("owner");
  await page.getByLabel("密码").fill(adminPassword);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "场次", exact: true })).toBeVisible();
  await expect(page).toHaveURL(/127\.0\.0\.1:\d+\/shows$/);
});

test("English before the sign-in, and signing out closes the way back in", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("textbox", { name: "Username" }).fill("owner");
  await page.getByLabel("Password").fill(adminPassword);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Shows" })).toBeVisible();
  await page.getByRole("button", { name: "负责人" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto("/shows");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
});
