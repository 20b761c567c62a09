import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { soonAgain } from "./soon-again.ts";

/**
 * The pool for questions and for tables that followers keep. The event store has a client of its
 * own, because drizzle changes the parsers of the client it is given.
 */
export type Database = PostgresJsDatabase;
export type DatabaseClient = {
  db: Database;
  close: () => Promise<void>;
};

export type ClientOptions = {
  url: string;
  /** Shown in pg_stat_activity. */
  name: string;
  connectionsMax: number;
  /** Of PostgreSQL, for each connection. */
  settings?: Readonly<Record<string, string>>;
};

export function openDatabase({ url, name, connectionsMax, settings }: ClientOptions): DatabaseClient {
  const sql = postgres(url, {
    max: connectionsMax,
    connect_timeout: 5,
    backoff: soonAgain,
    // A connection that a dying server keeps open must not hold a question for ever.
    connection: { application_name: name, statement_timeout: 30_000, ...settings },
    onnotice: () => undefined,
  });
  return { db: drizzle(sql), close: () => sql.end({ timeout: 5 }) };
}
