import { describe, expect, it } from "vitest";
import { Lifecycle } from "#server/lib/lifecycle.ts";
import { createLog } from "#server/lib/log.ts";

const quiet = createLog("silent");

describe("lifecycle", () => {
  it("stops last started first, so that sockets and queues flush before the database goes", async () => {
    const order: string[] = [];
    const lifecycle = new Lifecycle(quiet);
    for (const name of ["database", "queue", "http"]) {
      lifecycle.add({ name, deadlineMs: 100, stop: () => void order.push(name) });
    }
    await Promise.all([lifecycle.stop(), lifecycle.stop()]);
    expect(order).toEqual(["http", "queue", "database"]);
  });

  it("goes on past a part that hangs or throws, and aborts that part", async () => {
    const seen: string[] = [];
    const lifecycle = new Lifecycle(quiet);
    lifecycle.add({ name: "database", deadlineMs: 100, stop: () => void seen.push("database") });
    lifecycle.add({
      name: "hangs",
      deadlineMs: 10,
      stop: () => new Promise<void>(() => undefined),
      abort: () => void seen.push("abort"),
    });
    lifecycle.add({
      name: "throws",
      deadlineMs: 10,
      stop: () => {
        throw new Error("no");
      },
    });
    await lifecycle.stop();
    expect(seen).toEqual(["abort", "database"]);
  });

  it("ends also when a part can be neither stopped nor cut off: a stop that fails is a process that never exits", async () => {
    const seen: string[] = [];
    const lifecycle = new Lifecycle(quiet);
    lifecycle.add({ name: "database", deadlineMs: 100, stop: () => void seen.push("database") });
    const fail = () => {
      throw new Error("no");
    };
    lifecycle.add({ name: "throws twice", deadlineMs: 10, stop: fail, abort: fail });
    await lifecycle.stop();
    expect(seen).toEqual(["database"]);
  });
});
