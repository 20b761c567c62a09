/**
 * Numbers of sign-ups by person, in many small maps: one map of a million stands still for a tenth of a second when it grows, and a show with it.
 * Plain data, changed in place.
 */
export type Numbers = readonly Map<string, number>[];

const PARTS = 64;

export const noNumbers = (): Numbers => Array.from({ length: PARTS }, () => new Map<string, number>());

export const numberIn = (own: Numbers, personId: string): number | undefined => partOf(own, personId).get(personId);

export function setNumber(own: Numbers, personId: string, n: number): void {
  partOf(own, personId).set(personId, n);
}

export function dropNumber(own: Numbers, personId: string): void {
  partOf(own, personId).delete(personId);
}

export const peopleIn = (own: Numbers): number => own.reduce((sum, part) => sum + part.size, 0);

function partOf(own: Numbers, personId: string): Map<string, number> {
  let hash = 0;
  for (let at = 0; at < personId.length; at += 1) hash = (Math.imul(hash, 31) + personId.charCodeAt(at)) >>> 0;
  const part = own[((hash ^ (hash >>> 15)) >>> 0) % PARTS];
  if (!part) throw new Error("numbers have lost a part");
  return part;
}
