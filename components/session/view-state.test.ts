import { expect, test } from "vitest";
import { type Appended, fromSnapshot, settled, withFrame } from "./view-state.ts";

const snapshot = {
  frame: 4,
  seq: 10,
  at: 1_000,
  slices: {
    session: { kind: "value", value: { title: "示例" } },
    bag: {
      kind: "keyed",
      rows: [
        ["a", { price: 1 }],
        ["b", { price: 2 }],
      ],
    },
    tape: { kind: "appended", from: 2, items: ["c", "d"] },
  },
} as const;

test("a frame changes what it names and leaves every other reference as it was", () => {
  const view = fromSnapshot(snapshot);
  const next = withFrame(view, {
    frame: 5,
    seq: 11,
    at: 1_100,
    slices: { bag: { set: [["b", { price: 3 }]], del: [] } },
  });
  if (next === "gap") throw new Error("no gap here");
  expect(next.slices["session"]).toBe(view.slices["session"]);
  const before = view.slices["bag"] as ReadonlyMap<string, object>;
  const after = next.slices["bag"] as ReadonlyMap<string, object>;
  expect(after.get("a")).toBe(before.get("a"));
  expect(after.get("b")).toEqual({ price: 3 });
  expect(before.get("b")).toEqual({ price: 2 });
});

test("a lost frame is noticed, a known one changes nothing", () => {
  const view = fromSnapshot(snapshot);
  expect(withFrame(view, { frame: 6, seq: 12, at: 1, slices: {} })).toBe("gap");
  expect(withFrame(view, { frame: 4, seq: 10, at: 1, slices: { session: { value: null } } })).toBe(view);
});

test("appended items come once, whether or not the snapshot held them already", () => {
  const view = fromSnapshot(snapshot);
  const next = withFrame(view, { frame: 5, seq: 12, at: 2, slices: { tape: { from: 3, items: ["d", "e"] } } });
  if (next === "gap") throw new Error("no gap here");
  expect(next.slices["tape"]).toEqual({ from: 2, items: ["c", "d", "e"] } satisfies Appended);
});

test("appended items after a cut start anew instead of closing the gap with wrong neighbours", () => {
  const next = withFrame(fromSnapshot(snapshot), {
    frame: 5,
    seq: 99,
    at: 2,
    slices: { tape: { from: 50, items: ["x"] } },
  });
  if (next === "gap") throw new Error("no gap here");
  expect(next.slices["tape"]).toEqual({ from: 50, items: ["x"] });
});

test("a new snapshot that holds a later stretch of a list keeps the items that both have", () => {
  const list = (from: number, ...names: string[]) =>
    fromSnapshot({ ...snapshot, slices: { tape: { kind: "appended", from, items: names.map((name) => ({ name })) } } });
  const before = list(2, "c", "d", "e");
  const after = settled(before, list(3, "d", "e", "f"));
  const [was, is] = [before, after].map(({ slices }) => slices["tape"] as Appended<object>);
  expect(is).toEqual({ from: 3, items: [{ name: "d" }, { name: "e" }, { name: "f" }] });
  expect(is?.items[0]).toBe(was?.items[1]);
  expect(is?.items[1]).toBe(was?.items[2]);
  // The same words at another place are another item.
  expect(settled(list(2, "c"), list(3, "c")).slices["tape"]).toEqual({ from: 3, items: [{ name: "c" }] });
});

test("a new snapshot keeps the references of slices that say the same", () => {
  const view = fromSnapshot(snapshot);
  const next = settled(
    view,
    fromSnapshot({ ...snapshot, frame: 9, slices: { ...snapshot.slices, session: { kind: "value", value: null } } }),
  );
  expect(next.slices["bag"]).toBe(view.slices["bag"]);
  expect(next.slices["tape"]).toBe(view.slices["tape"]);
  expect(next.slices["session"]).toBeNull();
});
