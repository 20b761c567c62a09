import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

/** SPEC.md numbers what can be observed; a number without a test is a promise that nobody keeps. */

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const RULE = /^- \*\*([A-Z]{3}\d+)\*\*/gm;
const NAMED = /\[([A-Z]{3}\d+)\]/g;
const FOLDERS = ["domain", "db", "server", "components", "tests"];

function testFiles(): string[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => !path.includes("node_modules") && /\.(test|spec)\.tsx?$/.test(path))
      .map((path) => join(folder, path)),
  );
}

const rules = [...readFileSync(join(ROOT, "domain/SPEC.md"), "utf8").matchAll(RULE)].map(([, id]) => id ?? "");
const tested = new Map<string, string>();
for (const path of testFiles()) {
  for (const [, id] of readFileSync(join(ROOT, path), "utf8").matchAll(NAMED)) tested.set(id ?? "", path);
}

describe("SPEC.md", () => {
  it("numbers each rule once", () => {
    expect(rules.length).toBeGreaterThan(40);
    expect(rules.filter((id, index) => rules.indexOf(id) !== index)).toEqual([]);
  });

  it("has a test for every rule", () => {
    expect(rules.filter((id) => !tested.has(id))).toEqual([]);
  });

  it("has a rule for every number that a test names", () => {
    expect([...tested].filter(([id]) => !rules.includes(id))).toEqual([]);
  });
});
