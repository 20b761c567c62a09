import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import en from "./en.json";
import zhCN from "./zh-CN.json";

const root = path.resolve(import.meta.dirname, "../..");

function keysOf(node: object, under = ""): string[] {
  return Object.entries(node).flatMap(([key, value]) =>
    typeof value === "object" && value !== null ? keysOf(value, `${under}${key}.`) : [`${under}${key}`],
  );
}

function textAt(node: object, key: string): unknown {
  return key.split(".").reduce<unknown>((here, part) => {
    if (typeof here !== "object" || here === null) return undefined;
    return Object.entries(here).find(([name]) => name === part)?.[1];
  }, node);
}

const placeholders = (text: unknown) => [...String(text).matchAll(/\{(\w+)/g)].map(([, name = ""]) => name).toSorted((a, b) => a.localeCompare(b));

function sources(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => readFileSync(path.join(root, folder, name), "utf8"));
}

test("both languages have the same texts with the same fields", () => {
  expect(keysOf(en).toSorted()).toEqual(keysOf(zhCN).toSorted());
  for (const key of keysOf(zhCN)) {
    expect(String(textAt(zhCN, key)), `${key} is empty`).not.toBe("");
    if (!key.startsWith("refusal.")) expect(placeholders(textAt(en, key)), key).toEqual(placeholders(textAt(zhCN, key)));
  }
});

test("every code that a rule refuses with has words", () => {
  const codes = sources("domain").flatMap((text) => [...text.matchAll(/\breject\(\s*"([a-zA-Z.]+)"/g)].map(([, code = ""]) => code));
  expect(codes.length).toBeGreaterThan(30);
  const silent = [...new Set(codes)].filter((code) => typeof textAt(zhCN.refusal, code) !== "string");
  expect(silent).toEqual([]);
});

test("every code that the API fails with has words", () => {
  const texts = sources("server");
  const found = (pattern: RegExp) => texts.flatMap((text) => [...text.matchAll(pattern)].map(([, code = ""]) => code));
  const codes = [
    ...found(/new HttpError\(\d+, "([a-zA-Z.]+)"/g),
    ...found(/\brejected\("([a-zA-Z.]+)"/g),
    ...found(/\bnotFound\("([a-zA-Z]+)"\)/g).map((what) => `${what}.unknown`),
    ...found(/"(import\.[a-zA-Z]+)"/g),
  ];
  expect(codes.length).toBeGreaterThan(10);
  const silent = [...new Set(codes)].filter((code) => typeof textAt(zhCN.refusal, code) !== "string");
  expect(silent).toEqual([]);
});

test("every line that a check draws by itself has words, and no words stand for a line that is not drawn", () => {
  const file = ["domain/auto-checks.ts", "domain/lesson-checks.ts", "domain/lesson-air.ts", "domain/push/check-lines.ts", "domain/check/enablers.ts"]
    .map((name) => readFileSync(path.join(root, name), "utf8"))
    .join("\n");
  const codes = [...file.matchAll(/\b(?:code: |about\("\w+", )"(\w+)"/g)].map(([, code = ""]) => code);
  expect([...new Set(codes)].toSorted()).toEqual(Object.keys(zhCN.autoCheck).toSorted());
});
