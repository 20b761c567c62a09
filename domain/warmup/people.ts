import { inPlace } from "../in-place.ts";
import { personOf } from "../person.ts";

/** Who turned out to be whom (PER1). Flat: nobody is merged into somebody who was merged. Changed in place. */
export type PersonState = {
  readonly into: ReadonlyMap<string, string>;
  /** By the person that stands: all ids they had before. */
  readonly before: ReadonlyMap<string, readonly string[]>;
};

export const nobodyMerged = (): PersonState => ({ into: new Map(), before: new Map() });

/** The person that stands for an id. */
export const resolved = (own: PersonState, personId: string): string => own.into.get(personId) ?? personId;

/** Every id of a person, the one that stands first. */
export function idsOf(own: PersonState, personId: string): readonly string[] {
  const standing = resolved(own, personId);
  return [standing, ...(own.before.get(standing) ?? [])];
}

/** The person who sent a command as who they are known to be by now; `undefined` when it was not a person. */
export function senderOf(own: PersonState, by: string): string | undefined {
  const personId = personOf(by);
  return personId === undefined ? undefined : resolved(own, personId);
}

export function foldMerged(own: PersonState, from: string, into: string): PersonState {
  const known = inPlace(own.into);
  const before = inPlace(own.before);
  const moved = [from, ...(before.get(from) ?? [])];
  for (const id of moved) known.set(id, into);
  before.delete(from);
  before.set(into, [...(before.get(into) ?? []), ...moved]);
  return own;
}
