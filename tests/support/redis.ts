import { spawn } from "node:child_process";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./ports.ts";
import { tempDir } from "./temp-dir.ts";

/** A real redis-server on a port of its own, without persistence. */
export type TestRedis = {
  url: string;
  port: number;
  stop: () => Promise<void>;
  /** Freezes and thaws the process: connections stay open and nothing answers. */
  pause: () => void;
  resume: () => void;
};

const readyMs = 10_000;

export async function startRedis(port?: number): Promise<TestRedis> {
  const at = port ?? (await freePort());
  const place = tempDir("redis");
  const args = ["--port", String(at), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
  const child = spawn("redis-server", [...args, "--dir", place.dir], { stdio: "ignore" });
  const failed = new Promise<never>((_resolve, reject) => {
    child.once("error", (cause) => reject(new Error("redis-server is not installed; npm test installs it", { cause })));
  });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const leave = () => child.kill("SIGKILL");
  process.once("exit", leave);
  await Promise.race([listening(at), failed]);
  return {
    url: `redis://127.0.0.1:${at}`,
    port: at,
    stop: async () => {
      process.removeListener("exit", leave);
      child.kill("SIGKILL");
      await exited;
      place.remove();
    },
    pause: () => void child.kill("SIGSTOP"),
    resume: () => void child.kill("SIGCONT"),
  };
}

async function listening(port: number): Promise<void> {
  const end = Date.now() + readyMs;
  while (Date.now() < end) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => resolve(true));
      socket.once("error", () => resolve(false));
      socket.once("connect", () => socket.end());
    });
    if (open) return;
    await sleep(20);
  }
  throw new Error(`redis-server does not answer on port ${port}`);
}
