import { signedWords } from "./signed-words.ts";

/** Stands in the link of a robot's message: opens the list of one 员工转发, of whichever member says who they are. Nothing else opens with it. */
const LIFE_MS = 3 * 24 * 3_600_000;

export type ForwardTokens = {
  sign(push: ForwardedPush, now: number): string;
  read(token: string, now: number): (ForwardedPush & { readonly expiresAt: number }) | undefined;
};
export type ForwardedPush = { readonly sessionId: string; readonly pushId: string };

export function createForwardTokens(secret: string): ForwardTokens {
  const tokens = signedWords(secret, "kf");
  return {
    sign: ({ sessionId, pushId }, now) => tokens.sign([sessionId, pushId], now + LIFE_MS),
    read(token, now) {
      const found = tokens.read(token, now);
      const [sessionId, pushId] = found?.words ?? [];
      if (!found || sessionId === undefined || pushId === undefined) return undefined;
      return { sessionId, pushId, expiresAt: found.expiresAt };
    },
  };
}
