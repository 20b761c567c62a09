import { afterEach, describe, expect, it } from "vitest";
import { LEASE_MS, type EventStore } from "#db/event-store-contract.ts";
import { createMemoryEventStore } from "#db/memory-event-store.ts";
import { engineOf } from "#domain/stream-engine.ts";
import type { SessionState } from "#domain/ops/session.ts";
import { create, operator, retitle, SHOW } from "#tests/support/live-show.ts";
import { scripted } from "#tests/support/scripted-store.ts";
import { createLog } from "../lib/log.ts";
import { createVault } from "../lib/vault.ts";
import { BusyError, SYSTEM, UnknownSessionError, type Directory } from "./directory-contract.ts";
import { createDirectory, NotOwnerError, type DirectoryOptions, type LocalDirectory } from "./directory.ts";
import { noMetrics } from "./live-metrics.ts";
import { noSavedFolds } from "./saved-folds.ts";

const open: Directory[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((directory) => directory.close()));
});

function directoryOn(
  store: EventStore,
  owner: string,
  { remote = null, opened = () => undefined }: Partial<Pick<DirectoryOptions, "remote" | "opened">> = {},
): Directory & LocalDirectory {
  const directory = createDirectory({
    engineOf,
    store,
    saved: noSavedFolds,
    node: { owner, address: remote === null ? "" : `http://${owner}.test` },
    wall: () => Date.now(),
    vault: createVault("a secret for tests that is long enough"),
    metrics: noMetrics,
    log: createLog("silent"),
    opened,
    remote,
  });
  open.push(directory);
  return directory;
}

