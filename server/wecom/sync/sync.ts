import { randomUUID } from "node:crypto";
import { setTimeout as sleepFor } from "node:timers/promises";
import type { Database } from "#db/client.ts";
import { corpsWithDueGroups } from "#db/queries/wecom-groups.ts";
import {
  corpsReadBefore,
  corpsToSync,
  holdSync,
  moveSync,
  releaseSync,
  resumeSync,
  syncOfCorp,
  wantSync,
  type SyncRow,
} from "#db/queries/wecom-sync.ts";
import type { Logger } from "../../lib/log.ts";
import type { WecomClient } from "../client.ts";
import { isWecomFailure, WecomError } from "../wecom-error.ts";
import type { QuotaAccount } from "../quota-account.ts";
import { readDueGroups } from "./read-group.ts";
import { READ_PARTS, SYNC_PARTS, steps, type SyncPart } from "./sync-parts.ts";

/**
 * Reads corps from WeCom: whole when somebody asks for it and once a day, since callbacks can be lost, and single groups when something is told of them.
 * What is wanted and how far it is stands in tables, so a pass goes on where it was after a restart, in whichever process; one at a time works on a corp.
 */

const TICK_MS = 2_000;
const HOLD_MS = 60_000;
const DAY_MS = 24 * 3_600_000;
const GROUPS_A_TICK = 20;
/** WeCom is away or too busy: so long until the next try, by failures in a row; then a person is told. */
const WAITS_MS = [5_000, 30_000, 120_000, 600_000] as const;
const PAUSE_MS = 15_000;
const PASSING: ReadonlySet<string> = new Set(["retry", "rate", "concurrency", "notReady", "conflict"]);

export type SyncDeps = {
  readonly db: Database;
  readonly clientOf: (corpId: string) => Promise<WecomClient | null>;
  readonly quota: QuotaAccount;
  readonly now: () => number;
  readonly log: Logger;
  /** For tests. */
  readonly tickMs?: number;
};

export class Sync {
  readonly #deps: SyncDeps;
  readonly #worker = randomUUID();
  readonly #stop = new AbortController();
  readonly #running = new Map<string, Promise<void>>();
  /** Corps whose single groups are not asked for until then: WeCom refused all of them. */
  readonly #pausedUntil = new Map<string, number>();
  #timer: NodeJS.Timeout | null = null;
  #ticking: Promise<void> = Promise.resolve();
  #wanted = false;

  constructor(deps: SyncDeps) {
    this.#deps = deps;
  }

  begin(): void {
    this.#timer = setInterval(() => this.poke(), this.#deps.tickMs ?? TICK_MS);
    this.#timer.unref();
    this.poke();
  }

