import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LEASE_MS, StoreUnavailableError, type EventStore } from "#db/event-store-contract.ts";
import { createMemoryEventStore } from "#db/memory-event-store.ts";
import { createLog } from "../lib/log.ts";
import { LeaseKeeper, type KeptLease } from "./leases.ts";

const log = createLog("silent");
const node = { owner: "a", address: "" };

/** The steady clock and what is renewed by it, moved by hand. */
beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] }));
afterEach(() => void vi.useRealTimers());
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

async function keepOn(store: EventStore): Promise<{ keeper: LeaseKeeper; lease: KeptLease; lost: string[] }> {
  const keeper = new LeaseKeeper({ store, node, log });
  const lease = await keeper.acquire("show");
  if ("status" in lease) throw new Error("held");
  const lost: string[] = [];
  lease.keep({ dueAt: () => 77, onLost: () => lost.push("show") });
  return { keeper, lease, lost };
}

describe("leases", () => {
  it("renews what it keeps, so that nobody takes it over", async () => {
    const store = createMemoryEventStore();
    const { lease, lost } = await keepOn(store);
    await pass(LEASE_MS + 700);
    expect(lease.isSurelyHeld()).toBe(true);
    expect((await store.acquire("show", { owner: "b", address: "" })).status).toBe("held");
    expect(lost).toEqual([]);
    await lease.letGo();
    expect(lease.isSurelyHeld()).toBe(false);
  });

  it("is not sure of a lease that it could not renew, and asks before anything is said", async () => {
    const store = createMemoryEventStore();
    let away = false;
    const renew: EventStore["renew"] = (...args) =>
      away ? Promise.reject(new StoreUnavailableError("away")) : store.renew(...args);
    const { keeper, lease, lost } = await keepOn({ ...store, renew });
    away = true;
    await pass(LEASE_MS - 501);
    expect(lease.isSurelyHeld()).toBe(true);
    await pass(1);
    expect(lease.isSurelyHeld()).toBe(false);
    await expect(lease.confirm()).rejects.toBeInstanceOf(StoreUnavailableError);
    away = false;
    expect(await lease.confirm()).toBe(true);
    expect(lease.isSurelyHeld()).toBe(true);
    expect(lost).toEqual([]);
    keeper.stop();
  });

  it("tells its show within a second that another node has it", async () => {
    const store = createMemoryEventStore();
    const { keeper, lost } = await keepOn(store);
    // As after a takeover: the epoch is the next one.
    await store.acquire("show", node);
    await pass(1_000);
    expect(lost).toEqual(["show"]);
    expect(keeper.size).toBe(0);
    keeper.stop();
  });
});
