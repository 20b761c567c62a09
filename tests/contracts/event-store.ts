import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  AppendRefusedError,
  FencedError,
  LEASE_MS,
  SeqTakenError,
  type EventStore,
  type Lease,
  type LoggedEvent,
  type NewRow,
} from "#db/event-store-contract.ts";
import { instant } from "#domain/units.ts";

/** The one suite that every event store passes. */
export type StoreUnderTest = { store: EventStore; close: () => Promise<void> };

const nodeA = { owner: "a", address: "http://a.internal" };
const nodeB = { owner: "b", address: "http://b.internal" };

export function row(seq: number, commandId = `c${seq}`, data: unknown = { seq }): NewRow {
  const json = JSON.stringify(data);
  const at = instant(1_000 + seq);
  return { seq, at, type: "t.happened.v1", by: "staff:1", commandId, commandHash: "abc", data, json };
}

async function all(store: EventStore, sessionId: string, after = 0, upTo?: number): Promise<LoggedEvent[]> {
  const events: LoggedEvent[] = [];
  const range = upTo === undefined ? { after } : { after, upTo };
  for await (const chunk of store.read(sessionId, range)) events.push(...chunk);
  return events;
}

async function own(store: EventStore, sessionId: string, node = nodeA): Promise<Lease> {
  const acquired = await store.acquire(sessionId, node);
  if (acquired.status !== "acquired") throw new Error(`${sessionId} is held by ${acquired.by.owner}`);
  return acquired.lease;
}

export function registerEventStoreContract(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`event store contract: ${name}`, () => {
    let under: StoreUnderTest;
    let store: EventStore;
    let count = 0;
    const fresh = () => `show-${(count += 1)}`;
    beforeAll(async () => {
      under = await open();
      store = under.store;
    });
    afterAll(() => under.close());

    registerAppendContract(() => store, fresh);
    registerLeaseContract(() => store, fresh);
  });
}

function registerAppendContract(storeOf: () => EventStore, fresh: () => string): void {
  it("gives back what was appended, in order, whole and in ranges", async () => {
    const [store, id] = [storeOf(), fresh()];
    const lease = await own(store, id);
    const awkward = { text: `"quoted" \\ {curly}, 开播 😀\n`, nested: [null, { a: [] }], number: -1.5 };
    await store.append(lease, [row(1), row(2, "c2", awkward)]);
    await store.append(lease, [row(3, "id.with:many@signs~-_")]);
    const events = await all(store, id);
    expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    const { json: _json, ...first } = row(1);
    expect(events[0]).toEqual(first);
    expect(events[1]?.data).toEqual(awkward);
    expect(events[2]).toMatchObject({ commandId: "id.with:many@signs~-_", commandHash: "abc" });
    expect((await all(store, id, 1, 2)).map(({ seq }) => seq)).toEqual([2]);
    expect(await all(store, id, 3)).toEqual([]);
    expect(await store.head(id)).toBe(3);
  });

  it("knows an empty log from one with events, and keeps sessions apart", async () => {
    const [store, id, other] = [storeOf(), fresh(), fresh()];
    await store.append(await own(store, id), [row(1)]);
    expect(await store.head(other)).toBe(0);
    expect(await all(store, other)).toEqual([]);
  });

  it("reads a log of several pages without gap or repeat", async () => {
    const [store, id] = [storeOf(), fresh()];
    const lease = await own(store, id);
    const rows = Array.from({ length: 12_345 }, (_, index) => row(index + 1));
    await store.append(lease, rows);
    const seqs = (await all(store, id)).map(({ seq }) => seq);
    expect(seqs).toEqual(rows.map(({ seq }) => seq));
  });

  it("refuses a batch that was stored already, or overlaps, as a whole", async () => {
    const [store, id] = [storeOf(), fresh()];
    const lease = await own(store, id);
    await store.append(lease, [row(1), row(2)]);
    await expect(store.append(lease, [row(1), row(2)])).rejects.toBeInstanceOf(SeqTakenError);
    await expect(store.append(lease, [row(2), row(3)])).rejects.toBeInstanceOf(SeqTakenError);
    expect((await all(store, id)).map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it("says so when it can never hold a value, and stores nothing of the batch", async () => {
    const [store, id] = [storeOf(), fresh()];
    const lease = await own(store, id);
    const broken = row(2, "c2", { text: "\u0000" });
    await expect(store.append(lease, [row(1), broken])).rejects.toBeInstanceOf(AppendRefusedError);
    expect(await store.head(id)).toBe(0);
  });
}

function registerLeaseContract(storeOf: () => EventStore, fresh: () => string): void {
  it("lets one node own a session and names it to others", async () => {
    const [store, id] = [storeOf(), fresh()];
    const lease = await own(store, id);
    expect(lease).toEqual({ sessionId: id, epoch: 1 });
    expect(await store.acquire(id, nodeB)).toEqual({ status: "held", by: nodeA });
  });

  it("fences every epoch but the last", async () => {
    const [store, id] = [storeOf(), fresh()];
    const old = await own(store, id);
    const now = await own(store, id);
    expect(now.epoch).toBe(old.epoch + 1);
    await expect(store.append(old, [row(1)])).rejects.toBeInstanceOf(FencedError);
    await store.append(now, [row(1)]);
    await expect(store.append(old, [row(1)])).rejects.toBeInstanceOf(FencedError);
    expect(await store.renew("a", [{ ...old, dueAt: null }])).toEqual(new Set());
    await store.release({ ...old, dueAt: null });
    expect((await store.acquire(id, nodeB)).status).toBe("held");
    expect(await store.head(id)).toBe(1);
  });

  it("hands a released session over at once, with the next epoch", async () => {
    const [store, id] = [storeOf(), fresh()];
    const lease = await own(store, id);
    await store.release({ ...lease, dueAt: null });
    expect((await own(store, id, nodeB)).epoch).toBe(2);
  });

  it("lets a session be taken over 3 s after the last renewal, and not before", async () => {
    const [store, id, renewed] = [storeOf(), fresh(), fresh()];
    await own(store, id);
    const kept = await own(store, renewed);
    await sleep(LEASE_MS / 2);
    expect((await store.acquire(id, nodeB)).status).toBe("held");
    expect(await store.renew("a", [{ ...kept, dueAt: null }])).toEqual(new Set([renewed]));
    await sleep(LEASE_MS / 2 + 200);
    expect(await store.abandoned(1_000)).toContain(id);
    expect(await store.abandoned(1_000)).not.toContain(renewed);
    expect((await own(store, id, nodeB)).epoch).toBe(2);
    expect((await store.acquire(renewed, nodeB)).status).toBe("held");
  });

  it("names a session that fell due while nobody owned it", async () => {
    const [store, due, later] = [storeOf(), fresh(), fresh()];
    await store.release({ ...(await own(store, due)), dueAt: 1 });
    await store.release({ ...(await own(store, later)), dueAt: 253_000_000_000_000 });
    const abandoned = await store.abandoned(1_000);
    expect(abandoned).toContain(due);
    expect(abandoned).not.toContain(later);
  });
}
