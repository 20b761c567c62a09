import { openDatabase } from "#db/client.ts";
import { insertPersons } from "#db/queries/persons-by-key.ts";
import { showRow } from "#db/queries/show-row.ts";
import { newId } from "../auth/ids.ts";
import { createViewerTokens, VIEWER_TOKEN_MS } from "../auth/viewer-token.ts";
import { loadEnv } from "../env.ts";
import { borrowDatabase } from "../lib/database.ts";
import { Lifecycle } from "../lib/lifecycle.ts";
import { createLog } from "../lib/log.ts";
import { resolveSecret } from "../lib/secret.ts";
import { CommandError, readOptions, runCommand, UsageError } from "./command-line.ts";

/**
 * npm run tokens -- --session ID --viewers 1000
 * Makes persons who may claim and enter in one show, and writes one JSON line each: personId and token.
 */

const VIEWERS_MAX = 100_000;
const ROWS_AT_ONCE = 1_000;
const usage = `npm run tokens -- --session ID [--viewers 1000]
  --session   the show; its id stands in the address of its page
  --viewers   how many, 1 to ${VIEWERS_MAX}; default 1
  Prints a JSON line for each: {"personId","token"}. A token works in this one show, as \`Authorization: Bearer\`.`;

function readArguments(): { session: string; viewers: number } {
  const values = readOptions({ options: { session: { type: "string" }, viewers: { type: "string", default: "1" } } });
  const viewers = Number(values.viewers);
  if (!values.session) throw new UsageError("--session is missing");
  if (!Number.isInteger(viewers) || viewers < 1 || viewers > VIEWERS_MAX) {
    throw new UsageError(`--viewers must be a whole number from 1 to ${VIEWERS_MAX}`);
  }
  return { session: values.session, viewers };
}

async function mint(lifecycle: Lifecycle): Promise<void> {
  const { session, viewers } = readArguments();
  const env = loadEnv();
  const url = await borrowDatabase({ env, lifecycle, say: (line) => void process.stderr.write(`  ${line}\n`) });
  const { db, close } = openDatabase({ url, name: "kaibo tokens", connectionsMax: 1 });
  lifecycle.add({ name: "database client", deadlineMs: 5_000, stop: close });
  if (!(await showRow(db, session)))
    throw new CommandError(`there is no show ${session}; its id stands in the address of its page`);
  const tokens = createViewerTokens(resolveSecret(env.secret, env.dataDir));
  const now = Date.now();
  const persons = Array.from({ length: viewers }, () => newId("v"));
  for (let at = 0; at < persons.length; at += ROWS_AT_ONCE) {
    await insertPersons(db, persons.slice(at, at + ROWS_AT_ONCE), now);
  }
  for (const personId of persons) {
    const token = tokens.sign({ sessionId: session, personId, anonymous: false, expiresAt: now + VIEWER_TOKEN_MS });
    process.stdout.write(`${JSON.stringify({ personId, token })}\n`);
  }
}

const lifecycle = new Lifecycle(createLog("warn"));
await runCommand(usage, () => mint(lifecycle));
await lifecycle.stop();