describe("directory", () => {
  it("knows no show whose log is empty, and lets one be created", async () => {
    const directory = directoryOn(createMemoryEventStore(), "a");
    await expect(directory.send(SHOW, retitle("x"), operator)).rejects.toBeInstanceOf(UnknownSessionError);
    await expect(directory.snapshot(SHOW, "control")).rejects.toBeInstanceOf(UnknownSessionError);
    expect(await directory.send(SHOW, create(), operator)).toMatchObject({ status: "ok", seq: 1 });
    expect((await directory.snapshot(SHOW, "control")).seq).toBe(1);
  });

  it("[QUO8] opens the stream of a corp by its first command and folds it by its own rules", async () => {
    const store = createMemoryEventStore();
    const first = directoryOn(store, "a");
    const ask = (pushId: string) => ({
      id: `reserve-${pushId}`,
      type: "quota.reserve",
      input: { pushId, sessionId: SHOW, day: "2026-11-22", targetIds: ["g1", "g2"] },
    });
    const rule = { id: "rule", type: "quota.setRule", input: { rule: "oneADay" } };
    expect(await first.send("corp:c1", rule, operator)).toMatchObject({ status: "ok", seq: 1 });
    expect(await first.send("corp:c1", ask("p1"), SYSTEM)).toMatchObject({ result: { over: [] } });
    await first.close();
    const second = directoryOn(store, "b");
    expect(await second.send("corp:c1", ask("p2"), SYSTEM)).toMatchObject({ result: { over: ["g1", "g2"] } });
    expect((await second.snapshot("corp:c1", "control")).slices["quota"]).toMatchObject({ value: { rule: "oneADay" } });
    expect((await second.snapshot("corp:c2", "control")).seq).toBe(0);
  });

  it("tells how many commands wait, of all its shows and of this moment", async () => {
    const store = scripted(createMemoryEventStore());
    const directory = directoryOn(store, "a");
    await directory.send(SHOW, create(), operator);
    store.plan("held");
    const first = directory.send(SHOW, retitle("1"), operator);
    await store.whenHeld();
    const others = ["2", "3"].map((title) => directory.send(SHOW, retitle(title), operator));
    await expect.poll(() => directory.waiting("staff")).toBe(2);
    expect(directory.waiting("crowd")).toBe(0);
    await store.letThrough();
    await Promise.all([first, ...others]);
    expect(directory.waiting("staff")).toBe(0);
    await directory.close();
    expect(directory.waiting("staff")).toBe(0);
  });

  it("hands a show over at once when it is closed in order", async () => {
    const store = createMemoryEventStore();
    const first = directoryOn(store, "a");
    await first.send(SHOW, create(), operator);
    await first.close();
    const asked: string[] = [];
    const acquire: EventStore["acquire"] = async (...args) => {
      const answer = await store.acquire(...args);
      asked.push(answer.status);
      return answer;
    };
    const second = directoryOn({ ...store, acquire }, "b");
    expect(await second.send(SHOW, retitle("b"), operator)).toEqual({ status: "ok", seq: 2 });
    expect(asked).toEqual(["acquired"]);
    expect((await first.send(SHOW, retitle("a"), operator)).status).toBe("retry");
  });

  it("waits for the lease of an owner that is gone, and answers within the deadline", async () => {
    // A database whose three seconds are one of ours: the deadline is no longer than a lease and a second.
    const store = createMemoryEventStore(() => performance.now() * 3);
    await store.acquire(SHOW, { owner: "dead", address: "" });
    const directory = directoryOn(store, "b");
    const before = performance.now();
    const answer = await directory.send(SHOW, create(), operator);
    expect(answer).toMatchObject({ status: "ok", seq: 1 });
    expect(performance.now() - before).toBeGreaterThan(LEASE_MS / 3 - 100);
  });

  it("opens a show whose owner is gone without being asked", async () => {
    const store = createMemoryEventStore();
    const first = directoryOn(store, "a");
    await first.send(SHOW, create(), operator);
    await first.close();
    await store.acquire(SHOW, { owner: "dead", address: "" });
    const opened: string[] = [];
    directoryOn(store, "b", { opened: (sessionId) => void opened.push(sessionId) });
    await expect.poll(() => opened).toEqual([SHOW]);
    expect(await store.abandoned(10)).toEqual([]);
    expect(await store.acquire(SHOW, { owner: "c", address: "" })).toMatchObject({ by: { owner: "b" } });
  });

  it("asks the owner before it says whose the show is, and reads it here once nobody answers", async () => {
    const store = createMemoryEventStore();
    const nowhere = () => {
      throw new Error("the first node has the show itself");
    };
    const first = directoryOn(store, "a", { remote: nowhere });
    await first.send(SHOW, create(), operator);
    const asked: string[] = [];
    let isAlive = true;
    // The way to the first node, as it would be over HTTP: what the owner answers, or that nobody does.
    const remote: DirectoryOptions["remote"] = (sessionId, by, onGone) => {
      const through = async <T>(ask: () => Promise<T>): Promise<T> => {
        asked.push(by.owner);
        if (isAlive) return ask();
        onGone();
        throw new BusyError(100);
      };
      return {
        idleMs: 0,
        send: (command, sender) => through(() => first.send(sessionId, command, sender)),
        snapshot: (audience) => through(() => first.snapshot(sessionId, audience)),
        me: (personId) => through(() => first.me(sessionId, personId)),
        watch: (audience, listener) => first.watch(sessionId, audience, listener),
        stepClock: (to) => through(() => first.stepClock(sessionId, to)),
        close: () => Promise.resolve(),
      };
    };
    const second = directoryOn(store, "b", { remote });
    const title = () => second.read(SHOW, ({ slices }) => (slices["session"] as SessionState).title);
    await expect(title()).rejects.toBeInstanceOf(NotOwnerError);
    expect(asked).toEqual(["a"]);
    isAlive = false;
    await expect(title()).rejects.toBeInstanceOf(BusyError);
    await first.close();
    expect(await title()).toBe("示例场次");
  });

  it("leads watchers to the new writer with a new snapshot when the lease was lost", async () => {
    const store = createMemoryEventStore();
    const directory = directoryOn(store, "a");
    await directory.send(SHOW, create(), operator);
    const titles: unknown[] = [];
    const stop = await directory.watch(SHOW, "control", {
      onSnapshot: ({ slices }) => titles.push(slices["session"]),
      onFrame: () => undefined,
    });
    // Another process under the same name: takes the lease at once.
    const taken = await store.acquire(SHOW, { owner: "a", address: "" });
    if (taken.status === "acquired") await store.release({ ...taken.lease, dueAt: null });
    await expect.poll(() => titles.length).toBe(2);
    expect(titles[1]).toEqual(titles[0]);
    stop();
    const state = await directory.read(SHOW, ({ slices }) => slices["session"] as SessionState);
    expect(state.title).toBe("示例场次");
  });
});
