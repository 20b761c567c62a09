import { existsSync } from "node:fs";
import path from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";

/** Any fixed number that no other advisory lock of ours uses. */
const migrationLock = 4_120_001;

export const migrationsDir = path.join(import.meta.dirname, "migrations");

/** Brings the schema up to date; of several nodes that start at once one works, the others wait. */
export async function migrateDatabase(url: string): Promise<void> {
  if (!existsSync(path.join(migrationsDir, "meta", "_journal.json"))) {
    throw new Error(`no migrations in ${migrationsDir}; make them with: npm run db:generate`);
  }
  // One connection only: the lock belongs to its session.
  const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => undefined });
  try {
    await sql`select pg_advisory_lock(${migrationLock})`;
    await migrate(drizzle(sql), { migrationsFolder: migrationsDir });
  } finally {
    // Ending the session releases the lock.
    await sql.end({ timeout: 5 });
  }
}
