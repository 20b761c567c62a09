/** What a reading of a group changes in what was known of it. */

export type KnownStay = { readonly who: string; readonly joinedAt: number };
/** `joinedAt` null: WeCom did not tell. */
export type ReadStay = { readonly who: string; readonly joinedAt: number | null };

export type StayChanges<T extends ReadStay> = {
  /** Not in any more. */
  readonly left: readonly string[];
  /** Were in, left, and are back since: the old stay ends where the new one begins. */
  readonly back: readonly string[];
  /** Beginnings of stays; those of `back` are among them. */
  readonly joined: readonly (T & { readonly joinedAt: number })[];
};

export function stayChanges<T extends ReadStay>(
  known: readonly KnownStay[],
  read: readonly T[],
  now: number,
): StayChanges<T> {
  const since = new Map(known.map(({ who, joinedAt }) => [who, joinedAt]));
  const present = new Set<string>();
  const back: string[] = [];
  const joined: (T & { readonly joinedAt: number })[] = [];
  for (const stay of read) {
    if (present.has(stay.who)) continue;
    present.add(stay.who);
    const before = since.get(stay.who);
    if (before === undefined) joined.push({ ...stay, joinedAt: stay.joinedAt ?? now });
    // A beginning that lies before the known one is the same stay, told more exactly: it stays as it is.
    else if (stay.joinedAt !== null && stay.joinedAt > before) {
      back.push(stay.who);
      joined.push({ ...stay, joinedAt: stay.joinedAt });
    }
  }
  return { left: [...since.keys()].filter((who) => !present.has(who)), back, joined };
}
