import { expect, test } from "vitest";
import { openVisitorMemory, type Shelf } from "./visitor-memory.ts";

function shelf(): Shelf & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return { kept, getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => void kept.set(name, value) };
}

function keys() {
  let count = 0;
  return () => `k${(count += 1)}`;
}

test("a press without an answer keeps its key, also after the page was closed; a settled one gets a new key", () => {
  const place = shelf();
  const newKey = keys();
  const first = openVisitorMemory("s1", place, newKey);
  expect([first.keyOf("claim:c1"), first.keyOf("claim:c1"), first.keyOf("claim:c2")]).toEqual(["k1", "k1", "k2"]);
  const again = openVisitorMemory("s1", place, newKey);
  expect(again.keyOf("claim:c1")).toBe("k1");
  again.settle("claim:c1");
  expect(again.keyOf("claim:c1")).toBe("k3");
});

test("shows do not share persons", () => {
  const place = shelf();
  openVisitorMemory("s1", place, keys()).keepToken("kv.1");
  expect([openVisitorMemory("s1", place, keys()).token(), openVisitorMemory("s2", place, keys()).token()]).toEqual([
    "kv.1",
    null,
  ]);
});

test("the first commitment that was seen of a draw stays, whatever is published later", () => {
  const place = shelf();
  openVisitorMemory("s1", place, keys()).firstSeen("d", "aa", 1);
  expect(openVisitorMemory("s1", place, keys()).firstSeen("d", "bb", 2)).toEqual({ commitment: "aa", at: 1 });
});

test("refused storage and garbage in it cost the memory, not the page", () => {
  const broken: Shelf = {
    getItem: () => "{not json",
    setItem: () => {
      throw new Error("QuotaExceededError");
    },
  };
  const memory = openVisitorMemory("s1", broken, keys());
  memory.keepToken("kv.1");
  expect(memory.token()).toBe("kv.1");
  expect(openVisitorMemory("s1", null, keys()).receipt("d")).toBeNull();
  const odd = shelf();
  odd.kept.set(
    "kaibo.viewer.s1",
    JSON.stringify({ token: 4, receipts: { d: { n: "1" } }, seen: [], pending: { a: 1 } }),
  );
  const read = openVisitorMemory("s1", odd, keys());
  expect([read.token(), read.receipt("d"), read.seen("d"), read.keyOf("a")]).toEqual([null, null, null, "k1"]);
});

test("whoever has their data deleted is nobody here; what was published of draws is not about them and stays", () => {
  const place = shelf();
  const memory = openVisitorMemory("s1", place, keys());
  memory.keepToken("kv.1");
  memory.keepSelf({ name: "小林", avatar: true });
  memory.keyOf("signUp:signup");
  memory.firstSeen("d1", "c0ffee", 5);
  memory.forget();
  const again = openVisitorMemory("s1", place, keys());
  expect([again.token(), again.self()]).toEqual([null, { name: "", avatar: false, wentToReserve: false }]);
  expect(again.seen("d1")).toEqual({ commitment: "c0ffee", at: 5 });
  expect([...place.kept.values()].join()).not.toMatch(/小林|signUp/);
});
