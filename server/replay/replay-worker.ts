import { parentPort, workerData } from "node:worker_threads";
import { openEventLogReader } from "#db/event-log-reader.ts";
import { engine } from "#domain/ops/index.ts";
import type { ReplayAnswer, ReplayQuestion } from "./replay.ts";
import { createSeek } from "./seek.ts";

/** Thread of its own: a million events folded for a reviewer must not delay a claim. */

const { databaseUrl } = workerData as { databaseUrl: string };
const reader = openEventLogReader(databaseUrl, "kaibo-replay");
const seek = createSeek(engine, reader);
let turn: Promise<unknown> = Promise.resolve();

parentPort?.on("message", (question: ReplayQuestion | "close") => {
  if (question === "close") {
    void turn.then(() => reader.close()).then(() => process.exit(0));
    return;
  }
  turn = turn.then(() => answer(question)).then((message) => parentPort?.postMessage(message));
});

async function answer({ id, sessionId, audience, ask }: ReplayQuestion): Promise<ReplayAnswer> {
  try {
    const value =
      ask.kind === "view"
        ? await seek.viewAt(sessionId, audience, ask.at)
        : await seek.windowAt(sessionId, audience, ask);
    return { id, value: value ?? null };
  } catch (error) {
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
