import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { verifyPassword } from "better-auth/crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openDatabase } from "#db/client.ts";
import { authAccounts, authSessions } from "#db/schema/accounts.ts";
import { nodeBinary } from "#tests/support/server.ts";
import { testDatabase, type TestDatabase } from "#tests/support/pg.ts";
import { makeFirstAccount } from "../first-start.ts";

const run = promisify(execFile);
let database: TestDatabase;
let opened: ReturnType<typeof openDatabase>;

beforeAll(async () => {
  database = await testDatabase();
  opened = openDatabase({ url: database.url, name: "test", connectionsMax: 1 });
});
afterAll(async () => {
  await opened.close();
  await database.drop();
});

function password(...args: string[]) {
  const PATH = String(process.env["PATH"]);
  const env = { NODE_ENV: "production" as const, PATH, DATABASE_URL: database.url };
  return run(nodeBinary, [path.resolve(import.meta.dirname, "password.ts"), ...args], { env });
}

it("makes a person's password anew, ends what the old one opened, and knows nobody else", async () => {
  const { db } = opened;
  const account = await makeFirstAccount(db, "the-first-password");
  const userId = account?.personId ?? "";
  const expiresAt = new Date(Date.now() + 60_000);
  await db
    .insert(authSessions)
    .values({ id: "one", userId, token: "t", expiresAt, createdAt: new Date(), updatedAt: new Date() });

  const { stdout } = await password("--username", "Owner");
  const [, made = ""] = /密码 password ([a-z2-9-]+)/.exec(stdout) ?? [];
  const [stored] = await db.select().from(authAccounts).where(eq(authAccounts.userId, userId));
  const fits = (plain: string) => verifyPassword({ hash: stored?.password ?? "", password: plain });
  expect([await fits(made), await fits("the-first-password")]).toEqual([true, false]);
  expect(await db.select().from(authSessions)).toEqual([]);

  await expect(password("--username", "nobody")).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining("owners are: owner"),
  });
  await expect(password()).rejects.toMatchObject({ code: 2 });
});
