import { loadEnv } from "#server/env.ts";
import { borrowDatabase } from "#server/lib/database.ts";
import { Lifecycle } from "#server/lib/lifecycle.ts";
import { createLog } from "#server/lib/log.ts";

/** npm run db:migrate: what every start does too, alone, before a rolling update for example. */
const env = loadEnv();
const lifecycle = new Lifecycle(createLog(env.logLevel));
try {
  await borrowDatabase({ env, lifecycle, say: console.log });
  console.log("the schema is up to date");
} finally {
  await lifecycle.stop();
}
