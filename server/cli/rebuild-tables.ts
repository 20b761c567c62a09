import { setTimeout as sleep } from "node:timers/promises";
import { openDatabase } from "#db/client.ts";
import { openEventLogReader } from "#db/event-log-reader.ts";
import { allSessionIds } from "#db/queries/all-session-ids.ts";
import { engine } from "#domain/ops/index.ts";
import { loadEnv } from "../env.ts";
import { createFollower, type Follower } from "../followers/follow.ts";
import { projections } from "../followers/projections.ts";
import { borrowDatabase } from "../lib/database.ts";
import { Lifecycle } from "../lib/lifecycle.ts";
import { createLog } from "../lib/log.ts";
import { CommandError, readOptions, runCommand } from "./command-line.ts";

/**
 * npm run rebuild-tables [-- --session ID]
 * Makes the tables for lists, exports and reports again from the logs, show by show, each in one transaction: who reads meanwhile sees the old rows
 * or the new. Safe beside a running server.
 */

const ATTEMPTS = 5;
const say = (line: string) => void process.stdout.write(`  ${line}\n`);

const usage = `npm run rebuild-tables [-- --session ID]
  --session   one show only; default: all of them
  Makes the tables of lists, reports and exports again from the logs, also while Kaibo runs.`;

async function rebuild(lifecycle: Lifecycle): Promise<void> {
  const values = readOptions({ options: { session: { type: "string" } } });
  const env = loadEnv();
  const url = await borrowDatabase({ env, lifecycle, say });
  const reader = openEventLogReader(url, "kaibo rebuild");
  const { db, close } = openDatabase({ url, name: "kaibo rebuild", connectionsMax: 1 });
  lifecycle.add({
    name: "database clients",
    deadlineMs: 5_000,
    stop: async () => void (await Promise.all([reader.close(), close()])),
  });
  const all = await allSessionIds(db);
  const sessions = values.session === undefined ? all : all.filter((id) => id === values.session);
  if (values.session !== undefined && sessions.length === 0) {
    throw new CommandError(`there is no show ${values.session}; its id stands in the address of its page`);
  }
  const follower = createFollower({ engine, reader, db, projections });
  for (const [index, sessionId] of sessions.entries()) {
    const startedAt = performance.now();
    await rebuildOne(follower, sessionId);
    say(`${index + 1}/${sessions.length} ${sessionId} ${Math.round(performance.now() - startedAt)} ms`);
  }
  say(`完成 done: ${sessions.length}`);
}

/** The server's follower may be writing rows of the same show: the database then lets one of the two go, which begins anew. */
async function rebuildOne(follower: Follower, sessionId: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await follower.rebuild(sessionId);
    } catch (error) {
      if (attempt >= ATTEMPTS) throw error;
      say(`${sessionId}: ${String(error instanceof Error ? error.message : error)}; 再试 trying again`);
      await sleep(500 * attempt);
    }
  }
}

const lifecycle = new Lifecycle(createLog("warn"));
await runCommand(usage, () => rebuild(lifecycle));
await lifecycle.stop();
