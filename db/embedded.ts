import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes, randomInt } from "node:crypto";
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { EmbeddedError, findPlace, type Place } from "./embedded-place.ts";
import { readPostmaster, signal, stopLeftover } from "./postmaster.ts";

/**
 * A real PostgreSQL 18 under the data directory, for those who have none. It listens on loopback
 * only and asks for a generated password, so that other users of the machine stay out.
 *
 * The caller holds the lock of the data directory: whatever still runs on it is a leftover. The
 * server is a session of its own, so Ctrl C does not take the database away before the flush, and
 * it is started again when it dies while we run.
 */
export type EmbeddedOptions = {
  dataDir: string;
  say: (line: string) => void;
  /** False gives up durability for speed; for throw-away databases of tests only. */
  durable: boolean;
};

export type Embedded = {
  url: string;
  /** Pid of the postmaster, null while it is being started again. */
  pid: () => number | null;
  stop: () => Promise<void>;
  /** Sends the fast shutdown and returns at once; PostgreSQL finishes by itself. */
  abort: () => void;
};

const user = "kaibo";
const database = "kaibo";
/** Nothing of ours reaches PostgreSQL; PG* variables and locales would change what it does. */
const bareEnv = { NODE_ENV: "production" } as const;
const readyMs = 60_000;
const stopMs = 15_000;
const logBytesMax = 10_000_000;

export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { dataDir, say } = options;
  const place = findPlace(dataDir, say);
  const password = keptPassword(dataDir);
  if (existsSync(path.join(place.pgdata, "PG_VERSION"))) {
    assertSameMajor(place);
    const left = await stopLeftover(place.pgdata, stopMs);
    if (left !== null) say(`停止上次遗留的数据库 pid ${left} · stopped a database left behind`);
  } else {
    say("初始化数据库 · creating the database (once)");
    await initialise(place, password);
  }
  const supervisor = new Supervisor(place, options);
  await supervisor.start();
  const url = `postgres://${user}:${password}@127.0.0.1:${supervisor.port}/${database}`;
  try {
    await ensureDatabase(url);
  } catch (error) {
    await supervisor.stop();
    throw error;
  }
  return {
    url,
    pid: () => supervisor.pid,
    stop: () => supervisor.stop(),
    abort: () => supervisor.abort(),
  };
}

/** The address of the embedded server that another process of ours runs right now, if any. */
export function runningEmbeddedUrl(dataDir: string): string | null {
  try {
    return readFileSync(path.join(dataDir, "postgres.url"), "utf8").trim() || null;
  } catch {
    return null;
  }
}

class Supervisor {
  port = 0;
  readonly #place: Place;
  readonly #options: EmbeddedOptions;
  #child: ChildProcess | null = null;
  #stopping = false;
  /** However this process ends, short of kill -9, its database ends too. */
  readonly #onExit = (): void => this.abort();

