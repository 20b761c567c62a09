import { afterAll, beforeAll, expect, it } from "vitest";
import { openDatabase, type DatabaseClient } from "#db/client.ts";
import { show } from "#tests/support/given.ts";
import { testDatabase, type TestDatabase } from "#tests/support/pg.ts";
import { storeLog } from "#tests/support/store-log.ts";
import { createHistories, type Histories } from "./history.ts";

let database: TestDatabase;
let client: DatabaseClient;
let histories: Histories;

beforeAll(async () => {
  database = await testDatabase();
  client = openDatabase({ url: database.url, name: "test", connectionsMax: 2 });
  histories = createHistories(database.url);
});
afterAll(async () => {
  await Promise.all([client.close(), histories.close()]);
  await database.drop();
});

it("is made anew when the log has gone on, but not for who takes one of a moment ago", async () => {
  const played = show().live();
  await storeLog(client.db, "on-air", played.log);
  const first = await histories.of("on-air", played.state.seq);
  expect(await histories.of("on-air", played.state.seq)).toBe(first);
  played.pass(1_000).when("session.end", {}).ok();
  await storeLog(client.db, "on-air", played.log);
  const { seq } = played.state;
  expect(seq).toBeGreaterThan(first.seq);
  expect(await histories.of("on-air", seq, 60_000)).toBe(first);
  expect(await histories.of("on-air", seq, 0)).toMatchObject({ seq });
});
