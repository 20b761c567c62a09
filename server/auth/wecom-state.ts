import { randomLetters, sameText } from "./ids.ts";
import { signedWords } from "./signed-words.ts";

/**
 * One way out to WeCom's sign-in and back. The browser keeps what it set out for in a signed cookie; what comes back must name the same `state`, within
 * five minutes, and once: nobody else's browser can end it, and no link of somebody else's begins with it.
 */
const LIFE_MS = 5 * 60_000;
const USED_MAX = 10_000;
export const STATE_COOKIE = "kaibo.wecom";

/** `forward`: `to` is the link's token; else where to go inside Kaibo. */
export type WayOut = { readonly corpRow: string; readonly purpose: "staff" | "forward"; readonly to: string };

export type WecomStates = {
  begin(way: WayOut, now: number): { readonly state: string; readonly cookie: string };
  /** `undefined`: not from this browser, too late, or for the second time. */
  end(cookie: string | undefined, state: string, now: number): WayOut | undefined;
};

export function createWecomStates(secret: string): WecomStates {
  const cookies = signedWords(secret, "kw");
  const used = new Map<string, number>();
  return {
    begin({ corpRow, purpose, to }, now) {
      const state = randomLetters(24);
      return { state, cookie: cookies.sign([state, corpRow, purpose, to], now + LIFE_MS) };
    },
    end(cookie, state, now) {
      const [begun, corpRow, purpose, to] = cookies.read(cookie ?? "", now)?.words ?? [];
      if (begun === undefined || corpRow === undefined || to === undefined || !sameText(begun, state)) return undefined;
      if (purpose !== "staff" && purpose !== "forward") return undefined;
      for (const [old, until] of used) if (until < now || used.size >= USED_MAX) used.delete(old);
      if (used.has(state)) return undefined;
      used.set(state, now + LIFE_MS);
      return { corpRow, purpose, to };
    },
  };
}
