import { parseArgs, type ParseArgsConfig } from "node:util";

/** What the commands of the shell have in common: `--help`, words instead of a stack where a person can act on them, and what they exit with. */

/** Asked in a way that means nothing: told together with the usage, exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Asked rightly, and not to be had: told in one line, exit code 1. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

const FAILED = 1;
const USED_WRONGLY = 2;

export function readOptions<Config extends ParseArgsConfig>(
  config: Config,
): ReturnType<typeof parseArgs<Config>>["values"] {
  return readArguments(config).values;
}

/** With what stands beside the options. */
export function readArguments<Config extends ParseArgsConfig>(config: Config): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    if (!(error instanceof TypeError) || !("code" in error) || !String(error.code).startsWith("ERR_PARSE_ARGS"))
      throw error;
    throw new UsageError(error.message.split(". ")[0] ?? error.message, { cause: error });
  }
}

/** Runs a command to its end. `run` answers `false` when it said itself that something was left undone. */
export async function runCommand(usage: string, run: () => Promise<boolean | void>): Promise<void> {
  if (process.argv.slice(2).some((given) => given === "--help" || given === "-h")) {
    process.stdout.write(`\n  ${usage}\n\n`);
    return;
  }
  try {
    if ((await run()) === false) process.exitCode = FAILED;
  } catch (error) {
    process.stderr.write(`\n  ${wordsOf(error)}\n${error instanceof UsageError ? `\n  ${usage}\n` : ""}`);
    process.exitCode = error instanceof UsageError ? USED_WRONGLY : FAILED;
  }
}

/** Errors with a name of their own are written for people; only bugs need a stack. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isKnown = error.name !== "Error" && error.name !== "TypeError";
  return isKnown ? error.message : (error.stack ?? error.message);
}
