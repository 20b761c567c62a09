import type { Database } from "#db/client.ts";
import type { StoredEvent } from "#domain/event.ts";
import type { ShowState } from "#domain/engine.ts";

/** A transaction of the follower's own client. */
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

/** A stretch of a show's log that was just folded: the state at its end, and its events. */
export type Followed = {
  readonly sessionId: string;
  readonly state: ShowState;
  readonly events: readonly StoredEvent[];
};

/**
 * Rows that follow from a show's log. `write` is called for one stretch after the other, without gaps, and puts what the stretch touched: values as
 * they are in the state, and of the events what no state keeps (when somebody claimed). Writing the same stretch twice does no harm, and rows made
 * again from the whole log are the same, however it was cut.
 */
export type Projection = {
  readonly name: string;
  write(tx: Transaction, followed: Followed): Promise<void>;
  /** Empties the rows of one show, before they are made again. */
  clear(tx: Transaction, sessionId: string): Promise<void>;
};

/** Rows an INSERT: far under the protocol's limit of 65,535 parameters. */
const ROWS_A_STATEMENT = 500;

export async function inChunks<T>(
  rows: readonly T[],
  write: (chunk: T[]) => Promise<unknown>,
  most = ROWS_A_STATEMENT,
): Promise<void> {
  for (let from = 0; from < rows.length; from += most) await write(rows.slice(from, from + most));
}
