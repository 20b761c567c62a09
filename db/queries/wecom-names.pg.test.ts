import { afterAll, beforeAll, expect, it } from "vitest";
import { openDatabase, type DatabaseClient } from "#db/client.ts";
import { wecomContacts } from "#db/schema/wecom-people.ts";
import { testDatabase, type TestDatabase } from "#tests/support/pg.ts";
import { namesOfWecom } from "./wecom-names.ts";

let database: TestDatabase;
let client: DatabaseClient;
beforeAll(async () => {
  database = await testDatabase();
  client = openDatabase({ url: database.url, name: "test", connectionsMax: 2 });
});
afterAll(async () => {
  await client.close();
  await database.drop();
});

it("names more customers than one statement has parameters", async () => {
  const row = { id: "x_69999", corpId: "w", externalUserid: "wm", name: "示例客户", firstSeenAt: 1 };
  await client.db.insert(wecomContacts).values(row);
  const ids = Array.from({ length: 70_000 }, (_, n) => `x_${n}`);
  const { toMask, open } = await namesOfWecom(client.db, [...ids, ...ids]);
  expect([...toMask]).toEqual([["x_69999", "示例客户"]]);
  expect(open.size).toBe(0);
});