  constructor(place: Place, options: EmbeddedOptions) {
    this.#place = place;
    this.#options = options;
    process.on("exit", this.#onExit);
  }

  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  async start(): Promise<void> {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      this.port = await freePort();
      const child = this.#spawn();
      if (await this.#ready(child)) {
        this.#watch(child);
        this.#announce();
        return;
      }
    }
    throw new EmbeddedError(`PostgreSQL does not start; its last words:\n${this.#lastWords()}`);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    process.removeListener("exit", this.#onExit);
    const child = this.#child;
    rmSync(this.#urlFile, { force: true });
    if (!child?.pid || child.exitCode !== null) return;
    const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    signal(child.pid, "SIGINT");
    const tooLate = setTimeout(() => child.pid && signal(child.pid, "SIGQUIT"), stopMs);
    await exited;
    clearTimeout(tooLate);
  }

  abort(): void {
    this.#stopping = true;
    if (this.#child?.pid) signal(this.#child.pid, "SIGINT");
  }

  #spawn(): ChildProcess {
    const logFile = path.join(this.#options.dataDir, "postgres.log");
    if (existsSync(logFile) && statSync(logFile).size > logBytesMax) truncateSync(logFile);
    const log = openSync(logFile, "a", 0o600);
    const child = spawn(
      path.join(this.#place.nativeDir, "bin", "postgres"),
      ["-D", this.#place.pgdata, ...settings(this.port, this.#options.durable)],
      { detached: true, env: bareEnv, cwd: "/", stdio: ["ignore", log, log], ...this.#place.owner },
    );
    closeSync(log);
    child.on("error", () => undefined);
    child.unref();
    this.#child = child;
    return child;
  }

  /** False when it exits instead, for example because the port was taken in between. */
  async #ready(child: ChildProcess): Promise<boolean> {
    const end = Date.now() + readyMs;
    while (Date.now() < end) {
      if (child.exitCode !== null || child.signalCode !== null || !child.pid) return false;
      const found = readPostmaster(this.#place.pgdata);
      if (found?.pid === child.pid && found.ready) return true;
      await sleep(20);
    }
    if (child.pid) signal(child.pid, "SIGQUIT");
    return false;
  }

  #watch(child: ChildProcess): void {
    child.once("exit", () => {
      if (!this.#stopping) void this.#revive();
    });
  }

  /** Same port, so that every client comes back by itself. Tries until it works or we stop. */
  async #revive(): Promise<void> {
    this.#options.say("数据库意外退出,正在重启 · the database exited, starting it again");
    for (let delayMs = 100; !this.#stopping; delayMs = Math.min(delayMs * 2, 5_000)) {
      await sleep(delayMs);
      if (this.#stopping) return;
      await stopLeftover(this.#place.pgdata, stopMs);
      const child = this.#spawn();
      if (await this.#ready(child)) {
        this.#watch(child);
        this.#options.say("数据库已恢复 · the database is back");
        return;
      }
    }
  }

  get #urlFile(): string {
    return path.join(this.#options.dataDir, "postgres.url");
  }

  #announce(): void {
    const password = keptPassword(this.#options.dataDir);
    const url = `postgres://${user}:${password}@127.0.0.1:${this.port}/${database}`;
    rmSync(this.#urlFile, { force: true });
    writeFileSync(this.#urlFile, url, { mode: 0o600 });
  }

  #lastWords(): string {
    const text = readFileSync(path.join(this.#options.dataDir, "postgres.log"), "utf8");
    return text.trimEnd().split("\n").slice(-8).join("\n");
  }
}

function settings(port: number, durable: boolean): string[] {
  const values = {
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: "",
    max_connections: 100,
    timezone: "UTC",
    log_timezone: "UTC",
    // Parallel report queries would take both cores, and their shared memory, from the live show.
    max_parallel_workers_per_gather: 0,
    ...(durable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
  };
  return Object.entries(values).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/** PostgreSQL reads only what its own major version wrote. */
function assertSameMajor({ pgdata, major }: Place): void {
  const written = readFileSync(path.join(pgdata, "PG_VERSION"), "utf8").trim();
  if (written === major) return;
  throw new EmbeddedError(
    `the data in ${pgdata} are of PostgreSQL ${written}, but this Kaibo brings ${major}; ` +
      "dump them with the older Kaibo and restore them here, see docs/operating.md",
  );
}

/** Made aside and moved into place when whole, so that a start that is cut off can begin anew. */
async function initialise(place: Place, password: string): Promise<void> {
  const parent = path.dirname(place.pgdata);
  const half = `${place.pgdata}.new`;
  const passwordFile = path.join(parent, ".initdb-password");
  mkdirSync(parent, { recursive: true });
  for (const old of [half, passwordFile]) rmSync(old, { recursive: true, force: true });
  mkdirSync(half, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (place.owner) {
    for (const made of [half, passwordFile]) chownSync(made, place.owner.uid, place.owner.gid);
  }
  // Without an explicit locale an empty LANG gives SQL_ASCII, and jsonb escapes fail.
  const args = ["-D", half, "-U", user, `--pwfile=${passwordFile}`, "--auth=scram-sha-256"];
  args.push("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C");
  try {
    await run(path.join(place.nativeDir, "bin", "initdb"), args, place);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(half, place.pgdata);
}

async function run(file: string, args: string[], place: Place): Promise<void> {
  const child = spawn(file, args, { env: bareEnv, cwd: "/", stdio: "pipe", ...place.owner });
  const end = (): void => void child.kill("SIGKILL");
  process.on("exit", end);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  }
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.once("error", reject);
  child.once("close", resolve);
  const code = await promise.finally(() => process.removeListener("exit", end));
  if (code !== 0) throw new EmbeddedError(`${path.basename(file)} failed:\n${output.trim()}`);
}

async function ensureDatabase(url: string): Promise<void> {
  const admin = new URL(url);
  admin.pathname = "/postgres";
  const sql = postgres(admin.href, { max: 1, connect_timeout: 10, onnotice: () => undefined });
  try {
    const [row] = await sql`select 1 from pg_database where datname = ${database}`;
    if (!row) await sql`create database ${sql(database)}`;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Kept beside the data, readable by us only. */
function keptPassword(dataDir: string): string {
  mkdirSync(dataDir, { recursive: true });
  const file = path.join(dataDir, "postgres.password");
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString("hex"), { mode: 0o600 });
  chmodSync(file, 0o600);
  return readFileSync(file, "utf8").trim();
}

/** Below the range from which the system draws ports for outgoing connections. */
async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const port = randomInt(20_000, 32_000);
    const free = await new Promise<boolean>((resolve) => {
      const probe = createServer();
      probe.once("error", () => resolve(false));
      probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
    });
    if (free) return port;
  }
  throw new EmbeddedError("found no free port on 127.0.0.1 for PostgreSQL");
}
