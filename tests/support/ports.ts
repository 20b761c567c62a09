import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** Below what systems give away by themselves (Linux from 32768): a port of theirs may be somebody's connection by the time that it is wanted. */
const [FROM, TO] = [15_000, 32_000];

/** A port that was free a moment ago, and that only another one of these would take since. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = randomInt(FROM, TO);
    if (await isFree(port)) return port;
  }
  throw new Error("no port");
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  const listens = await new Promise<boolean>((resolve) => {
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => resolve(true));
  });
  if (listens) await new Promise<void>((resolve) => probe.close(() => resolve()));
  return listens;
}
