import { setTimeout as sleep } from "node:timers/promises";
import {
  AppendRefusedError,
  FencedError,
  SeqTakenError,
  StoreUnavailableError,
  type EventStore,
  type Lease,
  type NewRow,
} from "#db/event-store-contract.ts";
import { canonicalJson } from "./command-hash.ts";

/**
 * Brings one batch into the log and finds out for certain what became of it (design.md 1.3). An INSERT without an answer is unknown: the same rows are
 * sent again until the log says whether they are in. It never guesses, so it may take as long as the database is away.
 */
export type CommitOutcome =
  | { readonly status: "committed" }
  /** Another writer owns the show. `stored`: these rows got in before it took over. */
  | { readonly status: "fenced"; readonly stored: boolean }
  /** The rows can never be stored; none is. */
  | { readonly status: "refused"; readonly error: AppendRefusedError }
  /** The writer was told to stop before the outcome was known. */
  | { readonly status: "unknown" };

export type Commit = {
  readonly store: Pick<EventStore, "append" | "read">;
  readonly lease: Lease;
  readonly rows: readonly NewRow[];
  readonly signal: AbortSignal;
  /** Told of every try without an answer. */
  onUnavailable(error: StoreUnavailableError): void;
};

const FIRST_PAUSE_MS = 50;
const PAUSE_MS_MAX = 500;

export async function commit(work: Commit): Promise<CommitOutcome> {
  for (let attempt = 1; !work.signal.aborted; attempt += 1) {
    try {
      return await attemptOnce(work);
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      work.onUnavailable(error);
      const pauseMs = Math.min(PAUSE_MS_MAX, FIRST_PAUSE_MS * 2 ** (attempt - 1));
      await sleep(pauseMs, undefined, { signal: work.signal }).catch(() => undefined);
    }
  }
  return { status: "unknown" };
}

async function attemptOnce(work: Commit): Promise<CommitOutcome> {
  try {
    await work.store.append(work.lease, work.rows);
    return { status: "committed" };
  } catch (error) {
    if (error instanceof AppendRefusedError) return { status: "refused", error };
    // The key says that something stands there: ours from a try without an answer, or another writer's.
    if (error instanceof SeqTakenError) {
      return (await isStored(work)) ? { status: "committed" } : { status: "fenced", stored: false };
    }
    // An earlier try may have got in before the takeover.
    if (error instanceof FencedError) return { status: "fenced", stored: await isStored(work) };
    throw error;
  }
}

async function isStored({ store, lease, rows }: Commit): Promise<boolean> {
  const first = rows[0];
  const last = rows.at(-1);
  if (!first || !last) return true;
  let at = 0;
  const range = { after: first.seq - 1, upTo: last.seq };
  for await (const events of store.read(lease.sessionId, range)) {
    for (const event of events) {
      const row = rows[at];
      const same =
        row?.seq === event.seq &&
        row.by === event.by &&
        row.commandId === event.commandId &&
        row.commandHash === event.commandHash &&
        row.type === event.type &&
        row.at === event.at &&
        // Two writers may have decided the same command in the same millisecond, and drawn different ids.
        canonicalJson(JSON.parse(row.json)) === canonicalJson(event.data);
      if (!same) return false;
      at += 1;
    }
  }
  return at === rows.length;
}
