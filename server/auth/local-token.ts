import { signedWords } from "./signed-words.ts";

/**
 * The token of a command on the server's own machine (`npm run rehearse`, `npm run import`): who can read the secret in the data directory may
 * act as a program in every room, for an hour.
 */
const LIFE_MS = 3_600_000;

export type LocalTokens = {
  sign(now: number): string;
  /** When it ends, ms; `undefined` when forged, damaged or expired. */
  read(token: string, now: number): number | undefined;
};

export function createLocalTokens(secret: string): LocalTokens {
  const tokens = signedWords(secret, "kl");
  return {
    sign: (now) => tokens.sign([], now + LIFE_MS),
    read: (token, now) => tokens.read(token, now)?.expiresAt,
  };
}
