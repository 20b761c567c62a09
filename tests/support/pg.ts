import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import path from "node:path";
import postgres from "postgres";
import { startEmbedded } from "#db/embedded.ts";
import { migrateDatabase, migrationsDir } from "#db/migrate.ts";
import { tempDir } from "./temp-dir.ts";

/**
 * One PostgreSQL for a whole run; each test file clones the migrated template, which takes about
 * 50 ms and keeps files from seeing one another.
 */
export type TestDatabase = { url: string; drop: () => Promise<void> };

const serverVariable = "KAIBO_TEST_PG";
const template = "kaibo_template";

export const testDatabase = (): Promise<TestDatabase> => databaseFrom(template);
/** Without any table, for what brings it up to date. */
export const emptyDatabase = (): Promise<TestDatabase> => databaseFrom("template1");

async function databaseFrom(origin: string): Promise<TestDatabase> {
  const server = process.env[serverVariable];
  if (!server) throw new Error(`${serverVariable} is not set: run through vitest or npm test`);
  const name = `t_${randomUUID().replaceAll("-", "")}`;
  await onServer(server, (sql) => sql`create database ${sql(name)} template ${sql(origin)}`);
  return {
    url: databaseUrl(server, name),
    drop: () => onServer(server, (sql) => sql`drop database if exists ${sql(name)} with (force)`),
  };
}

/** Starts the server of a run and returns its end; for global set-ups. */
export async function startTestServer(): Promise<() => Promise<void>> {
  // A run inside a run (npm test starting several runners) shares the server of the outer one.
  if (process.env[serverVariable]) return () => Promise.resolve();
  const place = tempDir("pg");
  const server = await startEmbedded({
    dataDir: place.dir,
    say: () => undefined,
    durable: false,
  });
  process.once("exit", server.abort);
  await onServer(server.url, (sql) => sql`create database ${sql(template)}`);
  if (existsSync(path.join(migrationsDir, "meta", "_journal.json"))) {
    await migrateDatabase(databaseUrl(server.url, template));
  }
  process.env[serverVariable] = server.url;
  return async () => {
    process.removeListener("exit", server.abort);
    delete process.env[serverVariable];
    await server.stop();
    place.remove();
  };
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

async function onServer(url: string, work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(databaseUrl(url, "postgres"), { max: 1, onnotice: () => undefined });
  try {
    await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
