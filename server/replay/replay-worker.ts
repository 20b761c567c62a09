import { parentPort, workerData } from "node:worker_threads";
import { openEventLogReader } from "#db/event-log-reader.ts";
import { engine } from "#domain/ops/index.ts";
import { isDatabaseAway } from "../lib/database-away.ts";
import { stepBack } from "../lib/step-back.ts";
import type { ReplayAnswer, ReplayQuestion } from "./replay.ts";
import { createSeek } from "./seek.ts";

/** Thread of its own: a million events folded for a reviewer must not delay a claim. */

const { databaseUrl } = workerData as { databaseUrl: string };
const reader = openEventLogReader(databaseUrl, "kaibo-replay");
const seek = createSeek(engine, reader);
let turn: Promise<unknown> = Promise.resolve();
let closing = false;

stepBack();

parentPort?.on("message", (question: ReplayQuestion | "close") => {
  if (question === "close") {
    closing = true;
    void turn.then(() => reader.close()).then(() => process.exit(0));
    return;
  }
  // Nobody waits any more for what is still in the row at the close.
  turn = turn.then(async () => closing || parentPort?.postMessage(await answer(question)));
});

async function answer({ id, sessionId, audience, ask }: ReplayQuestion): Promise<ReplayAnswer> {
  try {
    const value =
      ask.kind === "view"
        ? await seek.viewAt(sessionId, audience, ask.at)
        : await seek.windowAt(sessionId, audience, ask);
    return { id, value: value ?? null };
  } catch (error) {
    if (isDatabaseAway(error)) return { id, away: true };
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
