import postgres from "postgres";
import { instant } from "#domain/units.ts";
import { decodeCommandId, encodeCommandId } from "./command-id.ts";
import {
  AppendRefusedError,
  FencedError,
  LEASE_MS,
  SeqTakenError,
  StoreUnavailableError,
  type EventStore,
  type LoggedEvent,
  type NewRow,
} from "./event-store-contract.ts";
import { LogClient, questionsSent } from "./log-client.ts";

/**
 * The log on PostgreSQL, through clients of its own: drizzle would change their parsers, and long reads must not stand before an INSERT.
 * Statement texts never vary, so each is planned once a connection.
 */

const ROWS_A_READ = 5_000;
/** Connections for appends; shows are spread over them. */
const WRITERS = 4;

/**
 * The rows and the check of the lease are one statement: FOR SHARE on the owner's row makes a takeover wait for this batch, or this batch see
 * the takeover's epoch. Never ON CONFLICT: it would leave holes filled by two writers. seqs are dense, so only the first is sent.
 */
const APPEND = `
  with lease as (
    select 1 from session_owners where session_id = $1::text and epoch = $2::bigint for share
  )
  insert into session_events (session_id, seq, at, type, by, command_id, data)
  select $1::text, $3::bigint + r.n - 1, r.at, r.type, r.sender, r.command_id, r.data::jsonb
  from lease, unnest(
    $4::text::bigint[], $5::text::text[], $6::text::text[], $7::text::text[], $8::text::text[]
  ) with ordinality as r (at, type, sender, command_id, data, n)`;

/** By primary key from seq to seq: no transaction stays open between two pages of a long log. */
const READ = `
  select seq, at, type, by, command_id, data from session_events
  where session_id = $1::text and seq > $2::bigint and seq <= $3::bigint
  order by seq limit ${ROWS_A_READ}`;

const HEAD = `select coalesce(max(seq), 0)::bigint as seq from session_events where session_id = $1::text`;

/** Ours to take when it is new, was let go of, has run out, or is our own from before a restart. The row's lock lets one of two win. */
const ACQUIRE = `
  insert into session_owners as o (session_id, owner, address, epoch, until)
  values ($1::text, $2::text, $3::text, 1, clock_timestamp() + interval '${LEASE_MS} ms')
  on conflict (session_id) do update
  set owner = excluded.owner, address = excluded.address, epoch = o.epoch + 1, until = excluded.until
  where o.until is null or o.until < clock_timestamp() or o.owner = excluded.owner
  returning epoch`;

const HOLDER = `select owner, address from session_owners where session_id = $1::text`;

/** The epoch is the fence, not the time: an owner that comes late, but before anyone else, goes on. */
const RENEW = `
  update session_owners o
  set until = clock_timestamp() + interval '${LEASE_MS} ms', due_at = to_timestamp(h.due_at / 1000.0)
  from unnest($2::text::text[], $3::text::bigint[], $4::text::bigint[]) as h (session_id, epoch, due_at)
  where o.session_id = h.session_id and o.epoch = h.epoch and o.owner = $1::text
  returning o.session_id`;

const RELEASE = `
  update session_owners set until = null, due_at = to_timestamp($3::bigint / 1000.0)
  where session_id = $1::text and epoch = $2::bigint`;

const ABANDONED = `
  select session_id from session_owners
  where until < clock_timestamp() or (until is null and due_at <= clock_timestamp())
  order by until nulls last limit $1::int`;

type EventRow = {
  seq: number;
  at: number;
  type: string;
  by: string;
  command_id: string;
  data: unknown;
};

export type EventStoreOptions = { url: string; name: string; appendDeadlineMs?: number };

