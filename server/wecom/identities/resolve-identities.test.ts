import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyFromWord, keyOf, slotOf, wordOf } from "./identity-key.ts";
import { resolveIdentities, type Fact } from "./resolve-identities.ts";

const word = fc.oneof(
  fc.integer({ min: 0, max: 5 }).map((n) => wordOf(keyOf.unionid(`示例u${n}`))),
  fc.integer({ min: 0, max: 5 }).map((n) => wordOf(keyOf.person(`v_${n}`))),
  fc
    .record({ corp: fc.integer({ min: 0, max: 1 }), n: fc.integer({ min: 0, max: 5 }) })
    .map(({ corp, n }) => wordOf(keyOf.externalUserid(`corp${corp}`, `wm${n}`))),
  fc.integer({ min: 0, max: 5 }).map((n) => wordOf(keyOf.openid("app", `o${n}`))),
);
const facts = fc
  .array(fc.record({ a: word, b: word, at: fc.integer({ min: 0, max: 9 }) }), { maxLength: 40 })
  .map((list) => list.map((fact, index): Fact => ({ ...fact, id: `f${String(index).padStart(2, "0")}` })));

const same = (resolved: ReturnType<typeof resolveIdentities>) =>
  resolved.identities.map((words) => words.join()).toSorted();

describe("who is one human", () => {
  it("each key is of exactly one human, and no human has two keys of a slot", () => {
    fc.assert(
      fc.property(facts, (list) => {
        const { identities } = resolveIdentities(list);
        const all = identities.flat();
        expect(new Set(all).size).toBe(all.length);
        expect(new Set(all)).toEqual(new Set(list.flatMap(({ a, b }) => [a, b])));
        for (const words of identities) expect(new Set(words.map(slotOf)).size).toBe(words.length);
      }),
    );
  });

  it("every fact either holds or is told as a conflict, and what conflicts would break a rule", () => {
    fc.assert(
      fc.property(facts, (list) => {
        const { identities, conflicts } = resolveIdentities(list);
        const of = new Map(identities.flatMap((words, at) => words.map((one) => [one, at] as const)));
        for (const { id, a, b } of list) {
          const slot = conflicts.get(id);
          if (slot === undefined) expect(of.get(a)).toBe(of.get(b));
          else
            expect([a, b].every((one) => identities[of.get(one) ?? -1]?.some((key) => slotOf(key) === slot))).toBe(
              true,
            );
        }
      }),
    );
  });

  it("taking a fact back leaves what never knowing it would have given; the order of writing counts for nothing", () => {
    fc.assert(
      fc.property(facts, fc.nat(), (list, at) => {
        const without = list.filter((_, index) => index !== at % Math.max(list.length, 1));
        const shuffled = without.toReversed();
        expect(same(resolveIdentities(shuffled))).toEqual(same(resolveIdentities(without)));
        expect(resolveIdentities(shuffled).conflicts).toEqual(resolveIdentities(without).conflicts);
      }),
    );
  });

  it("what was learned first stands, and the later contradiction is shown", () => {
    const [contact, first, second] = [keyOf.externalUserid("corp", "wm"), keyOf.unionid("u1"), keyOf.unionid("u2")].map(
      wordOf,
    );
    const list = [
      { id: "f2", a: contact ?? "", b: second ?? "", at: 2 },
      { id: "f1", a: contact ?? "", b: first ?? "", at: 1 },
    ];
    const { identities, conflicts } = resolveIdentities(list);
    expect(identities).toContainEqual([contact, first]);
    expect(conflicts).toEqual(new Map([["f2", "unionid|"]]));
    expect(resolveIdentities(list.slice(0, 1)).conflicts.size).toBe(0);
  });

  it("keys come back from their words whole", () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        for (const key of [keyOf.unionid(value), keyOf.openid("app", value)])
          expect(keyFromWord(wordOf(key))).toEqual(key);
      }),
    );
  });
});
