import { expect, test } from "vitest";
import type { Cell } from "#domain/wave/shapes.ts";
import { instant } from "#domain/units.ts";
import { cellsAt, cellState, channelOrder, gridOf, msOf, offsetOf } from "./cell-state.shape.ts";

const cell = (part: Partial<Cell>): Cell => ({
  cellId: "c",
  beatId: "announce",
  channel: "store",
  title: "示例",
  segment: "",
  copy: "",
  mediaKey: null,
  ownerId: null,
  when: { by: "start", offsetMs: 0 },
  sourceId: null,
  note: "",
  at: instant(1_000),
  pushId: null,
  refused: null,
  done: null,
  quiet: false,
  heldBack: false,
  ...part,
});

const NOW = { now: 5_000, hasEnded: false };

test("a cell is late when its time has passed and nobody has done it", () => {
  expect(cellState(cell({}), undefined, { now: 999, hasEnded: false })).toBe("todo");
  expect(cellState(cell({}), undefined, { now: 1_001, hasEnded: false })).toBe("late");
});

test("a cell with a push says how the push stands, whatever its own time is", () => {
  const planned = cell({ pushId: "p" });
  expect(cellState(planned, { status: "planned" }, NOW)).toBe("planned");
  expect(cellState(planned, { status: "partly" }, NOW)).toBe("sent");
  expect(cellState(planned, { status: "unknown" }, NOW)).toBe("failed");
});

test("a cell whose push is not there, as where it was removed, stands by its own time", () => {
  expect(cellState(cell({ pushId: "gone" }), undefined, NOW)).toBe("late");
});

test("a push that was refused is said until it is planned", () => {
  expect(cellState(cell({ refused: { code: "push.nobody" } }), undefined, NOW)).toBe("refused");
});

test("a cell that the night holds back is not asked for", () => {
  expect(cellState(cell({ quiet: true, heldBack: true }), undefined, NOW)).toBe("held");
  expect(cellState(cell({ quiet: true }), undefined, NOW)).toBe("late");
});

test("when the show is over nothing is late any more: what nobody noted has no note", () => {
  const over = { ...NOW, hasEnded: true };
  expect(cellState(cell({}), undefined, over)).toBe("missed");
  expect(cellState(cell({ refused: { code: "push.nobody" } }), undefined, over)).toBe("missed");
  expect(cellState(cell({ pushId: "p" }), { status: "sent" }, over)).toBe("sent");
});

test("cells of one place stand in the order of their time, channels with something before those without", () => {
  const cells = [cell({ cellId: "b", at: instant(9) }), cell({ cellId: "a", at: instant(3) })];
  expect(cellsAt(gridOf(cells), "announce", "store").map(({ cellId }) => cellId)).toEqual(["a", "b"]);
  expect(cellsAt(gridOf(cells), "live", "store")).toEqual([]);
  expect(channelOrder(cells)[0]).toBe("store");
});

test("an offset goes there and back", () => {
  for (const ms of [0, -600_000, 300_000, -(2 * 86_400_000 + 3 * 3_600_000 + 5 * 60_000)]) {
    expect(msOf(offsetOf(ms))).toBe(ms);
    expect(msOf({ ...offsetOf(0), side: "before" })).toBe(0);
  }
  expect(offsetOf(-86_400_000)).toEqual({ side: "before", days: 1, hours: 0, minutes: 0 });
});
