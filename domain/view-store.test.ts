import { describe, expect, it } from "vitest";
import { applyFrame, applySnapshot, type StoredView } from "./view-store.ts";
import type { Frame, Snapshot } from "./wire.ts";

const snapshot: Snapshot = {
  frame: 3,
  seq: 10,
  at: 1_000,
  slices: {
    phase: { kind: "value", value: "live" },
    cues: {
      kind: "keyed",
      rows: [
        ["a", { title: "开场" }],
        ["b", { title: "福袋" }],
      ],
    },
    tape: { kind: "appended", from: 4, items: ["e", "f"] },
  },
};
const frame = (number: number, slices: Frame["slices"]): Frame => ({ frame: number, seq: 11, at: 1_001, slices });

function applied(view: StoredView, next: Frame): StoredView {
  const result = applyFrame(view, next);
  if (result.status !== "applied") throw new Error(`frame ${next.frame} was ${result.status}`);
  return result.view;
}

describe("applyFrame", () => {
  const view = applySnapshot(snapshot);

  it("[VIW1] applies the frame that follows and leaves other slices as they are", () => {
    const next = applied(view, frame(4, { cues: { set: [["c", 1]], del: ["a"] } }));
    expect(next.slices["cues"]).toEqual({
      kind: "keyed",
      rows: new Map<string, unknown>([
        ["b", { title: "福袋" }],
        ["c", 1],
      ]),
    });
    expect(next.slices["tape"]).toBe(view.slices["tape"]);
    expect(next).toMatchObject({ frame: 4, seq: 11, at: 1_001 });
  });

  it("[VIW2] says that a frame was lost instead of guessing", () => {
    expect(applyFrame(view, frame(5, {})).status).toBe("gap");
    expect(applyFrame(view, frame(4, { unknown: { set: [], del: [] } })).status).toBe("gap");
  });

  it("[VIW2] ignores a frame that the snapshot holds already", () => {
    expect(applyFrame(view, frame(3, { phase: { value: "ended" } }))).toEqual({ status: "old", view });
  });

  it("[VIW3] adds items once, also when a frame repeats some", () => {
    const next = applied(view, frame(4, { tape: { from: 5, items: ["f", "g"] } }));
    expect(next.slices["tape"]).toEqual({ kind: "appended", from: 4, items: ["e", "f", "g"] });
  });

  it("[VIW3] lets older items go when more was added than a frame carries", () => {
    const next = applied(view, frame(4, { tape: { from: 300, items: ["x"] } }));
    expect(next.slices["tape"]).toEqual({ kind: "appended", from: 300, items: ["x"] });
  });
});
