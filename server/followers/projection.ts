import type { Database } from "#db/client.ts";
import type { StoredEvent } from "#domain/event.ts";
import type { ShowState } from "#domain/engine.ts";

/** A transaction of the follower's own client. */
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

/**
 * Rows that follow from a show's state. `touched` names what an event may have changed; `write` puts the rows of those names as they are in the
 * state now. So writing twice does no harm, and rows made again from the whole log are the same.
 */
export type Projection = {
  readonly name: string;
  touched(event: StoredEvent): readonly string[];
  write(tx: Transaction, sessionId: string, state: ShowState, names: ReadonlySet<string>): Promise<void>;
  /** Empties the rows of one show, before they are made again. */
  clear(tx: Transaction, sessionId: string): Promise<void>;
};

/** Rows an INSERT: far under the protocol's limit of 65,535 parameters. */
const ROWS_A_STATEMENT = 500;

export async function inChunks<T>(rows: readonly T[], write: (chunk: T[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT) {
    await write(rows.slice(from, from + ROWS_A_STATEMENT));
  }
}
