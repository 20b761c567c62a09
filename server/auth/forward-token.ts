import { signedWords } from "./signed-words.ts";

/**
 * Stands in the link of a robot's message: opens the list of one 员工转发, of whichever member says who they are. Whom WeCom itself named gets a second one
 * that opens their own list alone. Nothing else opens with either.
 */
const LIFE_MS = 3 * 24 * 3_600_000;
/** How they begin: of the link, and of a member. */
export const FORWARD_TOKEN = "kf.";
export const FORWARDER_TOKEN = "km.";

export type ForwardTokens = {
  sign(push: ForwardedPush, now: number): string;
  /** `undefined`: forged, damaged or run out. */
  read(token: string, now: number): ForwardLink | undefined;
  /** Holds as long as the link by which they came. */
  signMember(link: ForwardLink, memberId: string): string;
  readMember(token: string, now: number): (ForwardLink & { readonly memberId: string }) | undefined;
};
export type ForwardedPush = { readonly sessionId: string; readonly pushId: string };
export type ForwardLink = ForwardedPush & { readonly expiresAt: number };

export function createForwardTokens(secret: string): ForwardTokens {
  const links = signedWords(secret, "kf");
  const members = signedWords(secret, "km");
  return {
    sign: ({ sessionId, pushId }, now) => links.sign([sessionId, pushId], now + LIFE_MS),
    read(token, now) {
      const found = links.read(token, now);
      const [sessionId, pushId] = found?.words ?? [];
      if (!found || sessionId === undefined || pushId === undefined) return undefined;
      return { sessionId, pushId, expiresAt: found.expiresAt };
    },
    signMember: ({ sessionId, pushId, expiresAt }, memberId) => members.sign([sessionId, pushId, memberId], expiresAt),
    readMember(token, now) {
      const found = members.read(token, now);
      const [sessionId, pushId, memberId] = found?.words ?? [];
      if (!found || sessionId === undefined || pushId === undefined || memberId === undefined) return undefined;
      return { sessionId, pushId, memberId, expiresAt: found.expiresAt };
    },
  };
}
