import type { StoredEvent } from "#domain/event.ts";

/**
 * What the writer needs of the log. Two stores keep this contract: PostgreSQL (`event-store.ts`) and memory (`memory-event-store.ts`, for tests);
 * `tests/contracts/event-store.ts` runs on both.
 */

/** How long an owner that does not renew keeps a session, by the database's clock. */
export const LEASE_MS = 3_000;

/** `commandHash` covers type and input of the command that the event belongs to. */
export type LoggedEvent = StoredEvent & { readonly commandHash: string };

/** `json`: the event's data as text, made once by the writer, which bounds a batch by its bytes. */
export type NewRow = LoggedEvent & { readonly json: string };

export type Lease = { readonly sessionId: string; readonly epoch: number };

/** `address`: base URL under which other nodes reach it, empty when there are none. */
export type Node = { readonly owner: string; readonly address: string };

export type Acquired =
  | { readonly status: "acquired"; readonly lease: Lease }
  | { readonly status: "held"; readonly by: Node };

/** `dueAt` (ms UTC): when the session wants a writer awake; kept with the lease, for whoever takes over. */
export type Held = Lease & { readonly dueAt: number | null };

export type EventStore = {
  /**
   * Adds the rows as they are, all or none, when the lease still holds. Throws `FencedError`, `SeqTakenError` or `AppendRefusedError` when nothing
   * was stored by this call, `StoreUnavailableError` when that is not known.
   */
  append(lease: Lease, rows: readonly NewRow[]): Promise<void>;
  /** Events with `after < seq <= upTo`, in order, in chunks. */
  read(
    sessionId: string,
    range: { readonly after: number; readonly upTo?: number },
  ): AsyncIterable<readonly LoggedEvent[]>;
  /** Seq of the last event, 0 for an empty log. */
  head(sessionId: string): Promise<number>;

  acquire(sessionId: string, node: Node): Promise<Acquired>;
  /** Renews in one statement; the answer names the sessions still held. */
  renew(owner: string, held: readonly Held[]): Promise<ReadonlySet<string>>;
  release(held: Held): Promise<void>;
  /** Sessions whose owner is gone, or that fall due while nobody owns them. */
  abandoned(limit: number): Promise<readonly string[]>;

  close(): Promise<void>;
};

/** Another writer owns the session; nothing was stored. */
export class FencedError extends Error {
  override readonly name = "FencedError";
}

/** A row with one of these seqs is there already; nothing was stored by this call. */
export class SeqTakenError extends Error {
  override readonly name = "SeqTakenError";
}

/** The database understood the rows and refuses them for good (a value it cannot hold); nothing was stored. */
export class AppendRefusedError extends Error {
  override readonly name = "AppendRefusedError";
}

/** No answer, or one that says to come back: it is not known whether the statement was carried out. */
export class StoreUnavailableError extends Error {
  override readonly name = "StoreUnavailableError";
}
