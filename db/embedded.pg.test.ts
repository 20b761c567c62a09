import { spawn } from "node:child_process";
import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startEmbedded } from "#db/embedded.ts";
import { nodeBinary } from "#tests/support/server.ts";
import { tempDir } from "#tests/support/temp-dir.ts";

const said: string[] = [];
const place = tempDir("embedded");
const options = { dataDir: place.dir, say: (line: string) => void said.push(line), durable: true };

async function ask<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, connect_timeout: 2 });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** A process of its own that starts the database and is killed; returns the orphaned postmaster. */
async function startAndDie(dataDir: string): Promise<number> {
  const program = `
    const { startEmbedded } = await import(${JSON.stringify(import.meta.resolve("./embedded.ts"))});
    const db = await startEmbedded({ dataDir: process.argv[1], say() {}, durable: true });
    process.stdout.write(String(db.pid()));
    setInterval(() => {}, 1000);`;
  const child = spawn(nodeBinary, ["--input-type=module", "-e", program, dataDir]);
  const pid = await new Promise<number>((resolve) => {
    child.stdout.once("data", (chunk: Buffer) => resolve(Number(chunk.toString())));
  });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await exited;
  return pid;
}

/** Ended by the test itself; the last one stops it. */
let running: Awaited<ReturnType<typeof startEmbedded>>;

describe("embedded PostgreSQL", () => {
  beforeAll(async () => {
    running = await startEmbedded(options);
  });
  afterAll(async () => {
    await running.stop();
    place.remove();
  });

  it("speaks UTF-8 whatever the machine's locale is, and takes jsonb escapes", async () => {
    const [row] = await ask(
      running.url,
      (sql) => sql`select current_setting('server_encoding') as encoding, '"\\u5f00"'::jsonb ->> 0 as text`,
    );
    expect(row).toEqual({ encoding: "UTF8", text: "开" });
  });

  it("asks for the password, and keeps it readable by us only", async () => {
    const wrong = new URL(running.url);
    wrong.password = "guess";
    await expect(ask(wrong.href, (sql) => sql`select 1`)).rejects.toThrow(/password/);
    expect(statSync(path.join(place.dir, "postgres.password")).mode & 0o077).toBe(0);
  });

  it("comes back on the same address when its postmaster is killed", async () => {
    const before = running.pid();
    if (before === null) throw new Error("not running");
    process.kill(before, "SIGKILL");
    let answer: unknown = null;
    for (let attempt = 0; attempt < 300 && answer === null; attempt += 1) {
      await sleep(100);
      answer = await ask(running.url, (sql) => sql`select 1`).catch(() => null);
    }
    expect(answer).not.toBeNull();
    expect(running.pid()).not.toBe(before);
  });

  it("starts again over a postmaster that a killed Kaibo left behind, with the data in it", async () => {
    await ask(running.url, (sql) => sql`create table kept as select 7 as n`);
    await running.stop();
    const left = await startAndDie(place.dir);
    running = await startEmbedded(options);
    expect(said.join("\n")).toContain(`pid ${left}`);
    expect(await ask(running.url, (sql) => sql`select n from kept`)).toMatchObject([{ n: 7 }]);
  });

  it("begins anew where a first start was cut off half way", async () => {
    const cut = tempDir("embedded-cut");
    mkdirSync(path.join(cut.dir, "postgres.new"));
    writeFileSync(path.join(cut.dir, "postgres.new", "PG_VERSION"), "18");
    const whole = await startEmbedded({ ...options, dataDir: cut.dir });
    await whole.stop();
    cut.remove();
  });

  it("stops without a trace", async () => {
    await running.stop();
    expect(existsSync(path.join(place.dir, "postgres", "postmaster.pid"))).toBe(false);
  });
});
