import { spawn } from "node:child_process";
import { projectDir } from "./run-step.ts";

/**
 * npm run dev: the server starts again when a file that it imports changes; pages reload in
 * place through the same port.
 */
const child = spawn(process.execPath, ["--watch", "--watch-preserve-output", "server/main.ts"], {
  cwd: projectDir,
  stdio: "inherit",
  env: { ...process.env, NODE_ENV: "development" },
});
// The watcher gets the terminal's Ctrl C itself and waits for the server's clean stop.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => child.kill("SIGTERM"));
child.on("exit", (code) => process.exit(code ?? 0));
