import path from "node:path";
import { runningEmbeddedUrl, startEmbedded } from "#db/embedded.ts";
import { migrateDatabase } from "#db/migrate.ts";
import type { Env } from "../env.ts";
import { lockFile, lockHolder } from "./data-lock.ts";
import { DatabaseUrlError } from "./database-url-error.ts";
import type { Lifecycle } from "./lifecycle.ts";
import { type Say, withProgress } from "./progress.ts";

export type DatabaseNeeds = {
  env: Pick<Env, "databaseUrl" | "dataDir">;
  lifecycle: Lifecycle;
  say: Say;
};

/** Asked before anything long is started: throws AlreadyRunningError when another process serves these data. */
export function holdDataDir({ env, lifecycle }: Pick<DatabaseNeeds, "env" | "lifecycle">): void {
  if (env.databaseUrl !== null) return;
  const release = lockFile(serverLock(env.dataDir));
  lifecycle.add({ name: "data lock", deadlineMs: 1_000, stop: release, abort: release });
}

/**
 * The database that this process works on, up to date: the given one, else the embedded one, which
 * then belongs to this process until the lifecycle ends. The caller holds the data directory.
 */
export async function provideDatabase(needs: DatabaseNeeds): Promise<string> {
  const given = needs.env.databaseUrl;
  const url = given ?? (await ownEmbedded(needs));
  await withProgress({ say: needs.say, what: "更新数据库结构 · migrating" }, () => migrateDatabase(url)).catch(
    (error: unknown) => {
      throw given === null ? error : (DatabaseUrlError.of(given, error) ?? error);
    },
  );
  return url;
}

/**
 * For commands beside the server (npm run import, tokens, …): a running server's database is
 * shared, else the embedded one runs for as long as the command does.
 */
export async function borrowDatabase(needs: DatabaseNeeds): Promise<string> {
  const { env } = needs;
  if (env.databaseUrl === null && lockHolder(serverLock(env.dataDir)) !== null) {
    const url = runningEmbeddedUrl(env.dataDir);
    if (url === null) throw new Error("Kaibo is just starting; try again when it is ready");
    await migrateDatabase(url);
    return url;
  }
  holdDataDir(needs);
  return provideDatabase(needs);
}

async function ownEmbedded({ env, lifecycle, say }: DatabaseNeeds): Promise<string> {
  const embedded = await withProgress({ say, what: "启动数据库 · starting the database" }, () =>
    startEmbedded({ dataDir: env.dataDir, say, durable: true }),
  );
  const { stop, abort } = embedded;
  lifecycle.add({ name: "database", deadlineMs: 20_000, stop, abort });
  return embedded.url;
}

function serverLock(dataDir: string): string {
  return path.join(dataDir, "kaibo.lock");
}
