import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase, type DatabaseClient } from "#db/client.ts";
import { openEventLogReader, type EventLogReader } from "#db/event-log-reader.ts";
import { putShowRow, showRow } from "#db/queries/show-row.ts";
import { engine } from "#domain/ops/index.ts";
import { show } from "#tests/support/given.ts";
import { testDatabase } from "#tests/support/pg.ts";
import { storeLog } from "#tests/support/store-log.ts";
import { createFollower } from "./follow.ts";
import { projections } from "./projections.ts";

let database: DatabaseClient;
let reader: EventLogReader;
let drop: () => Promise<void>;

beforeAll(async () => {
  const made = await testDatabase();
  drop = made.drop;
  database = openDatabase({ url: made.url, name: "test", connectionsMax: 4 });
  reader = openEventLogReader(made.url, "test");
});
afterAll(async () => {
  await Promise.all([database.close(), reader.close()]);
  await drop();
});

test("the list follows the log, whoever changed the show and whatever became of their node", async () => {
  const follower = createFollower({ engine, reader, db: database.db, projections });
  const played = show().live();
  await storeLog(database.db, "listed", played.log);
  await follower.catchUp();
  const live = await showRow(database.db, "listed");
  expect(live).toMatchObject({ phase: "live", seq: played.log.length });
  played.when("session.end", {}).ok();
  await storeLog(database.db, "listed", played.log);
  await follower.catchUp();
  const ended = await showRow(database.db, "listed");
  expect(ended).toMatchObject({ phase: "ended", createdAt: live?.createdAt });
  if (ended) await putShowRow(database.db, { ...ended, title: "later", seq: ended.seq + 1 });
  await follower.rebuild("listed");
  expect(await showRow(database.db, "listed")).toMatchObject({ title: "later" });
});
