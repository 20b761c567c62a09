import fc from "fast-check";
import { expect, test } from "vitest";
import { expectLeanViewsEqual, expectRebuilt, show, START } from "#tests/support/given.ts";

const program = { by: "program:dashboard" };
const view = (played: ReturnType<typeof show>) => played.slice("control", "audience");

test("[AUD1] a sample counts once by source and id; the pad needs neither id nor time", () => {
  const played = show().live();
  const sample = { source: "dashboard", sampleId: "1", at: played.now, entered: 30 } as const;
  played.send("audience.sample", sample, program).ok();
  played.send("audience.sample", sample, program).then();
  expect(view(played)).toMatchObject({ entered: { value: 30, source: "dashboard" } });
  played.when("audience.sample", { source: "manual", online: 812 }).ok();
  expect(view(played)).toMatchObject({ online: { value: 812, source: "manual", at: played.now } });
});

test("[AUD2] of a count at a moment the latest holds, whichever came last", () => {
  const played = show()
    .live()
    .at(START + 60_000);
  const sample = (sampleId: string, at: number, online: number) =>
    played.send("audience.sample", { source: "dashboard", sampleId, at, online }, program).ok();
  sample("b", START + 2_000, 200);
  sample("a", START + 1_000, 100);
  expect(played.slice("host", "audience")).toMatchObject({ online: { value: 200 } });
});

const samples = fc.uniqueArray(
  fc.record({
    source: fc.constant("dashboard"),
    sampleId: fc.stringMatching(/^[a-z]{1,4}$/),
    at: fc.integer({ min: START, max: START + 5 }),
    cumulative: fc.constant(true),
    entered: fc.nat(1_000),
    likes: fc.nat(1_000),
    online: fc.nat(1_000),
  }),
  { selector: ({ sampleId }) => sampleId, maxLength: 8 },
);

test("[AUD3] running totals end at the latest one, in whatever order they came", () => {
  fc.assert(
    fc.property(
      samples.chain((given) => fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length }))),
      ([given, again]) => {
        const views = [given, again].map((list) => {
          const played = show().live();
          for (const sample of list) played.send("audience.sample", sample, program).ok();
          return view(played);
        });
        expect(views[1]).toEqual(views[0]);
        const last = given.toSorted((a, b) => a.at - b.at || (a.sampleId < b.sampleId ? -1 : 1)).at(-1);
        if (last) expect(views[0]).toMatchObject({ entered: { value: last.entered } });
      },
    ),
  );
});

test("[AUD3] increments add up, and one command of many equals many commands", () => {
  const items = [10, 25, 25].map((likes, index) => ({
    source: "dashboard",
    sampleId: `s${index}`,
    at: START + index,
    cumulative: true,
    likes,
    products: [{ productId: "p1", clicks: likes }],
  }));
  const together = show().live();
  together.send("audience.sampleMany", { items }, program).ok();
  const single = show().live();
  for (const item of items) single.send("audience.sample", item, program).ok();
  expect(together.log.slice(-3).map(({ data }) => data)).toEqual(single.log.slice(-3).map(({ data }) => data));
  expect(view(single)).toMatchObject({ likes: { value: 25 } });
  single.send("audience.sample", { source: "simulator", likes: 5 }, program).ok();
  single.send("audience.sample", { source: "simulator", likes: 6 }, program).ok();
  expect(single.state.slices["audience"]).toMatchObject({ sources: { simulator: { counters: { likes: 11 } } } });
});

test("[AUD4] sources are never added up: the best one that knows is shown, with its name and time", () => {
  const played = show().live();
  played.when("audience.sample", { source: "manual", online: 900 }).ok();
  played.send("audience.sample", { source: "dashboard", online: 870, likes: 3 }, program).ok();
  played.pass(1_000).when("audience.sample", { source: "manual", online: 910 }).ok();
  expect(view(played)).toMatchObject({ online: { value: 870, source: "dashboard" }, viewers: null });
});

test("[AUD5] [TIM1] [TIM2] a sample ahead of the show's clock is refused: it would stay the latest for ever", () => {
  const played = show().live();
  played
    .send("audience.sample", { source: "dashboard", at: played.now + 300_001, online: 1 }, program)
    .rejected("audience.timeAhead");
  const at = Math.floor(played.now / 1_000);
  played.send("audience.sample", { source: "dashboard", at, online: 1 }, program).invalid("input.at");
});

test("[AUD6] viewers see nothing of it, the host only who is there; views are the same from a lean fold", () => {
  const played = show().live();
  played.send("audience.sample", { source: "dashboard", online: 5, cumulative: true, views: 9 }, program).ok();
  played.send("audience.sample", { source: "dashboard", online: 6, cumulative: true, views: 12 }, program).ok();
  expect(played.view("viewer").slices["audience"]).toBeUndefined();
  expect(Object.keys(played.slice("host", "audience") ?? {})).toEqual(["online", "viewers"]);
  expectLeanViewsEqual(played);
  expectRebuilt(played);
});

test("[AUD7] exposures and clicks of the whole room count beside those by product, as increments or running totals", () => {
  const played = show().live();
  const sample = (sampleId: string, more: object) =>
    played
      .send("audience.sample", { source: "dashboard", sampleId, at: START + Number(sampleId), ...more }, program)
      .ok();
  sample("1", {
    cumulative: true,
    exposures: 500,
    clicks: 40,
    products: [{ productId: "p1", exposures: 90, clicks: 9 }],
  });
  sample("2", { cumulative: true, exposures: 700, clicks: 60 });
  expect(view(played)).toMatchObject({
    exposures: { value: 700, source: "dashboard" },
    clicks: { value: 60, source: "dashboard" },
  });
  played.send("audience.sample", { source: "file", clicks: 5 }, program).ok();
  played.send("audience.sample", { source: "file", clicks: 6 }, program).ok();
  expect(view(played)).toMatchObject({ clicks: { value: 60 } });
  expect(played.state.slices["audience"]).toMatchObject({ sources: { file: { counters: { clicks: 11 } } } });
  expectLeanViewsEqual(played);
  expectRebuilt(played);
});
