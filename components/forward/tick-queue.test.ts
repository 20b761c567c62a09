import { describe, expect, it } from "vitest";
import { isSettled, openTickQueue, shownGroup, wasHeardBefore, type Shelf } from "./tick-queue.ts";

function shelfOf(): Shelf {
  const kept = new Map<string, string>();
  return { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => void kept.set(name, value) };
}

let count = 0;
const open = (shelf: Shelf | null) =>
  openTickQueue({ shelf, name: "q", newId: () => `id${(count += 1)}`, now: () => 1_000 });
const tick = (groupId: string, ticked = true) => ({ taskId: "task", groupId, ticked });
const pressed = (queue: ReturnType<typeof open>) => queue.waiting().map(({ groupId, ticked }) => [groupId, ticked]);

describe("ticks that wait on the phone", () => {
  it("survive a reload, in order and under the same ids, and a second tap is no second tick", () => {
    const shelf = shelfOf();
    const queue = open(shelf);
    queue.press(tick("a"), null);
    queue.press(tick("b"), null);
    queue.press(tick("a"), null);
    expect(pressed(queue)).toEqual([
      ["a", true],
      ["b", true],
    ]);
    expect(open(shelf).waiting()).toEqual(queue.waiting());
    queue.settle(queue.waiting()[0]?.id ?? "");
    expect(pressed(open(shelf))).toEqual([["b", true]]);
  });

  it("are not sent when taken back before, but taken back behind one that is on its way", () => {
    const queue = open(shelfOf());
    queue.press(tick("a"), null);
    queue.press(tick("a", false), null);
    expect(queue.waiting()).toEqual([]);
    queue.press(tick("b"), null);
    queue.press(tick("b", false), queue.waiting()[0]?.id ?? null);
    expect(pressed(queue)).toEqual([
      ["b", true],
      ["b", false],
    ]);
  });

  it("show what was said last, where storage is refused too, and read nothing of what is no tick", () => {
    const queue = open(null);
    queue.press(tick("a"), null);
    const group = { groupId: "a", name: "群", tickedAt: null };
    expect(shownGroup(group, queue.waiting())).toMatchObject({ tickedAt: 1_000, waits: true });
    expect(shownGroup({ ...group, groupId: "b" }, queue.waiting())).toMatchObject({ tickedAt: null, waits: false });
    const shelf = shelfOf();
    shelf.setItem("q", '[{"id":1},null,"x"]');
    expect(open(shelf).waiting()).toEqual([]);
  });

  it("stay until they are heard or refused for good", () => {
    const failure = (kind: "lost" | "busy" | "refused", code = "x") => ({ kind, status: 0, code });
    expect([null, failure("refused"), failure("busy"), failure("lost")].map(isSettled)).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(wasHeardBefore(failure("refused", "command.idReused"))).toBe(true);
  });
});
