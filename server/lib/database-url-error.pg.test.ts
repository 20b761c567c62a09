import { expect, it } from "vitest";
import { migrateDatabase } from "#db/migrate.ts";
import { testDatabase } from "#tests/support/pg.ts";
import { DatabaseUrlError } from "./database-url-error.ts";

async function told(url: string): Promise<string | undefined> {
  const error = await migrateDatabase(url).catch((reason: unknown) => reason);
  return DatabaseUrlError.of(url, error)?.message;
}

it("says of an address that leads nowhere, or lets nobody in, what is wrong with it, without its password", async () => {
  const { url } = await testDatabase();
  const wrong = (change: (url: URL) => void) => {
    const changed = new URL(url);
    change(changed);
    return changed.href;
  };
  const nowhere = await told("postgres://me:pass-word@127.0.0.1:1/kaibo");
  expect(nowhere).toContain('DATABASE_URL "postgres://…@127.0.0.1:1/kaibo"');
  expect(nowhere).toContain("ECONNREFUSED");
  expect(nowhere).not.toContain("pass-word");
  expect(await told("postgres://me@localhost:1/kaibo")).toContain("ECONNREFUSED");
  expect(await told(wrong((at) => (at.password = "another")))).toContain("password authentication failed");
  expect(await told(wrong((at) => (at.pathname = "/none")))).toContain('database "none" does not exist');
  expect(await told(url)).toBeUndefined();
});

it("leaves a fault of ours what it is", () => {
  expect(DatabaseUrlError.of("postgres://db/kaibo", new Error("relation is missing"))).toBeUndefined();
  expect(DatabaseUrlError.of("postgres://db/kaibo", Object.assign(new Error("x"), { code: "42P07" }))).toBeUndefined();
});
