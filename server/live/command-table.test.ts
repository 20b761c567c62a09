import { describe, expect, it } from "vitest";
import { canonicalJson, commandHash } from "./command-hash.ts";
import { CommandTable } from "./command-table.ts";

describe("command table", () => {
  it("finds every command it was given, and hardly ever another", () => {
    const table = new CommandTable();
    for (let seq = 1; seq <= 50_000; seq += 1) table.add(`person:${seq}\nclaim`, seq);
    const wrong = Array.from({ length: 50_000 }, (_, n) => n + 1).filter(
      (seq) => table.find(`person:${seq}\nclaim`).join() !== String(seq),
    );
    expect(wrong).toEqual([]);
    const strangers = Array.from({ length: 50_000 }, (_, n) => table.find(`person:${n}\nother`).length);
    expect(strangers.reduce((sum, count) => sum + count, 0)).toBe(0);
    expect(table.size).toBe(50_000);
  });

  it("goes on from what a snapshot kept", () => {
    const table = new CommandTable();
    table.add("staff:1\na", 7);
    const again = new CommandTable(structuredClone(table.data));
    again.add("staff:1\nb", 8);
    expect([again.find("staff:1\na"), again.find("staff:1\nb"), table.find("staff:1\nb")]).toEqual([[7], [8], []]);
  });

  it("gives all seqs of texts that were added more than once", () => {
    const table = new CommandTable();
    table.add("x", 3);
    table.add("x", 9);
    expect(new Set(table.find("x"))).toEqual(new Set([3, 9]));
  });
});

describe("command hash", () => {
  it("does not depend on the order of keys, and on nothing else but type and input", () => {
    expect(commandHash("a.b", { x: 1, y: { p: [1, 2], q: null } })).toBe(
      commandHash("a.b", { y: { q: null, p: [1, 2] }, x: 1 }),
    );
    expect(commandHash("a.b", { x: 1 })).not.toBe(commandHash("a.c", { x: 1 }));
    expect(commandHash("a.b", { x: 1 })).not.toBe(commandHash("a.b", { x: "1" }));
    expect(commandHash("a.b", { x: 1, facts: { seen: 1 } })).toBe(commandHash("a.b", { x: 1, facts: { seen: 2 } }));
    expect(canonicalJson({ b: undefined, a: 1 })).toBe('{"a":1}');
  });
});