export function openEventStore({ url, name, appendDeadlineMs = 3_000 }: EventStoreOptions): EventStore {
  const client = (part: string, connectionsMax: number, deadlineMs: number) =>
    new LogClient({ url, name: `${name}-${part}`, connectionsMax, deadlineMs });
  // A session keeps to one connection, whose server process has its plan and pages at hand: half as fast again as a pool that takes turns.
  const writers = Array.from({ length: WRITERS }, () => client("log", 1, appendDeadlineMs));
  const leases = client("log-lease", 2, appendDeadlineMs);
  const writerOf = (sessionId: string) => writers[spread(sessionId)] ?? leases;
  const reads = client("log-read", 4, 10_000);
  const ask = <T extends object>(via: LogClient, text: string, args: (string | number | null)[]) =>
    via.run(async (sql) => [...(await sql.unsafe<T[]>(text, args, { prepare: true }))]).catch(unavailable);

  const page = async (sessionId: string, after: number, upTo: number): Promise<LoggedEvent[]> =>
    (await ask<EventRow>(reads, READ, [sessionId, after, upTo])).map(toEvent);

  return {
    async append({ sessionId, epoch }, rows) {
      try {
        const stored = await writerOf(sessionId).run((sql) =>
          sql.unsafe(APPEND, appendArguments({ sessionId, epoch }, rows), { prepare: true }).execute(),
        );
        if (stored.count === rows.length) return;
      } catch (error) {
        throw appendError(error);
      }
      throw new FencedError(`epoch ${epoch} of ${sessionId} is over`);
    },

    async *read(sessionId, { after, upTo = Number.MAX_SAFE_INTEGER }) {
      let next = page(sessionId, after, upTo);
      for (;;) {
        const events = await next;
        const last = events.at(-1);
        if (!last) return;
        const full = events.length === ROWS_A_READ;
        // The next page is under way while the caller folds this one.
        next = full ? page(sessionId, last.seq, upTo) : Promise.resolve([]);
        next.catch(() => undefined);
        if (full) await questionsSent();
        yield events;
      }
    },

    async head(sessionId) {
      const [row] = await ask<{ seq: number }>(reads, HEAD, [sessionId]);
      return row?.seq ?? 0;
    },

    async acquire(sessionId, node) {
      for (;;) {
        const [mine] = await ask<{ epoch: number }>(leases, ACQUIRE, [sessionId, node.owner, node.address]);
        if (mine) return { status: "acquired", lease: { sessionId, epoch: mine.epoch } };
        const [by] = await ask<{ owner: string; address: string }>(leases, HOLDER, [sessionId]);
        if (by) return { status: "held", by: { owner: by.owner, address: by.address } };
      }
    },

    async renew(owner, held) {
      if (held.length === 0) return new Set();
      const rows = await ask<{ session_id: string }>(leases, RENEW, [
        owner,
        arrayLiteral(held.map(({ sessionId }) => sessionId)),
        numbersLiteral(held.map(({ epoch }) => epoch)),
        numbersLiteral(held.map(({ dueAt }) => dueAt)),
      ]);
      return new Set(rows.map(({ session_id }) => session_id));
    },

    async release({ sessionId, epoch, dueAt }) {
      await ask(leases, RELEASE, [sessionId, epoch, dueAt]);
    },

    async abandoned(limit) {
      const rows = await ask<{ session_id: string }>(reads, ABANDONED, [limit]);
      return rows.map(({ session_id }) => session_id);
    },

    async close() {
      await Promise.all([...writers, leases, reads].map((one) => one.close()));
    },
  };
}

function spread(sessionId: string): number {
  let sum = 0;
  for (let at = 0; at < sessionId.length; at += 1) sum = (sum * 31 + sessionId.charCodeAt(at)) | 0;
  return (sum >>> 0) % WRITERS;
}

/** In one pass, as it runs once for every event. */
export function appendArguments(
  { sessionId, epoch }: { sessionId: string; epoch: number },
  rows: readonly NewRow[],
): (string | number)[] {
  let [at, type, by, commandId, data] = ["", "", "", "", ""];
  let before = "{";
  for (const row of rows) {
    at += before + String(Math.trunc(row.at));
    type += before + arrayItem(row.type);
    by += before + arrayItem(row.by);
    commandId += before + arrayItem(encodeCommandId(row.commandId, row.commandHash));
    // JSON text has no raw control characters, so that JSON's own quoting of it is also that of an array.
    data += before + JSON.stringify(row.json);
    before = ",";
  }
  return [sessionId, epoch, rows[0]?.seq ?? 0, `${at}}`, `${type}}`, `${by}}`, `${commandId}}`, `${data}}`];
}

function toEvent({ seq, at, type, by, command_id, data }: EventRow): LoggedEvent {
  return { seq, at: instant(at), type, by, ...decodeCommandId(command_id), data };
}

/** PostgreSQL's text form of an array, made here because postgres.js would ask the server for the types of arrays at each connect. */
function arrayLiteral(values: readonly string[]): string {
  return `{${values.map(arrayItem).join(",")}}`;
}

function arrayItem(value: string): string {
  const isPlain = !value.includes('"') && !value.includes("\\");
  return isPlain ? `"${value}"` : `"${value.replace(/["\\]/g, "\\$&")}"`;
}

function numbersLiteral(values: readonly (number | null)[]): string {
  return `{${values.map((value) => (value === null ? "NULL" : Math.trunc(value))).join(",")}}`;
}

/** Classes of SQLSTATE that say: these rows can never be stored. All other errors may pass (shutdown, disk, locks). */
const REFUSED_CLASSES = new Set(["21", "22", "23", "42", "54"]);

function appendError(error: unknown): Error {
  if (!(error instanceof postgres.PostgresError)) {
    return error instanceof StoreUnavailableError
      ? error
      : new StoreUnavailableError("the database is away", { cause: error });
  }
  if (error.code === "23505") return new SeqTakenError("a seq of the batch is taken", { cause: error });
  if (REFUSED_CLASSES.has(error.code.slice(0, 2))) {
    return new AppendRefusedError(`the database refuses the batch: ${error.message}`, {
      cause: error,
    });
  }
  return new StoreUnavailableError("the database can't now", { cause: error });
}

/** 57P01 after a restart, 53300 too many connections and the like pass by themselves; a statement that is wrong does not. */
function unavailable(error: unknown): never {
  if (error instanceof postgres.PostgresError && !REFUSED_CLASSES.has(error.code.slice(0, 2))) {
    throw new StoreUnavailableError("the database can't now", { cause: error });
  }
  throw error;
}
