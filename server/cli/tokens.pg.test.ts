import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openDatabase } from "#db/client.ts";
import { putShowRow } from "#db/queries/show-row.ts";
import { nodeBinary } from "#tests/support/server.ts";
import { testDatabase, type TestDatabase } from "#tests/support/pg.ts";
import { createViewerTokens } from "../auth/viewer-token.ts";

const run = promisify(execFile);
const SECRET = "a-secret-of-the-tests-0123456789abcdef";
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  const { db, close } = openDatabase({ url: database.url, name: "test", connectionsMax: 1 });
  const at = { plannedStartAt: 1, plannedEndAt: 2, startedAt: null, endedAt: null, createdAt: 1 };
  const rest = { title: "示例", phase: "planned", rehearsal: false, paidFen: null, orders: null, seq: 1 };
  await putShowRow(db, { id: "s_one", roomId: "r_one", ...at, ...rest });
  await close();
});
afterAll(() => database.drop());

function tokens(...args: string[]) {
  const env = {
    NODE_ENV: "production" as const,
    PATH: String(process.env["PATH"]),
    DATABASE_URL: database.url,
    KAIBO_SECRET: SECRET,
  };
  return run(nodeBinary, [path.resolve(import.meta.dirname, "tokens.ts"), ...args], { env });
}

it("mints tokens that the server takes, for a show that there is", async () => {
  const { stdout } = await tokens("--session", "s_one", "--viewers", "3");
  const lines = stdout
    .trim()
    .split("\n")
    .map((line): { personId: string; token: string } => JSON.parse(line));
  expect(lines).toHaveLength(3);
  for (const { personId, token } of lines) {
    expect(createViewerTokens(SECRET).read(token, Date.now())).toMatchObject({
      sessionId: "s_one",
      personId,
      anonymous: false,
    });
  }
  await expect(tokens("--session", "s_two")).rejects.toThrow(/there is no show s_two/);
  await expect(tokens("--session", "s_one", "--viewers", "x")).rejects.toThrow(/--viewers must be a whole number/);
});
