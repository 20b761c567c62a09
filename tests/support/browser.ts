import { existsSync } from "node:fs";

/** Chromium as it runs also as root in a container, without calls of its own to the network. */
export const launchArgs = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const installed = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The machine's own browser; undefined: the one that Playwright downloaded. */
export function browserPath(): string | undefined {
  return installed.find((file) => existsSync(file));
}
