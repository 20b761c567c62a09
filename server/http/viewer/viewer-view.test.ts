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

it("[RWD9] tells pages of the web honour alone for inviting, and pages of a mini program its own rewards too", async () => {
  const directory = memoryDirectory(SECRET);
  const step = (carrier: string) => [carrier, { stepId: carrier, carrier, title: `示例 ${carrier}` }] as const;
  const rows = [step("honour"), step("miniProgram"), step("somethingNew")];
  const snapshot = { frame: 0, seq: 1, at: AT, slices: { rewardSteps: { kind: "keyed" as const, rows } } };
  const views = createViewerViews({ ...directory, snapshot: () => Promise.resolve(snapshot) });
  const web = await views("s1");
  const inMiniProgram = await views("s1", "miniProgram");
  expect(JSON.parse(web.json(AT)).slices.rewardSteps).toEqual([rows[0]]);
  expect(web.json(AT)).not.toContain("miniProgram");
  expect(JSON.parse(inMiniProgram.json(AT)).slices.rewardSteps).toEqual(rows);
  expect(inMiniProgram.etag).not.toBe(web.etag);
  expect(views.atHand("s1")).toBe(web);
  expect(views.atHand("s1", "miniProgram")).toBe(inMiniProgram);
});
