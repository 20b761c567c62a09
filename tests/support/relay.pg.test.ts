import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testDatabase, type TestDatabase } from "./pg.ts";
import { type Relay, startRelay } from "./relay.ts";

let database: TestDatabase;
let relay: Relay;
let sql: postgres.Sql;
let direct: postgres.Sql;

beforeAll(async () => {
  database = await testDatabase();
  relay = await startRelay(database.url);
  sql = postgres(relay.url, { max: 1, connect_timeout: 2 });
  direct = postgres(database.url, { max: 1 });
  await direct`create table kept (n int)`;
});
afterAll(async () => {
  await sql.end({ timeout: 1 });
  await direct.end({ timeout: 1 });
  await relay.close();
  await database.drop();
});

describe("the wire that fault tests cut", () => {
  it("loses the answer of an INSERT that arrived", async () => {
    await sql`select 1`;
    relay.cutOnNextAnswer();
    await expect(sql`insert into kept values (1)`.simple()).rejects.toThrow(/CONNECTION_CLOSED/);
    expect(await direct`select n from kept`).toHaveLength(1);
  });

  it("is away and comes back", async () => {
    await relay.goAway();
    await expect(sql`select 1`).rejects.toThrow();
    await relay.resume();
    expect(await sql`select 1`).toHaveLength(1);
  });
});
