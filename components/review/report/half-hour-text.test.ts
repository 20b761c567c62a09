import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { REPORT_TEXTS } from "#domain/report/report-words.ts";

it("a robot says what the screen offers to copy", () => {
  const zh: unknown = JSON.parse(readFileSync(new URL("../../strings/zh-CN.json", import.meta.url), "utf8"));
  expect(zh).toHaveProperty("report.text", REPORT_TEXTS);
});
