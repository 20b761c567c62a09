import type { Browser, BrowserContext, Page } from "@playwright/test";
import { test as clean } from "./clean-page.ts";
import { SIZES } from "./screen-pictures.ts";
import { staffApi, type StaffApi } from "./staff-api.ts";

/** The host's machine: a browser without a sign-in. */
export async function hostPage(browser: Browser, baseURL: string, watch?: (context: BrowserContext) => void) {
  const context = await browser.newContext({
    baseURL,
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    viewport: SIZES.wide,
  });
  watch?.(context);
  return context.newPage();
}

/** The desk's hand, and a page on the host's machine; its console is kept free of errors as the test's own is. */
export const test = clean.extend<{ staff: StaffApi; host: Page }>({
  staff: async ({ page, baseURL }, give) => give(await staffApi(page.request, baseURL ?? "")),
  host: async ({ browser, baseURL, watch }, give) => {
    const host = await hostPage(browser, baseURL ?? "", watch);
    await give(host);
    await host.context().close();
  },
});
