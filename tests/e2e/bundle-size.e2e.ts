import { expect, test, type Page } from "@playwright/test";
import { staffApi } from "./staff-api.ts";

/** What a page's scripts weigh as they come over the wire, gzipped by the production server. */
async function scriptKilobytes(page: Page, path: string): Promise<number> {
  const sizes: Promise<number>[] = [];
  page.on("requestfinished", (request) => {
    if (request.resourceType() !== "script") return;
    sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  await page.goto(path);
  await page.waitForLoadState("networkidle");
  // Whatever a page fetches ahead while it is idle is paid for too.
  await page.waitForTimeout(2_000);
  expect(sizes.length).toBeGreaterThan(2);
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  return Math.round(bytes / 100) / 10;
}

test("the viewer's page is under 150 kB of script", async ({ page, playwright, baseURL }) => {
  const hand = await playwright.request.newContext({ baseURL: baseURL ?? "" });
  const staff = await staffApi(hand, baseURL ?? "");
  const id = await staff.createShow({ title: "示例 · 体积" });
  const kilobytes = await scriptKilobytes(page, `/v/${id}`);
  test.info().annotations.push({ type: "script", description: `viewer ${kilobytes} kB` });
  console.log(`viewer: ${kilobytes} kB of script`);
  expect(kilobytes).toBeLessThan(150);
});

test("the control room is under 380 kB of script", async ({ page, baseURL }) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const id = await staff.createShow({ title: "示例 · 体积", rehearsal: true });
  const kilobytes = await scriptKilobytes(page, `/shows/${id}/control`);
  console.log(`control: ${kilobytes} kB of script`);
  expect(kilobytes).toBeLessThan(380);
});
