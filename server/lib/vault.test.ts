import { expect, it } from "vitest";
import { createBoundVault, createVault } from "./vault.ts";

const SECRET = "a-secret-of-the-tests-0123456789abcdef";

it("opens what it sealed, in the place that it was sealed for, and nowhere else", () => {
  const vault = createBoundVault(SECRET, "tests");
  const sealed = vault.seal("示例", "table/1/column");
  expect(vault.open(sealed, "table/1/column")).toBe("示例");
  expect(() => vault.open(sealed, "table/2/column")).toThrow();
  expect(() => vault.open(sealed, "")).toThrow();
  expect(() => createBoundVault(SECRET, "other tests").open(sealed, "table/1/column")).toThrow();
  expect(() => createBoundVault(`${SECRET}!`, "tests").open(sealed, "table/1/column")).toThrow();
  expect(vault.seal("示例", "table/1/column")).not.toBe(sealed);
});

it("notices every changed byte", () => {
  const vault = createVault(SECRET);
  const sealed = Buffer.from(vault.seal(Buffer.from("示例")), "base64url");
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => vault.open(changed.toString("base64url"))).toThrow();
  }
});
