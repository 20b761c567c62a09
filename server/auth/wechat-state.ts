import { z } from "zod";
import { createBoundVault } from "../lib/vault.ts";
import { randomLetters, sameText, sha256Hex } from "./ids.ts";
import { signedWords } from "./signed-words.ts";

/**
 * One way out to WeChat and back, for a viewer. The browser keeps what it set out for in a signed cookie; what comes back must name the same `state`, within five
 * minutes, and once. What WeChat said then goes to the page sealed, and only the page that holds the nonce it set out with can use it: a page of a spare domain
 * has no cookie of the main one's, and no link of somebody else's signs anybody in.
 */
const OUT_MS = 5 * 60_000;
const COMPLETION_MS = 5 * 60_000;
const USED_MAX = 50_000;
export const WECHAT_COOKIE = "kaibo.wechat";

export type WechatScope = "base" | "userinfo";
export type WechatWay = {
  readonly sessionId: string;
  /** Id of our row of the 公众号. */
  readonly appRow: string;
  readonly scope: WechatScope;
  /** Where the page stands, and with which words in its address. */
  readonly origin: string;
  readonly to: string;
  readonly nonceHash: string;
};

export type WechatStates = {
  begin(way: WechatWay, now: number): { readonly state: string; readonly cookie: string };
  /** `undefined`: not from this browser, too late, or for the second time. */
  end(cookie: string | undefined, state: string, now: number): WechatWay | undefined;
};

export function createWechatStates(secret: string): WechatStates {
  const cookies = signedWords(secret, "kq");
  const used = new Map<string, number>();
  return {
    begin({ sessionId, appRow, scope, origin, to, nonceHash }, now) {
      const state = randomLetters(24);
      const words = [state, sessionId, appRow, scope, origin, to, nonceHash];
      return { state, cookie: cookies.sign(words, now + OUT_MS) };
    },
    end(cookie, state, now) {
      const words = cookies.read(cookie ?? "", now)?.words ?? [];
      const [begun, sessionId, appRow, scope, origin, to, nonceHash] = words;
      if (begun === undefined || !sameText(begun, state)) return undefined;
      if (sessionId === undefined || appRow === undefined || origin === undefined) return undefined;
      if (to === undefined || nonceHash === undefined || (scope !== "base" && scope !== "userinfo")) return undefined;
      for (const [old, until] of used) {
        if (until >= now && used.size < USED_MAX) break;
        used.delete(old);
      }
      if (used.has(state)) return undefined;
      used.set(state, now + OUT_MS);
      return { sessionId, appRow, scope, origin, to, nonceHash };
    },
  };
}

const Completion = z.object({
  sessionId: z.string(),
  appId: z.string(),
  openid: z.string(),
  unionid: z.string().nullable(),
  name: z.string().nullable(),
  pictureUrl: z.string().nullable(),
  nonceHash: z.string(),
  until: z.number(),
});
export type SignedInUser = Omit<z.infer<typeof Completion>, "nonceHash" | "until">;

export type Completions = {
  seal(user: SignedInUser, nonceHash: string, now: number): string;
  /** `undefined`: another show's, too late, changed, or of another page. */
  open(
    completion: string,
    of: { readonly sessionId: string; readonly nonce: string },
    now: number,
  ): SignedInUser | undefined;
};

export function createCompletions(secret: string): Completions {
  const vault = createBoundVault(secret, "wechat completions");
  const place = "viewer sign-in";
  return {
    seal: (user, nonceHash, now) =>
      vault.seal(JSON.stringify({ ...user, nonceHash, until: now + COMPLETION_MS }), place),
    open(completion, { sessionId, nonce }, now) {
      let text: string;
      try {
        text = vault.open(completion, place);
      } catch {
        // Of another secret, cut short, or made up.
        return undefined;
      }
      const { nonceHash, until, ...user } = Completion.parse(JSON.parse(text));
      if (user.sessionId !== sessionId || until < now || !sameText(sha256Hex(nonce), nonceHash)) return undefined;
      return user;
    },
  };
}
