import { setTimeout as sleep } from "node:timers/promises";
import { openDatabase } from "#db/client.ts";
import { openEventLogReader } from "#db/event-log-reader.ts";
import { BY_KEY } from "#db/log-client.ts";
import { engine } from "#domain/ops/index.ts";
import { createLog, type Logger, type LogLevel } from "../lib/log.ts";
import { stepBackWholly } from "../lib/step-back.ts";
import { keepContacts } from "./contact-keeper.ts";
import { createFollower, OvertakenError } from "./follow.ts";
import { projections } from "./projections.ts";

/** The followers' process: asks twice a second what is new. It goes when its parent does, and what it has not written it finds again. */

const PAUSE_MS = 500;
const PAUSE_AFTER_ERROR_MS = 3_000;
/** While a company is read there are marks for minutes: shows are followed in between. */
const KEEP_MS = 1_000;

export type FollowerConfig = { readonly databaseUrl: string; readonly logLevel: LogLevel | null };

// Tables may lag by a second; a claim may not. Under load the writer gets the machine, and the followers catch up after.
stepBackWholly();

let going = true;
process.on("disconnect", () => (going = false));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  // The parent gets the terminal's signals too, and decides the order of the stop.
  process.on(signal, () => undefined);
}
process.once("message", (config: FollowerConfig) => void run(config));

async function run({ databaseUrl, logLevel }: FollowerConfig): Promise<void> {
  const log = createLog(logLevel);
  const reader = openEventLogReader(databaseUrl, "kaibo-followers");
  const database = openDatabase({ url: databaseUrl, name: "kaibo-followers", connectionsMax: 2, settings: BY_KEY });
  const follower = createFollower({ engine, reader, db: database.db, projections });
  while (going) {
    const pauses = [
      await pauseAfter(() => follower.catchUp(), log),
      await pauseAfter(() => keepContacts(database.db, KEEP_MS), log),
    ];
    await sleep(Math.max(...pauses));
  }
  await Promise.all([reader.close(), database.close()]);
  process.exit(0);
}

async function pauseAfter(catchUp: () => Promise<unknown>, log: Logger): Promise<number> {
  try {
    await catchUp();
    return PAUSE_MS;
  } catch (error) {
    if (error instanceof OvertakenError) log.debug({ err: error }, "another follower is at work");
    else log.warn({ err: error }, "following failed, trying again");
    return PAUSE_AFTER_ERROR_MS;
  }
}
