import { same } from "#domain/same.ts";

/**
 * A form that is written as a whole and saved with one press, while others may write the same thing. Pure. Fields that this person left
 * alone follow the show; one that both changed is a clash, and this person decides.
 */

export type Draft<T> = {
  /** As it stood when this person decided on it. */
  readonly seen: T;
  /** As this person has it. */
  readonly mine: T;
};

export type Rebased<T> = Draft<T> & {
  /** Fields that somebody else changed under this person's own change; `theirs` holds what they wrote. */
  readonly clashes: readonly (keyof T & string)[];
  readonly theirs: T;
};

/** The draft on the show as it stands now. `undefined`: there is nothing in the show yet, or no more. */
export function rebase<T extends object>({ seen, mine }: Draft<T>, live: T | undefined): Rebased<T> {
  if (!live) return { seen, mine, clashes: [], theirs: seen };
  const nowSeen = { ...seen };
  const nowMine = { ...mine };
  const clashes: (keyof T & string)[] = [];
  for (const field of fieldsOf(live)) {
    if (same(live[field], seen[field])) continue;
    const untouched = same(mine[field], seen[field]);
    if (!untouched && !same(mine[field], live[field])) {
      clashes.push(field);
      continue;
    }
    nowSeen[field] = live[field];
    nowMine[field] = live[field];
  }
  return { seen: nowSeen, mine: nowMine, clashes, theirs: live };
}

/** This person has seen what the other wrote in `field`, and goes on with it or with the own words. */
export function settle<T extends object>(
  rebased: Rebased<T>,
  field: keyof T & string,
  by: "mine" | "theirs",
): Draft<T> {
  const { seen, mine, theirs } = rebased;
  const read = { ...seen, [field]: theirs[field] };
  return { seen: read, mine: by === "mine" ? mine : { ...mine, [field]: theirs[field] } };
}

/** What this person changed, and what stood there: the command's `to` and its `expect`. */
export function changed<T extends object>({ seen, mine }: Draft<T>): { to: Partial<T>; from: Partial<T> } {
  const to: Partial<T> = {};
  const from: Partial<T> = {};
  for (const field of fieldsOf(mine)) {
    if (same(seen[field], mine[field])) continue;
    to[field] = mine[field];
    from[field] = seen[field];
  }
  return { to, from };
}

const fieldsOf = <T extends object>(of: T) => Object.keys(of) as (keyof T & string)[];
