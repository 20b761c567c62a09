import { spawn } from "node:child_process";
import path from "node:path";

export const projectDir = path.resolve(import.meta.dirname, "..");

/** A tool from node_modules/.bin, run in the project, its words on our terminal. */
export type Step = { command: string; args: string[]; env?: Record<string, string> };
export type Counts = { passed: number; failed: number };

export async function runStep({ command, args, env = {} }: Step): Promise<number> {
  const bin = path.join(projectDir, "node_modules", ".bin");
  const child = spawn(command, args, {
    cwd: projectDir,
    stdio: "inherit",
    env: { ...process.env, PATH: `${bin}:${process.env["PATH"] ?? ""}`, ...env },
  });
  // The tool gets the terminal's Ctrl C itself; we stay to tell its end.
  const stay = () => undefined;
  process.on("SIGINT", stay);
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  child.once("error", reject);
  child.once("close", (code) => resolve(code ?? 1));
  try {
    return await promise;
  } finally {
    process.removeListener("SIGINT", stay);
  }
}

/** The last line of every runner of ours; .ci/run adds these lines up. */
export function summary({ passed, failed }: Counts): string {
  return `${passed} passed, ${failed} failed`;
}
