import { spawn } from "node:child_process";
import path from "node:path";
import { nodeBinary } from "./server.ts";

/** Processes of `live-node.ts`. */
export type LiveNode = {
  readonly url: string;
  signal(name: NodeJS.Signals): void;
  kill(): Promise<void>;
  post(path: string, body: unknown): Promise<unknown>;
};

const projectDir = path.resolve(import.meta.dirname, "../..");

export type LiveNodeOptions = { databaseUrl: string; owner: string; fence?: boolean; redisUrl?: string };

export async function startLiveNode(options: LiveNodeOptions): Promise<LiveNode> {
  const child = spawn(nodeBinary, ["tests/support/live-node.ts"], {
    cwd: projectDir,
    env: {
      PATH: process.env["PATH"] ?? "",
      NODE_ENV: "production",
      LIVE_DATABASE_URL: options.databaseUrl,
      LIVE_OWNER: options.owner,
      LIVE_FENCE: options.fence === false ? "no" : "yes",
      ...(options.redisUrl ? { LIVE_REDIS_URL: options.redisUrl } : {}),
    },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const leave = () => child.kill("SIGKILL");
  process.once("exit", leave);
  const port = await new Promise<number>((resolve, reject) => {
    child.once("message", (message) => {
      if (typeof message === "object" && message !== null && "port" in message) resolve(Number(message.port));
    });
    void exited.then(() => reject(new Error("the node exited before it was ready")));
  });
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    signal: (name) => void child.kill(name),
    kill: async () => {
      process.removeListener("exit", leave);
      child.kill("SIGKILL");
      await exited;
    },
    async post(to, body) {
      const response = await fetch(url + to, { method: "POST", body: JSON.stringify(body) });
      if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
      return response.json();
    },
  };
}
