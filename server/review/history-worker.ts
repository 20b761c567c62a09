import { parentPort, workerData } from "node:worker_threads";
import { openEventLogReader } from "#db/event-log-reader.ts";
import { createHistory } from "#domain/history/show-history.ts";
import { isDatabaseAway } from "../lib/database-away.ts";
import type { HistoryAnswer } from "./history.ts";

/** One pass over one log, then it ends: what it held of orders is freed with it. */

const { databaseUrl, sessionId } = workerData as { readonly databaseUrl: string; readonly sessionId: string };

async function pass(): Promise<HistoryAnswer> {
  const reader = openEventLogReader(databaseUrl, "kaibo-review");
  try {
    const history = createHistory();
    await reader.read(sessionId, { after: 0 }, (events) => history.append(events));
    return { history: history.result() };
  } catch (error) {
    if (isDatabaseAway(error)) return { away: true };
    throw error;
  } finally {
    await reader.close();
  }
}

parentPort?.postMessage(await pass());
