import { setImmediate as nextTurn } from "node:timers/promises";
import { AppendRefusedError, StoreUnavailableError, type Lease, type NewRow } from "#db/event-store-contract.ts";
import { createMemoryEventStore, type MemoryEventStore } from "#db/memory-event-store.ts";
import { instant } from "#domain/units.ts";
import { linkOf } from "./chain.ts";
import type { Dice } from "./dice.ts";
import { SHOW, START } from "./live-show.ts";

export async function turns(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) await nextTurn();
}

export type StoredRow = Pick<NewRow, "seq" | "by" | "commandId" | "commandHash" | "type"> & { readonly link: string };

/** A memory store that takes its time, and loses, refuses or fences as the dice say. `rows` is the log at each moment. */
export type StormyStore = {
  readonly store: MemoryEventStore;
  readonly rows: StoredRow[];
  /** Appends under way now. */
  readonly busy: () => number;
  takeovers: number;
};

export function stormyStore(dice: Dice): StormyStore {
  const memory = createMemoryEventStore(() => 0);
  const rows: StoredRow[] = [];
  let busy = 0;
  let held: Lease | null = null;
  const put = async (lease: Lease, batch: readonly NewRow[]) => {
    await memory.append(lease, batch);
    rows.push(...batch.map((row) => ({ ...row, link: linkOf(row) })));
  };
  const takeOver = async (old: Lease) => {
    await memory.release({ ...old, dueAt: null });
    const acquired = await memory.acquire(SHOW, { owner: "other", address: "" });
    if (acquired.status === "held") return;
    stormy.takeovers += 1;
    const row = foreignRow(rows.length + 1, `other${stormy.takeovers}`);
    // Taken at this very moment by a batch that was let in before: then this owner comes to write nothing.
    if (dice.below(2) === 0) await put(acquired.lease, [row]).catch(() => undefined);
    await memory.release({ ...acquired.lease, dueAt: null });
  };
  const append: MemoryEventStore["append"] = async (lease, batch) => {
    busy += 1;
    try {
      await turns(dice.below(5));
      const fate = dice.below(100);
      if (fate < 2) throw new StoreUnavailableError("lost");
      if (fate < 5) throw new AppendRefusedError("refused");
      if (fate < 6) await takeOver(lease);
      await put(lease, batch);
      await turns(dice.below(3));
      if (fate < 9) throw new StoreUnavailableError("stored, but no answer");
    } finally {
      busy -= 1;
    }
  };
  const read: MemoryEventStore["read"] = async function* (sessionId, range) {
    await turns(dice.below(3));
    if (dice.below(100) === 0) throw new StoreUnavailableError("not read");
    yield* memory.read(sessionId, range);
  };
  /** Whoever opens the show does so when nobody else has it any more. */
  const acquire: MemoryEventStore["acquire"] = async (sessionId, node) => {
    if (held) await memory.release({ ...held, dueAt: null });
    const acquired = await memory.acquire(sessionId, node);
    if (acquired.status === "acquired") held = acquired.lease;
    return acquired;
  };
  const stormy: StormyStore = { store: { ...memory, append, read, acquire }, rows, busy: () => busy, takeovers: 0 };
  return stormy;
}

function foreignRow(seq: number, link: string): NewRow {
  const data = { link, n: 0 };
  const by = { by: "staff:other", commandId: link, commandHash: "0" };
  return { seq, at: instant(START), type: "chain.linked.v1", ...by, data, json: JSON.stringify(data) };
}
