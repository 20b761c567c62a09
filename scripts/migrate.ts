import { readOptions, runCommand } from "#server/cli/command-line.ts";
import { loadEnv } from "#server/env.ts";
import { borrowDatabase } from "#server/lib/database.ts";
import { Lifecycle } from "#server/lib/lifecycle.ts";
import { createLog } from "#server/lib/log.ts";

/** npm run db:migrate: what every start does too, alone, before a rolling update for example. */
const usage = `npm run db:migrate
  Brings the schema of the database up to date, as every start does too: DATABASE_URL, else the one under KAIBO_DATA_DIR.`;

await runCommand(usage, async () => {
  readOptions({ options: {} });
  const env = loadEnv();
  const lifecycle = new Lifecycle(createLog(env.logLevel));
  try {
    await borrowDatabase({ env, lifecycle, say: console.log });
    console.log("the schema is up to date");
  } finally {
    await lifecycle.stop();
  }
});
