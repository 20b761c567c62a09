import { afterAll, beforeAll } from "vitest";
import { openDatabase, type Database } from "#db/client.ts";
import { openEventLogReader } from "#db/event-log-reader.ts";
import type { StoredEvent } from "#domain/event.ts";
import { engine } from "#domain/ops/index.ts";
import { createFollower, type Follower } from "#server/followers/follow.ts";
import { projections } from "#server/followers/projections.ts";
import type { Projection } from "#server/followers/projection.ts";
import { testDatabase } from "./pg.ts";
import { storeLog } from "./store-log.ts";

/** A migrated database of a test file's own, with logs that were made by rules alone and what follows them. To be called where the file begins. */
export type FollowedLogs = {
  readonly db: Database;
  store(sessionId: string, log: readonly StoredEvent[]): Promise<void>;
  /** One that knows nothing yet of what others have followed before it. */
  follower(own?: readonly Projection[]): Follower;
};

export function followedDatabase(): FollowedLogs {
  let opened: Awaited<ReturnType<typeof open>> | undefined;
  const now = () => {
    if (!opened) throw new Error("the database is open from beforeAll to afterAll");
    return opened;
  };
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(async () => {
    await Promise.all([now().client.close(), now().reader.close()]);
    await now().drop();
  });
  return {
    get db() {
      return now().client.db;
    },
    store: (sessionId, log) => storeLog(now().client.db, sessionId, log),
    follower: (own = projections) =>
      createFollower({ engine, reader: now().reader, db: now().client.db, projections: own }),
  };
}

async function open() {
  const { url, drop } = await testDatabase();
  const client = openDatabase({ url, name: "test", connectionsMax: 4 });
  return { client, reader: openEventLogReader(url, "test"), drop };
}
