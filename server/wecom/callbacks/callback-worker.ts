import { randomUUID } from "node:crypto";
import { instant } from "#domain/units.ts";
import type { Database } from "#db/client.ts";
import {
  type CallbackRow,
  claimCallbacks,
  endCallback,
  putCallbackOff,
  releaseCallbacks,
} from "#db/queries/wecom-callbacks.ts";
import type { Logger } from "../../lib/log.ts";
import { isWecomFailure, WecomError, WecomTransportError } from "../wecom-error.ts";
import type { AppKeys } from "./app-keys.ts";
import { handleEvent } from "./handle-event.ts";
import type { WecomPeople } from "./people-contract.ts";
import { storedEvent } from "./stored-event.ts";
import type { CallsOf } from "./wecom-calls.ts";

/**
 * Works what was taken in, at least once: what stands in the row says how far it is, and a lease in it keeps other nodes away until this one is done or
 * gone. Callbacks of one contact or group are worked one after the other, in the order in which they happened; one that fails holds up
 * those behind it, and nobody else.
 */
export type CallbackWorker = {
  /** One round: resolves with how many were ended. Rejects only when the database is away. */
  round(): Promise<number>;
};

export type WorkerParts = {
  readonly db: Database;
  readonly appKeys: AppKeys;
  readonly people: WecomPeople;
  readonly callsOf: CallsOf;
  readonly log: Logger;
  readonly now: () => number;
};

/** Finding what is free costs the more the more waits, so a claim takes many; of those a few are worked at once. */
const OBJECTS_A_ROUND = 200;
const OBJECTS_AT_ONCE = 20;
const LEASE_MS = 120_000;
/** No work is begun later than this after the claim, so that what is begun ends within the lease. */
const BEGIN_MS = 60_000;
/** Pauses before the next try; after the last one it is dropped, and the next full reading finds what it told. Six hours in all. */
const PAUSES_MS = [2_000, 5_000, 20_000, 60_000, 300_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 7_200_000];

export function createCallbackWorker(parts: WorkerParts): CallbackWorker {
  const worker = randomUUID();
  return {
    async round() {
      const now = parts.now();
      const rows = await claimCallbacks(parts.db, {
        worker,
        now,
        leaseUntil: now + LEASE_MS,
        objects: OBJECTS_A_ROUND,
      });
      // One iterator for all: each takes the next line that nobody has.
      const lines = Map.groupBy(rows, ({ appKey, object }) => `${appKey} ${object}`).values();
      let ended = 0;
      const work = async () => {
        for (const line of lines) {
          const count = await workLine(parts, { worker, line, until: now + BEGIN_MS });
          ended += count;
        }
      };
      await Promise.all(Array.from({ length: OBJECTS_AT_ONCE }, work));
      return ended;
    },
  };
}

type Line = { readonly worker: string; readonly line: readonly CallbackRow[]; readonly until: number };

/** One object's callbacks; resolves with how many were ended. */
async function workLine(parts: WorkerParts, { worker, line, until }: Line): Promise<number> {
  const { db, now } = parts;
  let ended = 0;
  for (const row of line) {
    const held = { id: row.id, worker };
    const done = now() > until ? "late" : await workOne(parts, row);
    if (done === "late" || "nextAt" in done) {
      if (done !== "late") await putCallbackOff(db, held, done);
      const begun = ended + (done === "late" ? 0 : 1);
      await releaseCallbacks(
        db,
        worker,
        line.slice(begun).map(({ id }) => id),
      );
      return ended;
    }
    await endCallback(db, held, done);
    ended += 1;
  }
  return ended;
}

type Done =
  | { readonly state: "done" | "dropped"; readonly outcome: string }
  | { readonly attempts: number; readonly nextAt: number; readonly outcome: string };

async function workOne({ appKeys, people, callsOf, log, now }: WorkerParts, row: CallbackRow): Promise<Done> {
  try {
    const [app, calls] = await Promise.all([appKeys.find(row.appKey), callsOf(row.appKey)]);
    if (!app || !calls) return { state: "dropped", outcome: "app.unknown" };
    const work = { corp: app.corpRow, at: instant(row.happenedAt), people, calls };
    return { state: "done", outcome: await handleEvent(storedEvent(row.message), work) };
  } catch (error) {
    const outcome = codeOf(error);
    const about = { err: error, callback: row.id, name: row.name, attempts: row.attempts + 1 };
    const pauseMs = isFinal(error) ? undefined : PAUSES_MS[row.attempts];
    if (pauseMs === undefined) {
      log.error(about, "a callback is given up");
      return { state: "dropped", outcome };
    }
    log.warn(about, "a callback is tried again later");
    return { attempts: row.attempts + 1, nextAt: now() + Math.max(pauseMs, retryAfterMs(error)), outcome };
  }
}

/** Asked again, WeCom would say the same. */
const isFinal = (error: unknown): boolean =>
  error instanceof WecomError && ["target", "gone", "content", "bug"].includes(error.class);

const retryAfterMs = (error: unknown): number => (isWecomFailure(error) ? (error.retryAfterMs ?? 0) : 0);

function codeOf(error: unknown): string {
  if (error instanceof WecomError) return `wecom.${error.errcode}`;
  if (error instanceof WecomTransportError) return `network.${error.reason}`;
  return error instanceof Error ? error.name : "unknown";
}
