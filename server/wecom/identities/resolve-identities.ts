import { slotOf } from "./identity-key.ts";

/**
 * Who is one human, from what is known. Facts join two keys each, in the order in which they were learned; one whose joining would give somebody two keys of
 * a slot (two unionids, two external ids in one corp, two persons) joins nothing and is a conflict for people to look at. Pure: the same facts give the
 * same humans, so taking one back needs no memory of what it did.
 */

export type Fact = {
  readonly id: string;
  readonly a: string;
  readonly b: string;
  readonly at: number;
};

export type Resolved = {
  /** Words of keys, each in exactly one. */
  readonly identities: readonly (readonly string[])[];
  /** Facts that join nothing, with the slot of which there would be two. */
  readonly conflicts: ReadonlyMap<string, string>;
};

export function resolveIdentities(facts: readonly Fact[]): Resolved {
  const humanOf = new Map<string, Set<string>>();
  const conflicts = new Map<string, string>();
  const human = (word: string) => {
    const known = humanOf.get(word) ?? new Set([word]);
    humanOf.set(word, known);
    return known;
  };
  const learned = facts.toSorted((x, y) => x.at - y.at || (x.id < y.id ? -1 : 1));
  for (const { id, a, b } of learned) {
    const [one, other] = [human(a), human(b)];
    if (one === other) continue;
    const clash = clashOf(one, other);
    if (clash !== undefined) {
      conflicts.set(id, clash);
      continue;
    }
    const [large, small] = one.size >= other.size ? [one, other] : [other, one];
    for (const word of small) {
      large.add(word);
      humanOf.set(word, large);
    }
  }
  return { identities: [...new Set(humanOf.values())].map((words) => [...words].toSorted(byText)), conflicts };
}

function clashOf(one: ReadonlySet<string>, other: ReadonlySet<string>): string | undefined {
  const slots = new Set([...one].map(slotOf));
  return [...other].map(slotOf).find((slot) => slots.has(slot));
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
