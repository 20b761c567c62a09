import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { openDatabase } from "#db/client.ts";
import { startEmbedded } from "#db/embedded.ts";
import { migrateDatabase } from "#db/migrate.ts";
import { syncOfCorp } from "#db/queries/wecom-sync.ts";
import { wecomContacts, wecomFollows, wecomGroupMembers, wecomGroups } from "#db/schema/wecom-people.ts";
import { createLog } from "#server/lib/log.ts";
import { createGroupsAndPeople } from "#server/wecom/groups-and-people.ts";
import { createRehearsalWecom } from "#server/wecom/rehearsal-wecom.ts";
import { SYNC_PARTS } from "#server/wecom/sync/sync-parts.ts";
import { createWecomFor } from "#server/wecom/wecom-for.ts";
import { memoryDirectory } from "#tests/support/memory-directory.ts";
import { freePort } from "#tests/support/ports.ts";
import { tempDir } from "#tests/support/temp-dir.ts";
import type { Bench } from "./bench.ts";

/** A tenth of the company, so that all benches together stay short; `KAIBO_BENCH_WECOM=1`: all of it, some ten minutes. */
const PART = Number(process.env["KAIBO_BENCH_WECOM"] ?? 0.1);
const SIZE = { staff: 60, groups: 10_000 * PART, customers: 200_000 * PART, customersPerGroup: 20 };
const CORP = "w_bench";
const MOST_MS = 30 * 60_000;
const MB = 1_048_576;

const Seeded = z.object({
  corpId: z.string(),
  apps: z.array(z.object({ agentId: z.number(), secret: z.string() })).min(1),
});

/** A company of 10,000 groups and 200,000 customers read whole from the stand-in, which runs in a process of its own. */
export const wecomSync: Bench = {
  name: "wecom.sync",
  async run(say) {
    const place = tempDir("wecom-sync");
    const database = await startEmbedded({ dataDir: place.dir, say: () => undefined, durable: true });
    await migrateDatabase(database.url);
    const client = openDatabase({ url: database.url, name: "bench", connectionsMax: 6 });
    const standIn = await startStandIn();
    try {
      const answer = await fetch(`${standIn.url}/emulator/corps`, { method: "POST", body: JSON.stringify(SIZE) });
      const { corpId, apps } = Seeded.parse(await answer.json());
      const at = { baseUrl: standIn.url, corpId, agentId: apps[0]?.agentId ?? 0, secret: apps[0]?.secret ?? "" };
      const log = createLog("warn");
      const standIns = {
        corp: (id: string) => Promise.resolve(id === CORP ? at : null),
        robot: () => Promise.resolve(null),
      };
      const nobody = {
        world: "real" as const,
        clientFor: () => Promise.resolve(null),
        robotFor: () => Promise.resolve(null),
      };
      const wecomFor = createWecomFor(nobody, createRehearsalWecom({ standIns, log }));
      const parts = { db: client.db, wecomFor, wecomUrl: standIn.url, directory: memoryDirectory(), log };
      const house = createGroupsAndPeople(parts);
      const readWhole = async (word: string) => {
        const startedAt = performance.now();
        await house.sync.start(CORP);
        house.sync.begin();
        const heapMb = await untilDone(async () => syncOfCorp(client.db, CORP), say);
        const seconds = (performance.now() - startedAt) / 1_000;
        say(`${word}: ${seconds.toFixed(0)} s, heap up to ${heapMb.toFixed(0)} MB`);
        return { seconds, heapMb };
      };
      const first = await readWhole("the first time");
      const again = await readWhole("again");
      await house.close();
      const counts = await Promise.all(
        [wecomGroups, wecomGroupMembers, wecomContacts, wecomFollows].map((table) => client.db.$count(table)),
      );
      const unread = await client.db.$count(wecomGroups, sql`${wecomGroups.readAt} is null`);
      say(`${counts.join(", ")} groups, stays, customers, follows; ${unread} groups unread`);
      const shown = { baseline: null, goal: null };
      return [
        { name: "wecom.sync", value: Math.round(first.seconds), unit: "s", ...shown },
        { name: "wecom.sync.again", value: Math.round(again.seconds), unit: "s", ...shown },
        {
          name: "wecom.sync.heap",
          value: Math.round(Math.max(first.heapMb, again.heapMb)),
          unit: "MB",
          ...shown,
        },
      ];
    } finally {
      await standIn.stop();
      await client.close();
      await database.stop();
      place.remove();
    }
  },
};

type Rows = Awaited<ReturnType<typeof syncOfCorp>>;

async function untilDone(read: () => Promise<Rows>, say: (line: string) => void): Promise<number> {
  const from = performance.now();
  const told = new Map<string, number>();
  let heapMb = 0;
  while (performance.now() - from < MOST_MS) {
    heapMb = Math.max(heapMb, process.memoryUsage().heapUsed / MB);
    const rows = await read();
    for (const { part, state, done, startedAt, endedAt } of rows) {
      if (state === "failed") throw new Error(`${part} failed`);
      if (endedAt === null || told.has(`${part} ${startedAt}`)) continue;
      told.set(`${part} ${startedAt}`, endedAt);
      say(`  ${part}: ${done}, after ${((performance.now() - from) / 1_000).toFixed(0)} s`);
    }
    if (rows.length >= SYNC_PARTS.length && rows.every(({ state }) => state === "done")) return heapMb;
    await sleep(250);
  }
  throw new Error(`not read within ${MOST_MS / 60_000} minutes`);
}

async function startStandIn(): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const port = await freePort();
  const file = path.resolve(import.meta.dirname, "../../server/cli/wecom-emulator.ts");
  const child = spawn(process.execPath, [file, "--port", String(port)], { stdio: "ignore" });
  const exited = once(child, "exit");
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 200; tries += 1) {
    const up = await fetch(`${url}/emulator/corps`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (up) break;
    await sleep(100);
  }
  return {
    url,
    async stop() {
      child.kill("SIGTERM");
      await exited;
    },
  };
}
