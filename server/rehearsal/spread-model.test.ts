import { expect, test } from "vitest";
import { createSpread, type Coming, type SpreadAct } from "./spread-model.ts";

const START = 1_000_000_000_000;
const STEP = 15_000;

/** Ten minutes before the start and ten after it; everybody who signs up gets a code. */
function play(seed: number): SpreadAct[] {
  const spread = createSpread(seed);
  const acts: SpreadAct[] = [];
  const signed = new Set<string>();
  spread.tapped("taskaa", { id: "wm1", unionid: "u1" });
  spread.tapped("taskaa", { id: "wm1", unionid: "u1" });
  for (let at = START - 600_000; at < START + 600_000; at += STEP) {
    const phase = at < START ? "warmup" : "live";
    const scene = { at, phase, plannedStartAt: START, sourceCodes: ["store1", "poster"] };
    for (const act of spread.step(scene, STEP)) {
      acts.push(act);
      if (act.kind !== "come" || signed.has(act.name)) continue;
      signed.add(act.name);
      spread.signedUp(act.name, `C${act.name}`);
    }
    if (at === START - 300_000) spread.joined({ id: "wm2", unionid: "u2" });
  }
  return acts;
}
const comings = (acts: readonly SpreadAct[]) => acts.filter((act): act is Coming => act.kind === "come");

test("few bring many, and a seed always tells the same story", () => {
  expect(play(7)).toEqual(play(7));
  const brought = new Map<string, number>();
  for (const seed of [1, 2, 3, 4, 5]) {
    for (const { inviterCode } of comings(play(seed))) {
      if (inviterCode !== null) brought.set(`${seed} ${inviterCode}`, (brought.get(`${seed} ${inviterCode}`) ?? 0) + 1);
    }
  }
  const counts = [...brought.values()].toSorted((a, b) => b - a);
  const all = counts.reduce((sum, count) => sum + count, 0);
  const ofFew = counts.slice(0, Math.ceil(counts.length / 5)).reduce((sum, count) => sum + count, 0);
  expect(all).toBeGreaterThan(200);
  expect(ofFew / all).toBeGreaterThan(0.45);
});

test("a little is odd: fakes on one phone, presses twice, second phones, cancels; and those who watch come while it is live", () => {
  const acts = [1, 2, 3, 4, 5].flatMap((seed) => play(seed).map((act) => ({ ...act, seed })));
  const phones = new Map<string, Set<string>>();
  const people = new Map<string, Set<string>>();
  for (const act of acts) {
    if (act.kind !== "come") continue;
    const add = (map: Map<string, Set<string>>, key: string, value: string) =>
      map.set(key, (map.get(key) ?? new Set()).add(value));
    add(phones, `${act.seed} ${act.phone}`, act.name);
    add(people, `${act.seed} ${act.name}`, act.phone);
  }
  expect([...phones.values()].some(({ size }) => size > 3)).toBe(true);
  expect([...people.values()].some(({ size }) => size === 2)).toBe(true);
  const of = (kind: SpreadAct["kind"]) => acts.filter((act) => act.kind === kind).length;
  for (const kind of ["again", "cancel", "watch"] as const) expect(of(kind), kind).toBeGreaterThan(0);
  expect(of("cancel")).toBeLessThan(of("come") / 10);
  expect(comings(acts).some(({ via }) => via === "taskaa")).toBe(true);
});

test("who comes from a group is that customer, once, and whom a friend brought into it came by the friend", () => {
  const acts = comings(play(7)).filter(({ customer }) => customer !== null);
  const first = (id: string) => acts.find(({ customer }) => customer?.id === id);
  expect(first("wm1")).toMatchObject({ via: "taskaa", phone: expect.not.stringMatching(/-2$/) });
  expect(first("wm2")).toMatchObject({ via: null, inviterCode: expect.any(String) });
  // A second phone of theirs is theirs too.
  expect(acts.filter(({ phone }) => !phone.endsWith("-2")).map(({ customer }) => customer?.id)).toEqual(["wm1", "wm2"]);
});
