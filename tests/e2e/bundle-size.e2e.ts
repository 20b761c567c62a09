import { expect, test, type Page } from "@playwright/test";
import { publishLanding } from "./published-landing.ts";
import { staffApi } from "./staff-api.ts";

/** What a page's scripts weigh as the production server sends them to a browser that takes gzip alone; this one takes brotli, which is less. */
async function scriptKilobytes(page: Page, path: string): Promise<number> {
  const urls = new Set<string>();
  page.on("requestfinished", (request) => {
    if (request.resourceType() === "script") urls.add(request.url());
  });
  await page.goto(path);
  await page.waitForLoadState("networkidle");
  // Whatever a page fetches ahead while it is idle is paid for too.
  await page.waitForTimeout(2_000);
  expect(urls.size).toBeGreaterThan(2);
  let bytes = 0;
  for (const url of urls) {
    const answer = await page.request.get(url, { headers: { "accept-encoding": "gzip" } });
    const { "content-encoding": encoding, "cache-control": kept } = answer.headers();
    expect([url, answer.status(), encoding]).toEqual([url, 200, "gzip"]);
    expect(kept).toContain("immutable");
    bytes += Number(answer.headers()["content-length"]);
  }
  return Math.round(bytes / 100) / 10;
}

/** The promise is 150: what is between is for what the page will learn yet, and for the next release of Next. */
const VIEWER_KB_MAX = 140;

test("the viewer's page is well under 150 kB of script, with its landing page", async ({
  page,
  playwright,
  baseURL,
}) => {
  const hand = await playwright.request.newContext({ baseURL: baseURL ?? "" });
  const staff = await staffApi(hand, baseURL ?? "");
  const id = await staff.createShow({ title: "示例 · 体积" });
  await publishLanding(staff, id);
  const kilobytes = await scriptKilobytes(page, `/v/${id}`);
  test.info().annotations.push({ type: "script", description: `viewer ${kilobytes} kB` });
  console.log(`viewer: ${kilobytes} kB of script`);
  expect(kilobytes).toBeLessThan(VIEWER_KB_MAX);
});

test("the control room is under 380 kB of script", async ({ page, baseURL }) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const id = await staff.createShow({ title: "示例 · 体积", rehearsal: true });
  const kilobytes = await scriptKilobytes(page, `/shows/${id}/control`);
  console.log(`control: ${kilobytes} kB of script`);
  expect(kilobytes).toBeLessThan(380);
});

test("the review is under 420 kB of script before another of its parts is opened", async ({ page, baseURL }) => {
  const staff = await staffApi(page.request, baseURL ?? "");
  const id = await staff.createShow({ title: "示例 · 体积", rehearsal: true });
  await staff.send(id, "session.start", { reason: "示例" });
  await staff.send(id, "session.end", {});
  const kilobytes = await scriptKilobytes(page, `/shows/${id}/review`);
  console.log(`review: ${kilobytes} kB of script`);
  expect(kilobytes).toBeLessThan(420);
});
