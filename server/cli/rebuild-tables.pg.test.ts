import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openDatabase, type DatabaseClient } from "#db/client.ts";
import { openEventLogReader, type EventLogReader } from "#db/event-log-reader.ts";
import { engine } from "#domain/ops/index.ts";
import { START } from "#tests/support/given.ts";
import { testDatabase, type TestDatabase } from "#tests/support/pg.ts";
import { nodeBinary } from "#tests/support/server.ts";
import { orderOf, shopping } from "#tests/support/shopping.ts";
import { storeLog } from "#tests/support/store-log.ts";
import { createFollower } from "../followers/follow.ts";
import { projections } from "../followers/projections.ts";

const run = promisify(execFile);
let database: TestDatabase;
let client: DatabaseClient;
let reader: EventLogReader;

beforeAll(async () => {
  database = await testDatabase();
  client = openDatabase({ url: database.url, name: "test", connectionsMax: 2 });
  reader = openEventLogReader(database.url, "test");
});
afterAll(async () => {
  await Promise.all([client.close(), reader.close()]);
  await database.drop();
});

function rebuild(...args: string[]) {
  const env = { NODE_ENV: "production" as const, PATH: String(process.env["PATH"]), DATABASE_URL: database.url };
  return run(nodeBinary, [path.resolve(import.meta.dirname, "rebuild-tables.ts"), ...args], { env });
}

it("makes the tables of every show again, while a follower goes on", async () => {
  for (const id of ["s_one", "s_two"]) {
    const { played } = shopping();
    for (let at = 0; at < 50; at += 1)
      played.when("order.record", orderOf(`${id}-${at}`, "S3", 1, { status: "paid", paidAt: START })).ok();
    await storeLog(client.db, id, played.log);
  }
  const follower = createFollower({ engine, reader, db: client.db, projections });
  await follower.catchUp();
  await client.db.execute(sql`update report_orders set paid_fen = 0`);

  const { stdout } = await rebuild();

  expect(stdout).toContain("2/2 s_two");
  const [sum] = await client.db.execute(
    sql`select count(*)::int as orders, sum(paid_fen)::int as fen from report_orders`,
  );
  expect(sum).toEqual({ orders: 100, fen: 100 * 9_900 });
  expect(await follower.catchUp()).toBe(0);
  await expect(rebuild("--session", "s_three")).rejects.toThrow(/there is no show s_three/);
});
