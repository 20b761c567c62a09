import { expect, test } from "vitest";
import { type Asked, createPhones } from "./phones-model.ts";

const START = 1_000_000_000_000;
const MINUTE = 60_000;
const members = ["a", "b", "c", "d"];
const asked = (reminders = 0): Asked[] => members.map((member) => ({ key: `push ${member}`, member, reminders }));

/** When each member did what they were asked for, in minutes. */
function play(seed: number, { remindedAt = Infinity } = {}): Map<string, number> {
  const phones = createPhones(seed);
  const done = new Map<string, number>();
  for (let at = 0; at < 30; at += 0.25) {
    for (const { member } of phones.done(START + at * MINUTE, asked(at >= remindedAt ? 1 : 0))) {
      expect(done.has(member)).toBe(false);
      done.set(member, at);
    }
  }
  return done;
}

test("of four members two send soon, one late and one never, the same by the same seed", () => {
  for (const seed of [1, 2, 3, 4]) {
    const times = [...play(seed).values()].toSorted((x, y) => x - y);
    expect(times).toHaveLength(3);
    expect(times[1]).toBeLessThan(3);
    expect(times[2]).toBeGreaterThanOrEqual(6);
    expect(play(seed)).toEqual(play(seed));
  }
});

test("who is late sends within a minute or so of a reminder; who never does, does not", () => {
  const times = [...play(3, { remindedAt: 3 }).values()];
  expect(times).toHaveLength(3);
  expect(Math.max(...times)).toBeLessThan(4.5);
});

test("some of those who read a push tap its link, each once; few leave, more of those who came for the show, and not before they came", () => {
  const phones = createPhones(7);
  const customerIds = Array.from({ length: 500 }, (_, n) => `c${n}`);
  phones.arrived(START, { via: "code", url: "http://127.0.0.1/v/s?p=code", chatId: "g", customerIds });
  const acts = [...phones.due(START + 30 * MINUTE), ...phones.due(START + 60 * MINUTE)];
  const taps = acts.flatMap((act) => (act.kind === "tap" ? [act.customerId] : []));
  expect(new Set(taps).size).toBe(taps.length);
  expect(taps.length).toBeGreaterThan(60);
  expect(taps.length).toBeLessThan(140);
  const leaves = acts.filter(({ kind }) => kind === "leave");
  expect(acts.length - taps.length - leaves.length).toBeLessThan(5);
  expect(leaves.length).toBeGreaterThan(5);
  expect(leaves.length).toBeLessThan(35);
  const tappedAt = new Map(acts.flatMap((act) => (act.kind === "tap" ? [[act.customerId, act.at] as const] : [])));
  const ofTappers = leaves.flatMap((act) =>
    act.kind === "leave" ? [act.at - (tappedAt.get(act.customerId) ?? act.at)] : [],
  );
  expect(ofTappers.filter((ms) => ms > 0).length).toBeGreaterThan(5);
  expect(Math.min(...ofTappers)).toBeGreaterThanOrEqual(0);
});

test("some of those who are new in a group leave it again", () => {
  const phones = createPhones(7);
  for (let n = 0; n < 40; n += 1) phones.joined(START, "g", `new${n}`);
  const leaves = phones.due(START + 60 * MINUTE);
  expect(leaves.length).toBeGreaterThan(5);
  expect(leaves.length).toBeLessThan(25);
  expect(leaves.every(({ kind, at }) => kind === "leave" && at > START + 2 * MINUTE)).toBe(true);
});
