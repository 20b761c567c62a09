import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import type { StoredEvent } from "#domain/event.ts";

/** Puts a log that was made by rules alone into the database, as its writer would have; what is there already stays. */
export async function storeLog(db: Database, sessionId: string, log: readonly StoredEvent[]): Promise<void> {
  await db.execute(
    sql`insert into session_owners (session_id, owner, address, epoch) values (${sessionId}, 'test', '', 1) on conflict do nothing`,
  );
  for (const { seq, at, type, by, commandId, data } of log) {
    await db.execute(
      sql`insert into session_events values (${sessionId}, ${seq}, ${at}, ${type}, ${by}, ${commandId}, ${JSON.stringify(data)}::jsonb)
          on conflict do nothing`,
    );
  }
}
