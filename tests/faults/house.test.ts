import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { readPostmaster } from "#db/postmaster.ts";
import { promised } from "#tests/support/machine-pace.ts";
import { startServer } from "#tests/support/server.ts";
import { tempDir } from "#tests/support/temp-dir.ts";

const place = tempDir("house");
afterAll(place.remove);

const pgdata = path.join(place.dir, "postgres");
const env = { KAIBO_ADMIN_PASSWORD: "house-test-only" };

/** Children of a process, by the parent that the kernel names; Linux only. */
function childrenOf(pid: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((candidate) => parentOf(candidate) === pid);
}

function parentOf(pid: number): number | null {
  return statOf(pid)?.parent ?? null;
}

function statOf(pid: number): { state: string; parent: number } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state = "", parent = ""] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { state, parent: Number(parent) };
  } catch {
    return null;
  }
}

/** A zombie is gone: it only waits for init to take note. */
const isRunning = (pid: number) => ![undefined, "Z", "X"].includes(statOf(pid)?.state);

async function goneWithin(pids: number[], deadlineMs: number): Promise<boolean> {
  const end = Date.now() + deadlineMs;
  while (pids.some(isRunning)) {
    if (Date.now() > end) return false;
    await sleep(50);
  }
  return true;
}

describe("the house, as real processes", () => {
  it("stops every child on one Ctrl C, also when npm passes the signal on a second time", async () => {
    const server = await startServer({ dataDir: place.dir, env });
    const children = childrenOf(server.pid);
    expect(children.length).toBeGreaterThanOrEqual(2);
    server.signal("SIGINT");
    server.signal("SIGINT");
    expect(await server.exited).toBe(0);
    expect(await goneWithin(children, 10_000)).toBe(true);
    expect(existsSync(path.join(pgdata, "postmaster.pid"))).toBe(false);
    expect(existsSync(path.join(place.dir, "kaibo.lock"))).toBe(false);
  });

  it("stops as cleanly when the window is closed and takes its terminal along", async () => {
    const server = await startServer({ dataDir: place.dir, env });
    const children = childrenOf(server.pid);
    server.closeOutput();
    server.signal("SIGHUP");
    expect(await server.exited).toBe(0);
    expect(await goneWithin(children, 10_000)).toBe(true);
    expect(existsSync(path.join(pgdata, "postmaster.pid"))).toBe(false);
    expect(existsSync(path.join(place.dir, "kaibo.lock"))).toBe(false);
  });

  it("is ready again in under 5 s, and tells a second start on the same data who runs", async () => {
    const limit = promised(5_000);
    const server = await startServer({ dataDir: place.dir, env });
    expect(server.startedInMs).toBeLessThan(limit.onThisMachine());
    await expect(startServer({ dataDir: place.dir, env })).rejects.toThrow(`already running, pid ${server.pid}`);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    await server.stop();
  });

  it("leaves nothing after kill -9 that blocks the next start", async () => {
    const server = await startServer({ dataDir: place.dir, env });
    const orphan = readPostmaster(pgdata)?.pid;
    const others = childrenOf(server.pid).filter((pid) => pid !== orphan);
    await server.kill();
    expect(await goneWithin(others, 10_000)).toBe(true);
    const limit = promised(8_000);
    const next = await startServer({ dataDir: place.dir, env });
    expect(next.startedInMs).toBeLessThan(limit.onThisMachine());
    expect((await fetch(`${next.url}/healthz`)).status).toBe(200);
    expect(await next.stop()).toBe(0);
  });

  it("says that a node of pages is not ready while its pages are being started again", async () => {
    const server = await startServer({ env: { KAIBO_ROLE: "web", PUBLIC_URL: "https://kaibo.example.com" } });
    const ready = async () => (await fetch(`${server.url}/readyz`)).status;
    expect(await ready()).toBe(200);
    for (const pid of childrenOf(server.pid)) process.kill(pid, "SIGKILL");
    await expect.poll(ready, { interval: 5 }).toBe(503);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    await expect.poll(ready, { timeout: 60_000 }).toBe(200);
    expect(await server.stop()).toBe(0);
  });

  it("names the taken port and does not touch the data", async () => {
    const server = await startServer({ dataDir: place.dir, env });
    const other = tempDir("house-other");
    await expect(startServer({ dataDir: other.dir, port: server.port, env })).rejects.toThrow(`PORT ${server.port}`);
    expect(readdirSync(other.dir)).toEqual([]);
    other.remove();
    await server.stop();
  });

  it("stops on a wrong variable with its name, what is wrong and an example", async () => {
    await expect(startServer({ env: { KAIBO_ROLE: "boss" } })).rejects.toThrow(
      'KAIBO_ROLE is "boss", but must be one of all, live, web, jobs. Example: KAIBO_ROLE="all"',
    );
  });
});
