import { defineConfig } from "@playwright/test";
import { browserPath, launchArgs } from "#tests/support/browser.ts";
import { type Lane, laneNames, matchOf } from "./lanes.ts";

const port = process.env["KAIBO_E2E_PORT"] ?? "4399";
const executablePath = browserPath();

const lane = (name: Lane) => ({ name, outputDir: `../../test-results/e2e/${name}`, ...matchOf(name) });

/** One production server for the run, on a port and data of its own: see global-setup.ts. */
export default defineConfig({
  testDir: ".",
  projects: laneNames.map(lane),
  // Which lane a test runs in says nothing about how its picture looks.
  snapshotPathTemplate: "{testDir}/{testFilePath}-snapshots/{arg}-{platform}{ext}",
  globalSetup: "./global-setup.ts",
  // When a test hangs, or waits for what will never be: a machine four times slower is only slow. What is promised in time is measured where it is promised.
  timeout: 240_000,
  expect: { timeout: 60_000 },
  retries: 0,
  workers: 1,
  forbidOnly: true,
  use: {
    actionTimeout: 60_000,
    baseURL: `http://127.0.0.1:${port}`,
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    // A trace copies the page's DOM before and after every step, in the page's own time: dragging takes three times as long, and its stalls are measured too.
    trace: process.env["KAIBO_E2E_TRACE"] === "1" ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    launchOptions: {
      args: launchArgs,
      // Without a locale Chromium can't write a Chinese file name and calls every download "download".
      env: { ...process.env, LANG: "C.UTF-8" },
      ...(executablePath ? { executablePath } : {}),
    },
  },
});
