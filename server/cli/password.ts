import { hashPassword } from "better-auth/crypto";
import { openDatabase } from "#db/client.ts";
import { peopleWithRoles } from "#db/queries/people-with-roles.ts";
import { savePerson } from "#db/queries/save-person.ts";
import { loadEnv } from "../env.ts";
import { readablePassword } from "../first-start.ts";
import { borrowDatabase } from "../lib/database.ts";
import { Lifecycle } from "../lib/lifecycle.ts";
import { createLog } from "../lib/log.ts";
import { CommandError, readOptions, runCommand, UsageError } from "./command-line.ts";

/**
 * npm run password -- --username owner
 * The way back in for an owner whom no other owner can help. Whoever may read the data directory may do this.
 */

const usage = `npm run password -- --username owner
  --username   whose password is made anew
  Prints the new one, once, and ends all sessions of that person. Also while Kaibo runs.`;

async function makeAnew(lifecycle: Lifecycle): Promise<void> {
  const { username } = readOptions({ options: { username: { type: "string" } } });
  if (!username) throw new UsageError("--username is missing");
  const env = loadEnv();
  const url = await borrowDatabase({ env, lifecycle, say: (line) => void process.stderr.write(`  ${line}\n`) });
  const { db, close } = openDatabase({ url, name: "kaibo password", connectionsMax: 1 });
  lifecycle.add({ name: "database client", deadlineMs: 5_000, stop: close });
  const people = await peopleWithRoles(db, null);
  const person = people.find((one) => one.username === username.toLowerCase());
  if (!person) throw new CommandError(`there is nobody called ${username} here; owners are: ${ownersOf(people)}`);
  if (person.disabled) throw new CommandError(`${username} is disabled; an owner lets them in again under 设置`);
  const password = readablePassword();
  const outcome = await savePerson(db, person.id, { passwordHash: await hashPassword(password) }, null);
  if (outcome !== "saved") throw new CommandError(`the password was not changed: ${outcome}`);
  process.stdout.write(
    `\n  账号 account  ${person.username ?? username}\n  密码 password ${password}(只显示这一次 · shown only once)\n\n`,
  );
}

function ownersOf(people: Awaited<ReturnType<typeof peopleWithRoles>>): string {
  return people.flatMap(({ owner, username }) => (owner && username !== null ? [username] : [])).join(", ") || "–";
}

const lifecycle = new Lifecycle(createLog("warn"));
await runCommand(usage, () => makeAnew(lifecycle));
await lifecycle.stop();
