import { chromium, type Browser } from "@playwright/test";
import { browserPath, launchArgs } from "#tests/support/browser.ts";

/** A machine of its own that can be put to sleep: all processes of its browser stop, its connections stay open and nothing answers. */
export type SleepingMachine = {
  readonly browser: Browser;
  sleep(): void;
  wake(): void;
  close(): Promise<void>;
};

export async function sleepingMachine(): Promise<SleepingMachine> {
  const executablePath = browserPath();
  const server = await chromium.launchServer({ args: launchArgs, ...(executablePath ? { executablePath } : {}) });
  const browser = await chromium.connect(server.wsEndpoint());
  const { pid } = server.process();
  if (pid === undefined) throw new Error("the browser did not start");
  // Playwright makes the browser the leader of a process group: the sign means all of it.
  const tell = (signal: NodeJS.Signals) => void process.kill(-pid, signal);
  return {
    browser,
    sleep: () => tell("SIGSTOP"),
    wake: () => tell("SIGCONT"),
    async close() {
      tell("SIGCONT");
      await server.close();
    },
  };
}
