import { StoreUnavailableError } from "#db/event-store-contract.ts";
import { createMemoryEventStore, type MemoryEventStore } from "#db/memory-event-store.ts";
import type { Command, Engine } from "#domain/engine.ts";
import { engine } from "#domain/ops/index.ts";
import { createLog } from "#server/lib/log.ts";
import { createVault } from "#server/lib/vault.ts";
import type { Sender } from "#server/live/directory-contract.ts";
import { LiveSession } from "#server/live/live-session.ts";
import { noMetrics } from "#server/live/live-metrics.ts";
import { recover } from "#server/live/recover.ts";
import { noSavedFolds } from "#server/live/saved-folds.ts";
import type { EndReason } from "#server/live/write-loop.ts";
import { scripted, type ScriptedStore } from "./scripted-store.ts";

/** The real writer on the memory store, with a wall clock that the test sets. */
export type LiveShow = {
  readonly session: LiveSession;
  readonly store: ScriptedStore;
  readonly memory: MemoryEventStore;
  readonly ended: EndReason[];
  wall: number;
  /** What the lease says: surely held, to be asked for, or lost. */
  lease: "sure" | "unsure" | "lost" | "unknown";
  /** Another writer on the same log, as after a takeover. */
  again(): Promise<LiveShow>;
};

export const SHOW = "show-1";
export const operator: Sender = { id: "staff:op", grants: ["operator"] };
export const viewer: Sender = { id: "person:p1", grants: ["viewer"] };
export const START = 1_800_000_000_000;

let ids = 0;
/** A parsed command; the id is fresh unless given. */
export function command(type: string, input: unknown, id = `c${(ids += 1)}`): Command {
  const parsed = engine.parse({ id, type, input });
  if (!("parsed" in parsed)) throw new Error(JSON.stringify(parsed.issues));
  return parsed.parsed;
}

export const create = (rehearsal = false): Command =>
  command("session.create", {
    sessionId: SHOW,
    roomId: "room-1",
    title: "示例场次",
    plannedStartAt: START,
    plannedEndAt: START + 3_600_000,
    rehearsal,
  });

export const retitle = (title: string, id?: string): Command => command("session.edit", { title }, id);

export type ShowOptions = { memory?: MemoryEventStore; wall?: number; rules?: Engine };

export async function openShow({
  memory = createMemoryEventStore(),
  wall = START,
  rules = engine,
}: ShowOptions = {}): Promise<LiveShow> {
  const store = scripted(memory);
  const acquired = await store.acquire(SHOW, { owner: `node-${(ids += 1)}`, address: "" });
  if (acquired.status === "held") throw new Error("held");
  const { lease } = acquired;
  const ended: EndReason[] = [];
  const recovered = await recover({ sessionId: SHOW, engine: rules, store, saved: noSavedFolds });
  const show: Pick<LiveShow, "wall" | "lease"> = { wall, lease: "sure" };
  const session = new LiveSession(
    {
      sessionId: SHOW,
      engine: rules,
      store,
      lease: {
        lease,
        isSurelyHeld: () => show.lease === "sure",
        confirm: () =>
          show.lease === "unknown"
            ? Promise.reject(new StoreUnavailableError("away"))
            : Promise.resolve(show.lease !== "lost"),
      },
      saved: noSavedFolds,
      wall: () => show.wall,
      vault: createVault("a secret for tests that is long enough"),
      metrics: noMetrics,
      log: createLog("silent"),
      onEnd: (reason) => ended.push(reason),
    },
    recovered,
  );
  const again = async () => {
    await memory.release({ ...lease, dueAt: null });
    return openShow({ memory, wall: show.wall, rules });
  };
  return Object.assign(show, { session, store, memory, ended, again });
}
