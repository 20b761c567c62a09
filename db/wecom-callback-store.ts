import postgres from "postgres";
import { StoreUnavailableError } from "./event-store-contract.ts";
import { LogClient } from "./log-client.ts";

/**
 * Where callbacks are put before they are answered. A client of its own with a deadline on every statement: who delivered waits for the answer, and must
 * rather be told to come back than be kept waiting by a pool that is busy with other questions.
 */

/** One delivery, decrypted; columns as in schema/wecom-callbacks.ts. */
export type NewCallback = {
  readonly appKey: string;
  readonly dedupeKey: string;
  readonly name: string;
  readonly object: string;
  readonly happenedAt: number;
  readonly receivedAt: number;
  readonly raw: string;
  readonly message: string;
  /** null: no welcome is expected. */
  readonly welcomeUntil: number | null;
};

export type StoredCallback = { readonly id: number; readonly appKey: string; readonly dedupeKey: string };

export type CallbackStore = {
  /** Adds those that are not there yet, all or none, and tells which those are. Throws StoreUnavailableError when it is not known whether any was added. */
  add(rows: readonly NewCallback[]): Promise<StoredCallback[]>;
  close(): Promise<void>;
};

/** The statement's text never varies, so it is planned once a connection. DO NOTHING also within the batch: of two alike the first is added. */
const ADD = `
  insert into wecom_callbacks
    (app_key, dedupe_key, name, object, happened_at, received_at, raw, message, state, next_at, welcome, welcome_until)
  select r."appKey", r."dedupeKey", r.name, r.object, r."happenedAt", r."receivedAt", r.raw, r.message, 'waiting', 0,
    case when r."welcomeUntil" is not null then 'waiting' end, r."welcomeUntil"
  from json_to_recordset($1::text::json) as r (
    "appKey" text, "dedupeKey" text, name text, object text, "happenedAt" bigint, "receivedAt" bigint,
    raw text, message text, "welcomeUntil" bigint
  )
  on conflict (app_key, dedupe_key) do nothing
  returning id, app_key as "appKey", dedupe_key as "dedupeKey"`;

/** Whoever delivered waits at most a second, and one batch may already be under way. */
const DEADLINE_MS = 800;
/** As many as batches are stored at once. */
const CONNECTIONS = 2;

export function openCallbackStore({ url, name }: { readonly url: string; readonly name: string }): CallbackStore {
  const client = new LogClient({
    url,
    name: `${name}-callbacks`,
    connectionsMax: CONNECTIONS,
    deadlineMs: DEADLINE_MS,
  });
  return {
    async add(rows) {
      try {
        return await client.run(async (sql) => [
          ...(await sql.unsafe<StoredCallback[]>(ADD, [JSON.stringify(rows)], { prepare: true })),
        ]);
      } catch (error) {
        throw isRefusal(error) ? error : new StoreUnavailableError("the database can't now", { cause: error });
      }
    },
    close: () => client.close(),
  };
}

/** Data exceptions, integrity, syntax: the same rows will be refused again. All others may pass by themselves. */
function isRefusal(error: unknown): boolean {
  return error instanceof postgres.PostgresError && ["21", "22", "23", "42"].includes(error.code.slice(0, 2));
}
