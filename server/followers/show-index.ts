import { z } from "zod";
import type { Database } from "#db/client.ts";
import { putShowRow, showRow } from "#db/queries/show-row.ts";
import { valueIn } from "#domain/snapshot-parts.ts";
import type { Snapshot } from "#domain/wire.ts";
import type { Directory } from "../live/directory-contract.ts";
import type { Logger } from "../lib/log.ts";

/**
 * Keeps the list of shows (`shows`) after what their logs say. A row may lag by a second, and can be made again from the log at any time;
 * nothing is decided on it but who finds which show.
 */

const LAG_MS = 1_000;

export type ShowIndex = {
  /** Makes the row now. */
  refresh(sessionId: string): Promise<void>;
  /** Something happened in the show: the row is made again a second later. */
  touch(sessionId: string): void;
  close(): Promise<void>;
};

export function createShowIndex(deps: { db: Database; directory: Directory; log: Logger }): ShowIndex {
  const { db, directory, log } = deps;
  const due = new Map<string, NodeJS.Timeout>();
  const running = new Set<Promise<void>>();

  const refresh = async (sessionId: string): Promise<void> => {
    const found = readShow(await directory.snapshot(sessionId, "control"));
    if (!found) return;
    const known = await showRow(db, sessionId);
    await putShowRow(db, { ...found, createdAt: known?.createdAt ?? Date.now() });
  };
  const refreshQuietly = (sessionId: string): void => {
    const work = refresh(sessionId).catch((error: unknown) => {
      log.warn({ err: error, sessionId }, "the list of shows lags behind; the next act mends it");
    });
    running.add(work);
    void work.finally(() => running.delete(work));
  };
  return {
    refresh,
    touch(sessionId) {
      if (due.has(sessionId)) return;
      const timer = setTimeout(() => {
        due.delete(sessionId);
        refreshQuietly(sessionId);
      }, LAG_MS);
      due.set(sessionId, timer);
    },
    async close() {
      for (const [sessionId, timer] of due) {
        clearTimeout(timer);
        refreshQuietly(sessionId);
      }
      due.clear();
      await Promise.all(running);
    },
  };
}

const Session = z.object({
  sessionId: z.string().min(1),
  roomId: z.string(),
  title: z.string(),
  phase: z.string(),
  rehearsal: z.boolean(),
  plannedStartAt: z.number(),
  plannedEndAt: z.number(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
});
const Figures = z.object({ headline: z.object({ paidFen: z.number().nullable(), orders: z.number().nullable() }) });

/** What the list tells of a show; `undefined` before there is one. */
export function readShow(snapshot: Snapshot) {
  const parsed = Session.safeParse(valueIn(snapshot, "session"));
  if (!parsed.success) return undefined;
  const { sessionId, ...rest } = parsed.data;
  const figures = Figures.safeParse(valueIn(snapshot, "figures"));
  const { paidFen, orders } = figures.success ? figures.data.headline : { paidFen: null, orders: null };
  return { id: sessionId, ...rest, paidFen, orders, seq: snapshot.seq };
}
