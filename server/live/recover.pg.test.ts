import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EventStore } from "#db/event-store-contract.ts";
import { openEventStore } from "#db/event-store.ts";
import { engine } from "#domain/ops/index.ts";
import { fillLog } from "#tests/support/fill-log.ts";
import { testDatabase, type TestDatabase } from "#tests/support/pg.ts";
import { createLog } from "../lib/log.ts";
import { recover } from "./recover.ts";
import { createFoldKeeper, noSavedFolds, type FoldKeeper } from "./saved-folds.ts";

const id = "show-1";
const log = createLog("silent");

describe("recovery", () => {
  let database: TestDatabase;
  let store: EventStore;
  let keeper: FoldKeeper;
  let sql: postgres.Sql;
  beforeAll(async () => {
    database = await testDatabase();
    store = openEventStore({ url: database.url, name: "test" });
    keeper = createFoldKeeper({ url: database.url, log });
    sql = postgres(database.url, { max: 1 });
    await fillLog(store, id, 3_000);
  });
  afterAll(async () => {
    await Promise.all([store.close(), keeper.close(), sql.end()]);
    await database.drop();
  });

  const snapshot = async () => expect(await keeper.wish(id)).not.toBeNull();
  const rows = () => sql<{ seq: string; part: number }[]>`select seq, part from session_snapshots order by seq, part`;

  it("gives the same state from snapshot and tail as from the whole log", async () => {
    await snapshot();
    await fillLog(store, id, 500);
    const whole = await recover({ sessionId: id, engine, store, saved: noSavedFolds });
    const short = await recover({ sessionId: id, engine, store, saved: keeper });
    expect([whole.savedSeq, short.savedSeq]).toEqual([0, 3_000]);
    expect(short.fold.state).toEqual(whole.fold.state);
    expect(short.fold.state.seq).toBe(3_500);
    expect(short.fold.table.find("staff:fill\nfill-17")).toEqual([17]);
    expect(short.fold.table.find("staff:fill\nfill-3400")).toEqual([3_400]);
  });

  it("keeps the last two snapshots", async () => {
    for (let n = 0; n < 3; n += 1) {
      await fillLog(store, id, 10);
      await snapshot();
    }
    expect(new Set((await rows()).map(({ seq }) => Number(seq)))).toEqual(new Set([3_520, 3_530]));
  });

  it("passes over a broken snapshot to the one before, and needs none at all", async () => {
    const sum = async () => (await recover({ sessionId: id, engine, store, saved: keeper })).savedSeq;
    await sql`update session_snapshots set bytes = set_byte(bytes, 9, get_byte(bytes, 9) # 255) where seq = 3530`;
    expect(await sum()).toBe(3_520);
    await sql`update session_snapshots set digest = 'x'`;
    expect(await sum()).toBe(0);
    await snapshot();
    expect(await sum()).toBe(3_530);
    await sql`update session_snapshots set fingerprint = 'other code'`;
    expect(await sum()).toBe(0);
    await sql`delete from session_snapshots`;
    expect(await sum()).toBe(0);
  });

  it("leaves aside a snapshot that is ahead of its log", async () => {
    await snapshot();
    await sql`delete from session_events where session_id = ${id} and seq > 3000`;
    const { fold, savedSeq } = await recover({ sessionId: id, engine, store, saved: keeper });
    expect([savedSeq, fold.state.seq]).toEqual([0, 3_000]);
  });

  it("stops at an event that this code can't read", async () => {
    await sql`update session_events set type = 'later.happened.v9' where session_id = ${id} and seq = 2999`;
    const reading = recover({ sessionId: id, engine, store, saved: noSavedFolds });
    await expect(reading).rejects.toThrow("event 2999: later.happened.v9 is not known");
  });
});
