import type { Database } from "./client.ts";

/**
 * Asks in a text that never varies, planned once a connection: for what runs by the hundred a second, where planning takes longer than answering. Arrays go as text
 * (`array-text.ts`).
 */
export function askPrepared(db: Database, text: string, params: readonly (string | number | null)[]): Promise<unknown> {
  return db._.session.prepareQuery({ sql: text, params: [...params] }, undefined, text, false).execute();
}
