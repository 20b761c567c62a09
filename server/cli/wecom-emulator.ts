import path from "node:path";
import { startEmulator } from "../wecom/emulator/start.ts";
import { readOptions, runCommand, UsageError } from "./command-line.ts";

/**
 * npm run wecom-emulator -- [--port 8700] [--host 127.0.0.1] [--data FILE] [--seed 7] [--staff 6] [--groups 12] [--customers 120] [--callback URL]
 * A stand-in of WeCom: its phones at /, its API under /cgi-bin/, its control API under /emulator/. See docs/wecom-emulator.md.
 */

const usage =
  "npm run wecom-emulator -- [--port 8700] [--host 127.0.0.1] [--data FILE] [--seed 7] [--staff 6] [--groups 12] [--customers 120] [--callback URL]";

function readArguments() {
  const values = readOptions({
    options: {
      port: { type: "string", default: "8700" },
      host: { type: "string", default: "127.0.0.1" },
      data: { type: "string" },
      seed: { type: "string", default: "7" },
      staff: { type: "string", default: "6" },
      groups: { type: "string", default: "12" },
      customers: { type: "string", default: "120" },
      callback: { type: "string" },
    },
  });
  const number = (name: "port" | "seed" | "staff" | "groups" | "customers", max: number): number => {
    const value = Number(values[name]);
    if (Number.isInteger(value) && value >= 0 && value <= max) return value;
    throw new UsageError(`--${name} must be a whole number from 0 to ${max}`);
  };
  return {
    port: number("port", 65_535),
    host: values.host,
    dataFile: values.data === undefined ? undefined : path.resolve(values.data),
    seed: number("seed", 2_147_483_647),
    corp: {
      staff: number("staff", 20_000),
      groups: number("groups", 100_000),
      customers: number("customers", 1_000_000),
    },
    callbackUrl: values.callback ?? null,
  };
}

async function run(): Promise<void> {
  const { port, host, dataFile, seed, corp, callbackUrl } = readArguments();
  const emulator = await startEmulator({ port, host, seed, ...(dataFile === undefined ? {} : { dataFile }) });
  if (emulator.control.corpIds().length === 0) emulator.control.seed({ ...corp, callbackUrl });
  console.log(`\n  企业微信模拟器 · WeCom stand-in   ${emulator.url}\n`);
  for (const line of emulator.control.keys()) console.log(`  ${line}`);
  console.log("");
  const stop = () => void emulator.close().then(() => process.exit(0));
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

await runCommand(usage, run);
