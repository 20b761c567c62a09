import { base32, checkOf, normalCode, number32 } from "../short-code.ts";

/**
 * The short code of who signed up, for links and posters: the number of the sign-up (3 characters or more) and a check (4) by the show's salt. It proves
 * itself, so that no map of codes is kept, and codes that nobody was given lead nowhere.
 */
const CHECK_LENGTH = 4;
const NUMBER_MIN = 3;
const NUMBER_MAX = 6;

export function inviterCodeOf(salt: string, n: number): string {
  let length = NUMBER_MIN;
  while (n >= 32 ** length) length += 1;
  return base32(n, length) + checkOf(salt, n, CHECK_LENGTH);
}

/** The number of the sign-up a code belongs to, however it was typed; whether there is one by that number has yet to be seen. */
export function readInviterCode(salt: string | null, typed: string): number | undefined {
  if (salt === null) return undefined;
  const code = normalCode(typed);
  const length = code.length - CHECK_LENGTH;
  if (length < NUMBER_MIN || length > NUMBER_MAX) return undefined;
  const n = number32(code.slice(0, length));
  if (n === undefined || n === 0) return undefined;
  const key = salt + code;
  if (proved.has(key)) return n;
  if (inviterCodeOf(salt, n) !== code) return undefined;
  if (proved.size >= PROVED_MAX) proved.clear();
  proved.add(key);
  return n;
}

/** Few bring many: codes that have proved themselves, so that thousands who come by one need not each have it checked. */
const proved = new Set<string>();
const PROVED_MAX = 4_096;
