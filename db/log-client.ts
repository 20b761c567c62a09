import { setImmediate as nextTurn } from "node:timers/promises";
import postgres from "postgres";
import { StoreUnavailableError } from "./event-store-contract.ts";
import { soonAgain } from "./soon-again.ts";

/**
 * A postgres.js client for the log with a deadline on every statement. A server that was stopped, or a connection whose other end vanished, gives no
 * answer for minutes: at the deadline the client is thrown away with its connections and a fresh one takes its place.
 * What a statement that missed its deadline did is unknown.
 */
export type LogClientOptions = {
  url: string;
  /** Shown in pg_stat_activity. */
  name: string;
  connectionsMax: number;
  deadlineMs: number;
};

/**
 * A log is read in the order of its key. Until a table that grew fast is analysed, PostgreSQL takes it for small, and would gather and sort all that is
 * left of the show for each page, or all of it for its last row.
 */
export const BY_KEY = { enable_bitmapscan: "off" };

/** A client that reads int8 as a number. */
export type LogSql = postgres.Sql<{ int8: number }>;

/**
 * Resolves when questions that were asked a moment ago are on the wire: postgres.js writes small ones at the end of a turn of the event loop. Who asks
 * for the next page and then works on this one without a pause would else ask only after that work.
 */
export async function questionsSent(): Promise<void> {
  await nextTurn();
  await nextTurn();
}

export class LogClient {
  readonly #options: LogClientOptions;
  #sql: LogSql;
  #closed = false;

  constructor(options: LogClientOptions) {
    this.#options = options;
    this.#sql = connect(options);
  }

  async run<T>(work: (sql: LogSql) => Promise<T>): Promise<T> {
    if (this.#closed) throw new StoreUnavailableError("the log's client is closed");
    const sql = this.#sql;
    const { promise: tooLate, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      this.#replace(sql);
      reject(new StoreUnavailableError(`no answer within ${this.#options.deadlineMs} ms`));
    }, this.#options.deadlineMs);
    const result = work(sql);
    result.catch(() => undefined);
    try {
      return await Promise.race([result, tooLate]);
    } catch (error) {
      if (error instanceof postgres.PostgresError || error instanceof StoreUnavailableError) throw error;
      throw new StoreUnavailableError("the database is away", { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#sql.end({ timeout: 2 });
  }

  #replace(sql: LogSql): void {
    if (this.#closed || sql !== this.#sql) return;
    this.#sql = connect(this.#options);
    void sql.end({ timeout: 0 }).catch(() => undefined);
  }
}

/** PostgreSQL's int8 (type 20) as a number: seqs and milliseconds stay far below 2^53. */
const int8: postgres.PostgresType<number> = {
  to: 20,
  from: [20],
  parse: (text: string) => Number(text),
  serialize: (value: number) => String(value),
};

function connect({ url, name, connectionsMax, deadlineMs }: LogClientOptions): LogSql {
  return postgres(url, {
    max: connectionsMax,
    connect_timeout: 3,
    backoff: soonAgain,
    fetch_types: false,
    types: { int8 },
    connection: {
      application_name: name,
      // One statement must not outlive the caller's patience and then hold the row of the lease.
      statement_timeout: deadlineMs,
      ...BY_KEY,
    },
    onnotice: () => undefined,
  });
}
