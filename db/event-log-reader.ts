import type { StoredEvent } from "#domain/event.ts";
import { LogClient, questionsSent } from "./log-client.ts";

/**
 * Reads logs for those who never write them: replay, followers, exports. A client of its own, so that a long read never takes a connection from the
 * writer, and page by page: a reader who takes its time holds no connection, and a database that falls silent is noticed.
 */

const ROWS_A_PAGE = 5_000;
/** Where the end is told by time, the last page is read too far by half of this on average. */
const ROWS_A_PAGE_UNTIL = 2_000;
const DEADLINE_MS = 8_000;

/** Statement texts never vary, so each is planned once a connection. Rows come as events: to copy a million of them took a tenth of a long read. */
const READ = `
  select seq, at, type, by, command_id as "commandId", data from session_events
  where session_id = $1::text and seq > $2::bigint and seq <= $3::bigint
  order by seq limit $4::int`;

export type EventLogReader = {
  /** Events with `seq > after` (and `at <= untilAt`, `seq <= upTo`, when given), in order, in chunks. */
  read(
    sessionId: string,
    range: { after: number; untilAt?: number | undefined; upTo?: number | undefined },
    onChunk: (events: readonly StoredEvent[]) => void | Promise<void>,
  ): Promise<void>;
  close(): Promise<void>;
};

export function openEventLogReader(url: string, name: string): EventLogReader {
  const client = new LogClient({ url, name, connectionsMax: 2, deadlineMs: DEADLINE_MS });
  return {
    async read(sessionId, { after, untilAt, upTo = Number.MAX_SAFE_INTEGER }, onChunk) {
      const limit = untilAt === undefined ? ROWS_A_PAGE : ROWS_A_PAGE_UNTIL;
      const page = async (from: number): Promise<StoredEvent[]> => {
        const args = [sessionId, from, upTo, limit];
        return [...(await client.run((sql) => sql.unsafe<StoredEvent[]>(READ, args, { prepare: true })))];
      };
      for (let next: Promise<StoredEvent[]> | null = page(after); next;) {
        const events: StoredEvent[] = await next;
        // `at` never runs back in a log: behind the first that is too late all are.
        const end = untilAt === undefined ? -1 : events.findIndex(({ at }) => at > untilAt);
        const wanted = end < 0 ? events : events.slice(0, end);
        const last = wanted.at(-1);
        if (!last) return;
        // The next page is under way while the caller works on this one.
        next = wanted.length === limit ? page(last.seq) : null;
        next?.catch(() => undefined);
        if (next) await questionsSent();
        await onChunk(wanted);
      }
    },
    close: () => client.close(),
  };
}
