import postgres from "postgres";
import type { StoredEvent } from "#domain/event.ts";
import { instant } from "#domain/units.ts";
import { soonAgain } from "./soon-again.ts";

/**
 * Reads logs for those who never write them: replay, followers, exports. A client of its own, with server-side cursors,
 * so that a long read never takes a connection from the writer.
 */

const ROWS_A_FETCH = 5_000;

export type EventLogReader = {
  /** Events with `seq > after` (and `at <= untilAt`, `seq <= upTo`, when given), in order, in chunks. */
  read(
    sessionId: string,
    range: { after: number; untilAt?: number | undefined; upTo?: number | undefined },
    onChunk: (events: readonly StoredEvent[]) => void | Promise<void>,
  ): Promise<void>;
  close(): Promise<void>;
};

type Row = { seq: string; at: string; type: string; by: string; command_id: string; data: unknown };

export function openEventLogReader(url: string, name: string): EventLogReader {
  const sql = postgres(url, {
    max: 2,
    connect_timeout: 5,
    backoff: soonAgain,
    connection: { application_name: name },
    onnotice: () => undefined,
  });
  return {
    async read(sessionId, { after, untilAt, upTo }, onChunk) {
      // `at` never runs back in a log, so the range is one stretch of the primary key.
      const rows = sql<Row[]>`
        select seq, at, type, by, command_id, data from session_events
        where session_id = ${sessionId} and seq > ${after} ${untilAt === undefined ? sql`` : sql`and at <= ${untilAt}`}
          ${upTo === undefined ? sql`` : sql`and seq <= ${upTo}`}
        order by seq`;
      for await (const chunk of rows.cursor(ROWS_A_FETCH)) await onChunk(chunk.map(toEvent));
    },
    close: () => sql.end({ timeout: 5 }),
  };
}

function toEvent({ seq, at, type, by, command_id, data }: Row): StoredEvent {
  return { seq: Number(seq), at: instant(Number(at)), type, by, commandId: command_id, data };
}
