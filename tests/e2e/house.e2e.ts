import { expect, test } from "@playwright/test";

test("the first page runs its scripts under the policy, without a console error", async ({ page }) => {
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(error.message));
  const answer = await page.goto("/");
  expect(answer?.status()).toBe(200);
  expect(answer?.headers()["content-security-policy"]).not.toContain("'unsafe-eval'");
  await page.waitForLoadState("networkidle");
  expect(errors).toEqual([]);
});

test("whoever comes with a session that has ended is led to the sign-in, and back, without a console error", async ({
  page,
  baseURL,
}) => {
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  await page.context().addCookies([{ name: "kaibo.session_token", value: "ended.long-ago", url: baseURL ?? "" }]);
  await page.goto("/settings?tab=account");
  await page.waitForURL(/sign-in\?next=%2Fsettings%3Ftab%3Daccount/);
  await page.waitForLoadState("networkidle");
  expect(errors).toEqual([]);
});

test("the server answers for itself beside the pages", async ({ request }) => {
  expect((await request.get("/healthz")).status()).toBe(200);
  expect((await request.get("/api/unknown")).status()).toBe(404);
});
