import { expect, it } from "vitest";
import type { SteppedClock } from "#domain/wire.ts";
import { memoryDirectory } from "#tests/support/memory-directory.ts";
import { createViewerViews } from "./viewer-view.ts";

const SECRET = "示例";
const AT = 1_800_000_000_000;

/** The public view of an empty show, as it is made from a snapshot with this clock. */
async function viewWith(clock: SteppedClock | undefined) {
  const directory = memoryDirectory(SECRET);
  const snapshot = { frame: 0, seq: 1, at: AT, slices: {}, ...(clock ? { clock } : {}) };
  const view = await createViewerViews({ ...directory, snapshot: () => Promise.resolve(snapshot) })("s1");
  return { etag: view.etag, at: (now: number): unknown => JSON.parse(view.json(now)) };
}

it("tells a real show's clock as the server's, never before the last event", async () => {
  const { at } = await viewWith(undefined);
  expect(at(AT + 500)).toMatchObject({ now: AT + 500, showNow: AT + 500, showPace: 1 });
  expect(at(AT - 500)).toMatchObject({ now: AT - 500, showNow: AT });
});

it("tells a rehearsal's clock as it stands when the answer leaves, with its pace, and tags it", async () => {
  const going = await viewWith({ showAt: AT + 60_000, at: AT, pace: 60 });
  expect(going.at(AT + 100)).toMatchObject({ now: AT + 100, showNow: AT + 66_000, showPace: 60 });
  const standing = await viewWith({ showAt: AT + 60_000, at: AT, pace: 0 });
  expect(standing.at(AT + 9_000)).toMatchObject({ showNow: AT + 60_000, showPace: 0 });
  expect(new Set([going.etag, standing.etag, (await viewWith(undefined)).etag]).size).toBe(3);
  expect((await viewWith({ showAt: AT + 60_000, at: AT + 5_000, pace: 0 })).etag).toBe(standing.etag);
});
