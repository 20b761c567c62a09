import { expect, test } from "vitest";
import type { FunnelRow } from "#domain/source/effect.ts";
import type { Source } from "#domain/source/state.ts";
import { funnelSteps, sourceLines } from "./funnel.shape.ts";

const source = (sourceId: string, over: Partial<Source> = {}): [string, Source] => [
  sourceId,
  {
    sourceId,
    code: sourceId,
    kind: "store",
    name: sourceId,
    costFen: null,
    targetSignups: null,
    ownerId: null,
    wecomCodeId: null,
    note: "",
    opened: 0,
    joined: 0,
    archived: false,
    ...over,
  },
];
const row = (sourceId: string, over: Partial<FunnelRow> = {}): [string, FunnelRow] => [
  sourceId,
  { sourceId, signedUp: 0, invited: 0, watched: 0, orders: 0, paidOrders: 0, paidFen: 0, refundFen: 0, ...over },
];
const known = { reserved: null, signedUp: 50, invited: 10, watched: 0, hasBegun: false };

test("what nobody told is unknown, not nothing", () => {
  const steps = funnelSteps({ ...known, sources: new Map(), funnel: new Map() });
  const countOf = Object.fromEntries(steps.map(({ step, count }) => [step, count]));
  expect(countOf).toEqual({
    opened: null,
    reserved: null,
    signedUp: 50,
    invited: 10,
    joined: null,
    watched: null,
    paid: null,
  });
  expect(steps.find(({ step }) => step === "signedUp")?.share).toBeNull();
});

test("joins are told by a source's code of WeCom alone", () => {
  const joinedOf = (over: Partial<Source>) =>
    funnelSteps({ ...known, sources: new Map([source("plain"), source("a", over)]), funnel: new Map() }).find(
      ({ step }) => step === "joined",
    )?.count;
  expect(joinedOf({})).toBeNull();
  expect(joinedOf({ wecomCodeId: "q_1" })).toBe(0);
});

test("sign-ups by sources are measured against their openings, people among them against all of them, and nothing else is a share", () => {
  const steps = funnelSteps({
    ...known,
    watched: 20,
    hasBegun: true,
    sources: new Map([source("a", { opened: 200, joined: 5 })]),
    funnel: new Map([row("a", { signedUp: 40, paidOrders: 4 }), row("_none", { signedUp: 10 })]),
  });
  const shareOf = Object.fromEntries(steps.map(({ step, share }) => [step, share]));
  expect(shareOf).toEqual({
    opened: null,
    reserved: null,
    signedUp: 0.2,
    invited: 0.2,
    joined: null,
    watched: 0.4,
    paid: null,
  });
  expect(steps.find(({ step }) => step === "opened")?.width).toBe(1);
});

test("sources stand by what they brought; who came by none stands among them; archived ones only with people", () => {
  const lines = sourceLines(
    new Map([
      source("few"),
      source("many"),
      source("wanted", { targetSignups: 100 }),
      source("gone", { archived: true }),
      source("goneButBrought", { archived: true }),
    ]),
    new Map([
      row("few", { signedUp: 1 }),
      row("many", { signedUp: 9 }),
      row("goneButBrought", { signedUp: 2 }),
      row("_invite", { signedUp: 5 }),
      row("_none"),
    ]),
    true,
  );
  expect(lines.map(({ sourceId }) => sourceId)).toEqual(["many", "_invite", "goneButBrought", "few", "wanted"]);
  expect(lines[1]?.name).toBeNull();
});