  /** A whole reading, from its beginning. */
  async start(corpId: string, parts: readonly SyncPart[] = SYNC_PARTS): Promise<void> {
    await wantSync(this.#deps.db, corpId, { parts, now: this.#deps.now() });
    this.poke();
  }

  /** What stopped goes on where it was. */
  async resume(corpId: string): Promise<void> {
    await resumeSync(this.#deps.db, corpId, this.#deps.now());
    this.poke();
  }

  /** There may be something to do. */
  poke(): void {
    if (this.#wanted || this.#stop.signal.aborted) return;
    this.#wanted = true;
    this.#ticking = this.#ticking.then(() => this.#tick());
  }

  async close(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    this.#stop.abort();
    await this.#ticking;
    await Promise.allSettled(this.#running.values());
  }

  async #tick(): Promise<void> {
    this.#wanted = false;
    const { db, now, log } = this.#deps;
    try {
      for (const corpId of await corpsReadBefore(db, now() - DAY_MS)) {
        await wantSync(db, corpId, { parts: READ_PARTS, now: now() });
      }
      for (const corpId of await corpsToSync(db, now())) this.#run(`sync ${corpId}`, () => this.#pass(corpId));
      for (const corpId of await corpsWithDueGroups(db, now())) this.#run(`groups ${corpId}`, () => this.#due(corpId));
    } catch (err) {
      log.warn({ err }, "what is to be read from WeCom could not be found out, trying again");
    }
  }

  #run(key: string, work: () => Promise<void>): void {
    if (this.#running.has(key) || this.#stop.signal.aborted) return;
    const done = work()
      .catch((err: unknown) => this.#deps.log.warn({ err }, "reading from WeCom stopped, trying again"))
      .finally(() => this.#running.delete(key));
    this.#running.set(key, done);
  }

  async #due(corpId: string): Promise<void> {
    const { db, clientOf, now, log } = this.#deps;
    if ((this.#pausedUntil.get(corpId) ?? 0) > now()) return;
    const client = await clientOf(corpId);
    if (!client) return;
    const reading = { db, client, now, signal: this.#stop.signal };
    try {
      while (!this.#stop.signal.aborted && (await readDueGroups(reading, corpId, GROUPS_A_TICK)) > 0);
    } catch (error) {
      if (!isWecomFailure(error)) throw error;
      this.#pausedUntil.set(corpId, now() + Math.max(PAUSE_MS, error.retryAfterMs ?? 0));
      log.warn({ err: error, corpId }, "groups could not be read, trying again later");
    }
  }

  async #pass(corpId: string): Promise<void> {
    const { db } = this.#deps;
    if (!(await this.#hold(corpId))) return;
    try {
      for (let row = await this.#next(corpId); row && !this.#stop.signal.aborted; row = await this.#next(corpId)) {
        await this.#part(row);
        if (!(await this.#hold(corpId))) return;
      }
    } finally {
      await releaseSync(db, corpId, this.#worker);
    }
  }

  #hold(corpId: string, forMs = HOLD_MS): Promise<boolean> {
    const now = this.#deps.now();
    return holdSync(this.#deps.db, corpId, { worker: this.#worker, now, until: now + forMs });
  }

  async #next(corpId: string): Promise<(SyncRow & { readonly part: SyncPart }) | undefined> {
    const rows = await syncOfCorp(this.#deps.db, corpId);
    for (const part of READ_PARTS) {
      const row = rows.find((one) => one.part === part && (one.state === "waiting" || one.state === "running"));
      if (row) return { ...row, part };
    }
    return undefined;
  }

  /** Until the part is at its end, fails for good, is begun anew, or this process stops. */
  async #part(row: SyncRow & { readonly part: SyncPart }): Promise<void> {
    const { db, clientOf, quota, now, log } = this.#deps;
    const { corpId, part, startedAt } = row;
    const worker = this.#worker;
    const { signal } = this.#stop;
    let at = { cursor: row.cursor, done: row.done, startedAt };
    let failures = 0;
    while (!signal.aborted) {
      try {
        const client = await clientOf(corpId);
        if (!client) throw new NotConnectedError(corpId);
        const step = await steps[part]({ db, client, corpId, quota, now, signal }, at);
        failures = 0;
        const { next, done, total } = step;
        const moved = { cursor: next, done, total, movedAt: now(), failure: null, worker };
        const isLast = next === null;
        const end = isLast ? { state: "done", endedAt: now() } : { state: "running" };
        if (!(await moveSync(db, row, { ...moved, ...end })) || isLast) return;
        at = { cursor: next, done, startedAt };
        if (!(await this.#hold(corpId))) return;
      } catch (error) {
        if (signal.aborted) return;
        const waitMs = waitAfter(error, failures);
        log.warn({ err: error, corpId, part, waitMs }, "a part of a corp could not be read");
        const failure = { ...failureOf(error), until: waitMs === null ? null : now() + waitMs };
        const state = waitMs === null ? "failed" : "running";
        if (!(await moveSync(db, row, { state, failure, movedAt: now(), worker }))) return;
        if (waitMs === null || !(await this.#hold(corpId, waitMs + HOLD_MS))) return;
        failures += 1;
        await sleepFor(waitMs, undefined, { signal, ref: false }).catch(() => undefined);
      }
    }
  }
}

/** No credentials of the corp are known. */
class NotConnectedError extends Error {
  override readonly name = "NotConnectedError";
}

/** null: waiting does not help. */
function waitAfter(error: unknown, failures: number): number | null {
  if (!isWecomFailure(error)) return null;
  if (error instanceof WecomError && !PASSING.has(error.class)) return null;
  const wait = WAITS_MS[failures];
  return wait === undefined ? null : Math.max(wait, error.retryAfterMs ?? 0);
}

function failureOf(error: unknown): { readonly code: string; readonly errcode: number | null } {
  if (error instanceof NotConnectedError) return { code: "wecom.notConnected", errcode: null };
  if (error instanceof WecomError) return { code: `wecom.${error.class}`, errcode: error.errcode };
  return { code: isWecomFailure(error) ? "wecom.noAnswer" : "server.failed", errcode: null };
}
