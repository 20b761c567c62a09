import { signedWords } from "./signed-words.ts";

/** The token of a rehearsal's simulator: its bearer acts as program and operator of that one show. Only made for rehearsals. */
const LIFE_MS = 24 * 3_600_000;

export type RehearsalTokens = {
  sign(sessionId: string, now: number): string;
  read(token: string, now: number): { readonly sessionId: string; readonly expiresAt: number } | undefined;
};

export function createRehearsalTokens(secret: string): RehearsalTokens {
  const tokens = signedWords(secret, "kr");
  return {
    sign: (sessionId, now) => tokens.sign([sessionId], now + LIFE_MS),
    read(token, now) {
      const found = tokens.read(token, now);
      const sessionId = found?.words[0];
      return found && sessionId !== undefined ? { sessionId, expiresAt: found.expiresAt } : undefined;
    },
  };
}
